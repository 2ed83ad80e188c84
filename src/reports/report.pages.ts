import { referenceOf } from '../platform/ids.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { isOpen, isOverdue, LONGEST, type ReportLine, TERM, type WholeReport } from './report.ts';
import {
  type Fact,
  type Mended,
  mendedBy,
  reportName,
  type StateMark,
  type Step,
  type StoryEntry,
  sentOn,
  stateMark,
  stepsOf,
  storyOf,
  termOf,
  toldFacts,
} from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'reports/list': ReportsPage;
    'reports/report': ReportPage;
  }
}

export interface ReportsPage {
  title: string;
  w: Words<'reports'>;
  create: string;
  shifts: string | null;
  rows: { href: string; name: string; agency: string; sent: string; mark: StateMark; next: string | null }[];
}

/** A worker's own reports. */
export function reportsPage(lang: Lang, reports: ReportLine[], today: string): ReportsPage {
  const w = words(lang, 'reports');
  return {
    title: w.title,
    w,
    create: paths.newReport(),
    shifts: null,
    rows: reports.map((report) => ({
      href: paths.report(report.id),
      name: reportName(lang, report),
      agency: report.agencyName,
      sent: say(lang, 'reports.sentOn', { day: sentOn(lang, report) }),
      mark: stateMark(lang, report, today),
      next: report.state === 'answered' ? w.yourTurn : null,
    })),
  };
}

export interface ReportPage {
  title: string;
  w: Words<'reports'>;
  disclaimer: true;
  back: string;
  heading: string;
  /** What came to nothing of what he just did. */
  fault: string | null;
  mark: StateMark;
  lead: Part[];
  steps: Step[];
  facts: Fact[];
  story: StoryEntry[];
  mended: Mended[];
  reference: string;
  /** null once it is closed. */
  acts: {
    reply: string | null;
    longest: number;
    confirm: string | null;
    withdraw: string | null;
    takeOn: string | null;
  } | null;
  /** Whom he can go on to, once he took it on or nobody answers. */
  inspectorate: Inspectorate | null;
}

export interface Inspectorate {
  w: Words<'inspectorate'>;
  lines: string[];
  /** Where its offices are found, and where one can report online. */
  ways: Part[][];
  pdf: string;
}

/** A report as its worker follows it; `relations` are what is declared now of the periods it speaks of. */
export function reportPage(
  lang: Lang,
  report: WholeReport,
  relations: WorkRelation[],
  { today, said = null }: { today: string; said?: unknown },
): ReportPage {
  const w = words(lang, 'reports');
  const isClosed = report.state === 'closed';
  const step = (kind: 'replies' | 'confirmations' | 'withdrawals' | 'referrals') => paths.reportStep(report.id, kind);
  return {
    title: reportName(lang, report),
    w,
    disclaimer: true,
    back: paths.REPORTS,
    heading: reportName(lang, report),
    fault: said === 'empty' ? w.replyEmpty : null,
    mark: stateMark(lang, report, today),
    lead: leadOf(lang, report, today),
    steps: stepsOf(lang, report, today),
    facts: toldFacts(lang, report),
    story: storyOf(lang, report, {
      side: 'worker',
      person: '',
      today,
      hrefOf: ({ periodId }) => (periodId === null ? paths.LIST : paths.relation(periodId)),
    }),
    mended: mendedOf(lang, report, relations, today, (relation) => paths.relation(relation.periodId)),
    reference: referenceOf(report.id),
    acts: isClosed
      ? null
      : {
          reply: report.answers ? step('replies') : null,
          longest: LONGEST,
          confirm: report.state === 'answered' ? step('confirmations') : null,
          withdraw: report.state === 'answered' ? null : step('withdrawals'),
          takeOn: report.takenOnAt === null ? step('referrals') : null,
        },
    inspectorate: report.takenOnAt === null ? null : inspectorateOf(lang, report.id),
  };
}

/** What was declared since the report, the latest first. */
export function mendedOf(
  lang: Lang,
  report: WholeReport,
  relations: WorkRelation[],
  today: string,
  hrefOf: (relation: WorkRelation) => string,
): Mended[] {
  const linked = new Set(report.events.flatMap(({ kind, periodId }) => (kind === 'declared' ? [periodId] : [])));
  return relations
    .filter(({ periodId }) => linked.has(periodId))
    .map((relation) => mendedBy(lang, report, relation, today, hrefOf(relation)));
}

/** Takes reports for all social inspectorates, in every language of ours. */
const CONTACT_POINT = 'meldpuntsocialefraude.belgie.be';

export function inspectorateOf(lang: Lang, reportId: string): Inspectorate {
  const w = words(lang, 'inspectorate');
  return {
    w,
    lines: [w.name, w.street, w.city],
    ways: [
      rich(lang, 'inspectorate.post', { site: w.site }, { office: `https://${w.site}` }),
      rich(lang, 'inspectorate.point', { point: CONTACT_POINT }, { online: `https://www.${CONTACT_POINT}` }),
    ],
    pdf: paths.reportPdf(reportId),
  };
}

function leadOf(lang: Lang, report: WholeReport, today: string): Part[] {
  const { agencyName: agency } = report;
  if (report.state === 'closed') return rich(lang, 'reports.lead.closed', { agency });
  if (report.state === 'answered') {
    const isDeclared = report.events.findLast(({ kind }) => kind === 'answered' || kind === 'declared');
    return rich(lang, isDeclared?.kind === 'declared' ? 'reports.lead.declared' : 'reports.lead.answered', { agency });
  }
  if (!report.answers)
    return rich(lang, report.agencyNumber === null ? 'reports.lead.unknown' : 'reports.lead.nobody', { agency });
  if (isOverdue(report, today)) return rich(lang, 'reports.lead.overdue', { agency, n: TERM });
  const key = isOpen(report) && report.state === 'seen' ? 'reports.lead.seen' : 'reports.lead.sent';
  return rich(lang, key, { agency, n: TERM, day: termOf(lang, report) });
}
