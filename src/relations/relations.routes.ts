import { type PersonScope, type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import { addDays } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import type { Shift } from '../shifts/shift.ts';
import { type Answer, data, document, NotFound, type Page, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { landingPage } from '../web/public.pages.ts';
import type { Reading } from '../web/reading.ts';
import { type Asked, forAll, forWorker, type Route } from '../web/route.ts';
import { monthPage, yearPage } from './calendar.pages.ts';
import { monthSpan } from './calendar.ts';
import { detailPage } from './detail.pages.ts';
import { type Filter, narrows, parseFilter, toQuery } from './filter.ts';
import { homePage } from './home.pages.ts';
import { listPage } from './list.pages.ts';
import { newsSince } from './news.ts';
import { recordExport } from './relations.actions.ts';
import { listCsv, listData } from './relations.data.ts';
import { relationsSchema } from './relations.schema.ts';
import type { RelationsStore } from './relations.store.ts';
import type { SearchStore } from './search.store.ts';

export interface RelationsTools {
  db: Database;
  search: SearchStore;
  relations: RelationsStore;
  shiftsStore: { between(scope: WorkerScope, at: Database['read'], from: string, to: string): Promise<Shift[]> };
}

/** How far back "new" reaches at a first visit, and within a look-up. */
const NEWS_DAYS = 30;
/** A support agent looks and takes nothing along. */
const NOTHING_TO_TAKE = { csv: null, json: null, order: null };

type Mine = Asked<SignedInWorker>;

/** The pages of a person's work relations: his own, and within a look-up. */
export function relationsReadings({ db, search, relations, shiftsStore }: RelationsTools): Reading[] {
  async function home({ visitor, lang, today, now }: Asked, scope: PersonScope): Promise<Page> {
    const { previousVisitAt, givenName } =
      visitor.kind === 'worker' ? visitor : { previousVisitAt: null, givenName: null };
    const since =
      previousVisitAt ??
      Temporal.Instant.from(now)
        .subtract({ hours: 24 * NEWS_DAYS })
        .toString();
    const [near, changed] = await Promise.all([
      relations.between(scope, today, addDays(today, 7), today),
      relations.changedSince(scope, since, today),
    ]);
    return page(
      'relations/home',
      homePage(lang, { today, givenName, relations: near, news: newsSince(changed, since), previousVisitAt }),
    );
  }

  async function list({ lang, today, query }: Asked, scope: PersonScope): Promise<Page> {
    const { filter, dropped } = parseFilter(query, today);
    const result = await search.list(scope, filter, today);
    const model = listPage(lang, result, filter, today, dropped);
    return page('relations/list', scope.kind === 'worker' ? model : { ...model, ...NOTHING_TO_TAKE });
  }

  async function year({ lang, today, query }: Asked, scope: PersonScope): Promise<Page> {
    const { filter, dropped } = parseFilter(query, today);
    const of = typeof filter.year === 'number' ? filter.year : Number(today.slice(0, 4));
    const span: Filter = { ...filter, from: `${of}-01-01`, to: `${of}-12-31` };
    const [rows, choices] = await Promise.all([
      relations.calendar(scope, span, today),
      search.choices(scope, span, today),
    ]);
    return page('relations/year', yearPage(lang, { year: of, rows, choices, filter, today, dropped }));
  }

  async function month({ lang, today, query, params }: Asked, scope: PersonScope): Promise<Page> {
    const of = params.month ?? '';
    if (!/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(of)) throw new NotFound();
    const { filter, dropped } = parseFilter(query, today);
    const { first, last } = monthSpan(of);
    const span: Filter = { ...filter, from: first, to: last };
    const [rows, choices, shifts] = await Promise.all([
      relations.calendar(scope, span, today),
      search.choices(scope, span, today),
      // his own eyes only; and beside a part of what is declared they would seem to miss the rest
      scope.kind !== 'worker' || narrows(filter) ? [] : shiftsStore.between(scope, db.read, first, last),
    ]);
    return page('relations/month', monthPage(lang, { month: of, rows, choices, shifts, filter, today, dropped }));
  }

  async function detail({ lang, today, params, query }: Asked, scope: PersonScope): Promise<Page> {
    const relation = await relations.find(scope, params.periodId ?? '', today);
    if (!relation) throw new NotFound();
    return page(
      'relations/detail',
      detailPage(lang, relation, today, paths.list(toQuery(parseFilter(query, today).filter))),
    );
  }

  return [
    { view: 'home', path: paths.HOME, read: home },
    { view: 'list', path: paths.LIST, read: list },
    { view: 'calendar', path: paths.CALENDAR, read: year },
    { view: 'calendar', path: `${paths.CALENDAR}/:month`, read: month },
    { view: 'detail', path: `${paths.LIST}/:periodId`, read: detail },
  ];
}

export function relationsRoutes(tools: RelationsTools): Route[] {
  const { db, search, relations } = tools;
  const [home, ...readings] = relationsReadings(tools);

  async function front(asked: Asked): Promise<Answer> {
    const { visitor, lang } = asked;
    if (visitor.kind === 'agency') return redirect(paths.AGENCY);
    if (visitor.kind === 'support') return redirect(paths.SUPPORT);
    if (visitor.kind !== 'worker' || !home) return page('public/landing', landingPage(lang));
    return home.read(asked, scopeOf(visitor));
  }

  async function json(asked: Mine): Promise<Answer> {
    const { filter } = parseFilter(asked.query, asked.today);
    const scope = scopeOf(asked.visitor);
    const [items, total] = await Promise.all([
      relations.whole(scope, filter, asked.today),
      search.count(scope, filter, asked.today),
    ]);
    await exported(asked, 'json', items.length);
    return data(listData(items, total, filter));
  }

  async function csv(asked: Mine): Promise<Answer> {
    const { filter } = parseFilter(asked.query, asked.today);
    const items = await relations.brief(scopeOf(asked.visitor), filter, asked.today);
    await exported(asked, 'csv', items.length);
    return document('text/csv; charset=utf-8', listCsv(items), 'relations.csv');
  }

  const exported = ({ visitor, now, request }: Mine, channel: 'json' | 'csv', resultCount: number) =>
    recordExport(db, visitor, { at: now, channel, resultCount, requestId: request.id });

  return [
    forAll('GET', paths.HOME, front),
    forAll('GET', paths.LIST_SCHEMA, () => data(relationsSchema(), { type: 'application/schema+json; charset=utf-8' })),
    forWorker('GET', paths.LIST_JSON, json),
    forWorker('GET', paths.LIST_CSV, csv),
    ...readings.map(({ path, read }) => forWorker('GET', path, (asked) => read(asked, scopeOf(asked.visitor)))),
  ];
}
