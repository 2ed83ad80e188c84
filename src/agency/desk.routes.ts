import { type AgencyStaff, holds } from '../identity/visitor.ts';
import { type Answer, document, NotFound, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, type Fields, forAgency, type Route } from '../web/route.ts';
import { dashboardFilters, dashboardPage } from './dashboard.pages.ts';
import { declarationPage } from './declaration.pages.ts';
import { declarationsCsv } from './declarations.csv.ts';
import { declarationsPage } from './declarations.pages.ts';
import type { Desk } from './desk.actions.ts';
import { exportPage } from './export.pages.ts';
import { deskQuery, EVERYTHING, parseDeskFilter } from './filter.ts';
import { personKeys } from './person-key.ts';
import { refusedPage } from './refused.pages.ts';
import { saidOf, type Told } from './said.pages.ts';
import { searchOf } from './search.ts';
import type { Verifications } from './verifications.actions.ts';

export interface DeskTools {
  desk: Desk;
  verifications: Verifications;
  reports: { waiting(visitor: AgencyStaff, today: string): Promise<{ open: number; overdue: number }> };
  /** Seals people in addresses. */
  secret: string;
}

type Staff = Asked<AgencyStaff>;

export function deskRoutes({ desk, verifications, reports, secret }: DeskTools): Route[] {
  const keysOf = ({ visitor }: Staff) => personKeys(secret, visitor.agencyNumber);

  /** What was done just before, as the address tells it; who was first is looked up, so that no name stands there. */
  async function said({ visitor, lang, today, query }: Staff): Promise<string | null> {
    const told: Told = {
      done: query.done,
      undone: query.undone,
      had: query.had,
      hadMore: query.hadMore,
      search: query.search,
    };
    const ids = [told.had ?? []].flat().slice(0, 3);
    const first = ids.length === 0 ? [] : await verifications.standing(visitor, ids);
    return saidOf(lang, told, first, today);
  }

  async function dashboard(asked: Staff): Promise<Answer> {
    const { lang, today, visitor } = asked;
    const found = await desk.dashboard(asked, Object.values(dashboardFilters(today)));
    const waiting = await reports.waiting(visitor, today);
    const facts = { ...found, waiting, today, keys: keysOf(asked), mayDeclare: holds(visitor.right, 'declare') };
    return page('agency/dashboard', dashboardPage(lang, facts));
  }

  async function table(asked: Staff): Promise<Answer> {
    const keys = keysOf(asked);
    const { filter, dropped } = parseDeskFilter(asked.query, keys);
    const found = await desk.table(asked, filter);
    const about = { today: asked.today, keys, dropped, said: await said(asked) };
    return page('agency/declarations', declarationsPage(asked.lang, found, filter, about));
  }

  async function one(asked: Staff): Promise<Answer> {
    const { lang, today, visitor, params } = asked;
    const found = await desk.one(asked, params.declarationId ?? '');
    if (!found) throw new NotFound();
    const about = { today, keys: keysOf(asked), right: visitor.right, said: await said(asked) };
    return page('agency/declaration', declarationPage(lang, found, about));
  }

  async function refused(asked: Staff): Promise<Answer> {
    const { lang, today, visitor, query } = asked;
    const { filter } = parseDeskFilter(
      { after: query.after, verified: query.verified, batch: query.batch },
      keysOf(asked),
    );
    const isOpen = filter.verified !== 'yes';
    const { after, batch } = filter;
    const found = await desk.refused(asked, {
      ...EVERYTHING,
      after,
      batch,
      result: ['B'],
      verified: isOpen ? 'no' : 'yes',
    });
    const about = { today, isOpen, batch, after, said: await said(asked), right: visitor.right };
    return page('agency/refused', refusedPage(lang, found, about));
  }

  async function search(asked: Staff): Promise<Answer> {
    const typed = searchOf(asked.fields.search);
    const hit = typed === null ? 'unread' : await desk.search(asked, typed);
    if (hit === null || typeof hit === 'string') return redirect(paths.declarations(`search=${hit ?? 'none'}`));
    if ('declarationId' in hit) return redirect(paths.agencyDeclaration(hit.declarationId));
    const chosen = 'name' in hit ? { ...EVERYTHING, name: hit.name } : { ...EVERYTHING, worker: hit.workerId };
    return redirect(paths.declarations(deskQuery(chosen, keysOf(asked))));
  }

  async function notice(asked: Staff): Promise<Answer> {
    return noticeOf(asked, asked.query, false);
  }

  /** The filter is the form's own; without the tick the notice is shown again. */
  async function take(asked: Staff): Promise<Answer> {
    const { fields } = asked;
    if (fields.read !== 'yes') return noticeOf(asked, fields, true);
    const { filter } = parseDeskFilter(fields, keysOf(asked));
    const rows = await desk.taken(asked, { ...filter, after: null });
    return document('text/csv; charset=utf-8', declarationsCsv(rows), `declarations-${asked.today}.csv`);
  }

  async function noticeOf(asked: Staff, fields: Fields, isMissing: boolean): Promise<Answer> {
    const keys = keysOf(asked);
    const parsed = parseDeskFilter(fields, keys).filter;
    const filter = { ...parsed, after: null };
    const { total, chosen } = await desk.counted(asked, filter);
    const model = exportPage(asked.lang, filter, total, { today: asked.today, keys, chosen }, isMissing);
    return page('agency/export', model, isMissing ? 422 : 200);
  }

  return [
    forAgency('view', 'GET', paths.AGENCY, dashboard),
    forAgency('view', 'GET', paths.DECLARATIONS, table),
    forAgency('view', 'GET', paths.DECLARATIONS_EXPORT, notice),
    forAgency('view', 'POST', paths.DECLARATIONS_EXPORT, take),
    forAgency('view', 'GET', `${paths.DECLARATIONS}/:declarationId`, one),
    forAgency('view', 'GET', paths.REFUSED, refused),
    forAgency('view', 'POST', paths.SEARCHES, search),
  ];
}
