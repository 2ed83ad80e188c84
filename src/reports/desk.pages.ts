import { printedInsz, referenceOf } from '../platform/ids.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { mendedOf } from './report.pages.ts';
import { type DeskReport, isOpen, isOverdue, LONGEST, type WholeReport } from './report.ts';
import {
  type Fact,
  type Mended,
  reportName,
  type StateMark,
  type StoryEntry,
  sentOn,
  stateMark,
  storyOf,
  termOf,
  toldFacts,
} from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'reports/desk': DeskReportsPage;
    'reports/answer': AnswerPage;
  }
}

export interface DeskReportsPage {
  title: string;
  w: Words<'reportDesk'>;
  tabs: { href: string; label: string; current: boolean }[];
  rows: {
    href: string;
    person: string;
    name: string;
    sent: string;
    due: string | null;
    isLate: boolean;
    mark: StateMark;
  }[];
  none: string | null;
  next: string | null;
}

/** The agency's reports: what waits, soonest term first, or what was answered. `rows` may hold one more than a page. */
export function deskReportsPage(
  lang: Lang,
  found: DeskReport[],
  about: { open: boolean; today: string; size: number },
): DeskReportsPage {
  const w = words(lang, 'reportDesk');
  const { open, today, size } = about;
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  return {
    title: w.title,
    w,
    tabs: [
      { href: paths.AGENCY_REPORTS, label: w.waiting, current: open },
      { href: paths.agencyReports('state=answered'), label: w.answered, current: !open },
    ],
    rows: shown.map((report) => ({
      href: paths.agencyReport(report.id),
      person: personOf(report),
      name: reportName(lang, report),
      sent: say(lang, 'reportDesk.sentOn', { day: sentOn(lang, report) }),
      due: isOpen(report)
        ? say(lang, isOverdue(report, today) ? 'reportDesk.overSince' : 'reportDesk.dueOn', {
            day: termOf(lang, report),
          })
        : null,
      isLate: isOverdue(report, today),
      mark: stateMark(lang, report, today),
    })),
    none: shown.length > 0 ? null : open ? w.noneWaiting : w.noneAnswered,
    next:
      found.length > size && last
        ? paths.agencyReports(`${open ? '' : 'state=answered&'}after=${encodeURIComponent(last.id)}`)
        : null,
  };
}

export interface AnswerPage {
  title: string;
  w: Words<'reportDesk'>;
  r: Words<'reports'>;
  back: string;
  said: string | null;
  heading: string;
  subtitle: string;
  mark: StateMark;
  lead: Part[];
  facts: Fact[];
  story: StoryEntry[];
  mended: Mended[];
  reference: string;
  /** The declarations that could mend it; empty without the right to declare or once it is closed. */
  actions: { label: string; href: string }[];
  answer: { action: string; longest: number } | null;
}

/** One report, and what the agency can do about it. */
export function answerPage(
  lang: Lang,
  report: WholeReport,
  relations: WorkRelation[],
  about: { today: string; mayAnswer: boolean; said: 'answered' | 'empty' | null },
): AnswerPage {
  const w = words(lang, 'reportDesk');
  const person = personOf(report);
  const mayAct = about.mayAnswer && report.state !== 'closed';
  return {
    title: say(lang, 'reportDesk.oneTitle', { person }),
    w,
    r: words(lang, 'reports'),
    back: paths.AGENCY_REPORTS,
    said: about.said === null ? null : w.said[about.said],
    heading: person,
    subtitle: `${reportName(lang, report)} · ${printedInsz(report.person.insz, false)}`,
    mark: stateMark(lang, report, about.today),
    lead: leadOf(lang, report, about.today),
    facts: toldFacts(lang, report),
    story: storyOf(lang, report, {
      side: 'desk',
      person,
      today: about.today,
      hrefOf: ({ declarationId }) =>
        declarationId === null ? paths.DECLARATIONS : paths.agencyDeclaration(declarationId),
    }),
    mended: mendedOf(lang, report, relations, about.today, (relation) => declarationHref(report, relation)),
    reference: referenceOf(report.id),
    actions: mayAct ? actionsOf(lang, report, relations) : [],
    answer: mayAct ? { action: paths.agencyReportAnswers(report.id), longest: LONGEST } : null,
  };
}

function declarationHref(report: WholeReport, { periodId }: WorkRelation): string {
  const linked = report.events.findLast((event) => event.kind === 'declared' && event.periodId === periodId);
  return linked?.declarationId ? paths.agencyDeclaration(linked.declarationId) : paths.DECLARATIONS;
}

function leadOf(lang: Lang, report: WholeReport, today: string): Part[] {
  if (report.state === 'closed') return rich(lang, 'reportDesk.lead.closed', {});
  if (report.state === 'answered') return rich(lang, 'reportDesk.lead.answered', {});
  const key = isOverdue(report, today) ? 'reportDesk.lead.overdue' : 'reportDesk.lead.open';
  return rich(lang, key, { day: termOf(lang, report) });
}

/** On a period that stands its change, end or cancellation; for what is missing, or at the wrong company, a new declaration. */
function actionsOf(lang: Lang, report: WholeReport, relations: WorkRelation[]): AnswerPage['actions'] {
  const w = words(lang, 'reportDesk').act;
  const declare = { label: w.declare, href: paths.newDeclaration(`report=${encodeURIComponent(report.id)}`) };
  const period = relations.find(({ periodId }) => periodId === report.periodId);
  const on = (kind: 'UPDATE' | 'OUT' | 'CANCEL') =>
    period && !period.cancelled
      ? [{ label: w[kind], href: paths.newDeclaration(`kind=${kind}&period=${encodeURIComponent(period.periodId)}`) }]
      : [];
  if (report.kind === 'notDeclared') return [declare];
  if (report.kind === 'wrongCompany') return [...on('CANCEL'), declare];
  if (report.kind === 'notWorked') return [...on('CANCEL'), ...on('OUT')];
  return [...on('UPDATE'), ...on('OUT'), ...on('CANCEL')];
}

function personOf({ person: { givenName, familyName, insz } }: DeskReport): string {
  return [givenName, familyName].filter((part) => part !== null).join(' ') || printedInsz(insz, false);
}
