import { type PersonScope, type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Paper } from '../overviews/paper.ts';
import type { Database } from '../platform/db.ts';
import { referenceOf } from '../platform/ids.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type Answer, document, NotFound, type Page, page, Refused, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import type { Reading } from '../web/reading.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import { caseOf } from './case.pages.ts';
import { reportCheckPage, reportFormPage } from './draft.pages.ts';
import { typedFrom } from './draft.ts';
import type { Drafts } from './drafts.actions.ts';
import { reportPage, reportsPage } from './report.pages.ts';
import { periodsOf, TooManyReports, type WholeReport } from './report.ts';
import type { Reports, Step } from './reports.actions.ts';
import type { ReportsStore } from './reports.store.ts';

export interface ReportsTools {
  db: Database;
  reports: Reports;
  reportsStore: ReportsStore;
  reportDrafts: Drafts;
  relations: {
    find(scope: PersonScope, periodId: string, today: string): Promise<WorkRelation | null>;
    between(scope: PersonScope, from: string, to: string, today: string): Promise<WorkRelation[]>;
  };
  drawPaper(file: Paper): Promise<Uint8Array>;
}

type Mine = Asked<SignedInWorker>;

/** What an agent of the support desk does not do: it is the worker's own. */
const NO_ACTS = { acts: null, inspectorate: null };

/** A worker's reports with what both sides said: his own, and within a look-up. */
export function reportsReadings({
  db,
  reportsStore: store,
  relations,
}: Pick<ReportsTools, 'db' | 'reportsStore' | 'relations'>): Reading[] {
  async function all({ lang, today }: Asked, scope: PersonScope): Promise<Page> {
    return page('reports/list', reportsPage(lang, await store.list(scope, db.read), today));
  }

  async function one({ lang, today, params, query }: Asked, scope: PersonScope): Promise<Page> {
    const report = await store.find(scope, db.read, params.reportId ?? '');
    if (!report) throw new NotFound();
    const model = reportPage(lang, report, await spokenOf(relations, scope, report, today), {
      today,
      said: query.said,
    });
    return page('reports/report', scope.kind === 'worker' ? model : { ...model, ...NO_ACTS });
  }

  return [
    { view: 'reports', path: paths.REPORTS, read: all },
    { view: 'report', path: `${paths.REPORTS}/:reportId`, read: one },
  ];
}

/** What is declared now of the periods a report speaks of. */
async function spokenOf(
  relations: ReportsTools['relations'],
  scope: PersonScope,
  report: WholeReport,
  today: string,
): Promise<WorkRelation[]> {
  const found = await Promise.all(periodsOf(report).map((id) => relations.find(scope, id, today)));
  return found.filter((relation) => relation !== null);
}

export function reportsRoutes(tools: ReportsTools): Route[] {
  const { db, reports, reportsStore: store, reportDrafts: drafts, relations } = tools;

  async function begin({ visitor, lang, today, query }: Mine): Promise<Answer> {
    const periodId = query.period === undefined ? null : textOf(query.period);
    const wish = { periodId, typed: { ...typedFrom(query), period: '', firstDay: textOf(query.day) } };
    const opened = await drafts.open(visitor, wish, today);
    if (!opened) throw new NotFound();
    return page('reports/form', reportFormPage(lang, opened));
  }

  async function keep({ visitor, now, fields }: Mine): Promise<Answer> {
    return redirect(paths.reportDraft(await drafts.keep(visitor, fields, now)));
  }

  async function look({ visitor, lang, now, today, params, query }: Mine): Promise<Answer> {
    const id = params.reportDraftId ?? '';
    const found = await drafts.look(visitor, id, { now, today });
    if (!found) throw new NotFound();
    if ('sent' in found) return redirect(paths.report(found.sent));
    if ('opened' in found) return page('reports/form', reportFormPage(lang, found.opened));
    if (query.step !== 'edit') return page('reports/check', reportCheckPage(lang, id, found.checked));
    const again = await drafts.edit(visitor, id, { now, today });
    if (!again) throw new NotFound();
    return page('reports/form', reportFormPage(lang, again));
  }

  async function send({ visitor, now, today, fields }: Mine): Promise<Answer> {
    const id = textOf(fields.draft);
    const sent = await reports.send(visitor, id, { now, today }).catch((error: Error) => {
      throw error instanceof TooManyReports ? new Refused(429, error.message, 3600) : error;
    });
    if (sent === null) return redirect(paths.REPORTS);
    return redirect(sent === false ? paths.reportDraft(id) : paths.report(sent));
  }

  const step = (kind: Step) => async (asked: Mine) => {
    const { visitor, now, params, fields } = asked;
    const id = params.reportId ?? '';
    const words = kind === 'replied' ? textOf(fields.words).trim() : '';
    const report = await store.find(scopeOf(visitor), db.read, id);
    if (!report) throw new NotFound();
    const isDone = await reports.step(visitor, id, { kind, words }, now);
    return redirect(`${paths.report(id)}${kind === 'replied' && !isDone ? '?said=empty' : ''}`);
  };

  async function pdf({ visitor, lang, now, today, params, request }: Mine): Promise<Answer> {
    const scope = scopeOf(visitor);
    const report = await reports.taken(visitor, params.reportId ?? '', { now, requestId: request.id });
    if (!report) throw new NotFound();
    const near = await relations.between(scope, report.firstDay, report.lastDay, today);
    const declared = near.filter(({ agencyNumber }) => agencyNumber === report.agencyNumber);
    const file = caseOf(lang, report, [...(await spokenOf(relations, scope, report, today)), ...declared], {
      now,
      today,
    });
    return document('application/pdf', await tools.drawPaper(file), `report-${referenceOf(report.id)}.pdf`);
  }

  return [
    ...reportsReadings(tools).map(({ path, read }) =>
      forWorker('GET', path, (asked) => read(asked, scopeOf(asked.visitor))),
    ),
    forWorker('POST', paths.REPORTS, send, { comeBack: () => paths.REPORTS }),
    forWorker('GET', paths.newReport(), begin),
    forWorker('POST', paths.REPORT_DRAFTS, keep, { comeBack: () => paths.newReport() }),
    forWorker('GET', '/reports/drafts/:reportDraftId', look),
    forWorker('GET', '/reports/:reportId/case.pdf', pdf),
    forWorker('POST', '/reports/:reportId/replies', step('replied'), { comeBack: () => paths.REPORTS }),
    forWorker('POST', '/reports/:reportId/confirmations', step('confirmed'), { comeBack: () => paths.REPORTS }),
    forWorker('POST', '/reports/:reportId/withdrawals', step('withdrawn'), { comeBack: () => paths.REPORTS }),
    forWorker('POST', '/reports/:reportId/referrals', step('takenOn'), { comeBack: () => paths.REPORTS }),
  ];
}

/** One text without what PostgreSQL cannot hold; what came twice, or not as text, is nothing. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
}
