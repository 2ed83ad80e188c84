import { type AgencyStaff, holds } from '../identity/visitor.ts';
import { type Answer, NotFound, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAgency, type Route } from '../web/route.ts';
import { answerPage, deskReportsPage } from './desk.pages.ts';
import { DESK_PAGE } from './desk.store.ts';
import type { Reports } from './reports.actions.ts';

type Staff = Asked<AgencyStaff>;

export function deskReportsRoutes({ reports }: { reports: Reports }): Route[] {
  async function all(asked: Staff): Promise<Answer> {
    const { lang, today, query } = asked;
    const open = query.state !== 'answered';
    const after = typeof query.after === 'string' ? query.after : null;
    const found = await reports.desk(asked, open, after);
    return page('reports/desk', deskReportsPage(lang, found, { open, today, size: DESK_PAGE }));
  }

  async function one(asked: Staff): Promise<Answer> {
    const { lang, today, visitor, params, query } = asked;
    const found = await reports.seen(asked, params.reportId ?? '');
    if (!found) throw new NotFound();
    const said = query.said === 'answered' || query.said === 'empty' ? query.said : null;
    const about = { today, mayAnswer: holds(visitor.right, 'declare'), said } as const;
    return page('reports/answer', answerPage(lang, found.report, found.relations, about));
  }

  async function answer({ visitor, now, params, fields }: Staff): Promise<Answer> {
    const id = params.reportId ?? '';
    const { words } = fields;
    const text = typeof words === 'string' ? words.replaceAll('\r\n', '\n').trim() : '';
    const done = await reports.answer(visitor, id, text, now);
    return redirect(paths.agencyReport(id, `said=${done ? 'answered' : 'empty'}`));
  }

  return [
    forAgency('view', 'GET', paths.AGENCY_REPORTS, all),
    forAgency('view', 'GET', '/agency/reports/:reportId', one),
    forAgency('declare', 'POST', '/agency/reports/:reportId/answers', answer),
  ];
}
