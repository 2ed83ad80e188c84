import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import { addDays } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import type { Shift } from '../shifts/shift.ts';
import { type Answer, data, document, NotFound, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { landingPage } from '../web/public.pages.ts';
import { type Asked, forAll, forWorker, type Route } from '../web/route.ts';
import { monthPage, yearPage } from './calendar.pages.ts';
import { detailPage } from './detail.pages.ts';
import { type Filter, narrows, parseFilter, toQuery } from './filter.ts';
import { homePage } from './home.pages.ts';
import { listPage } from './list.pages.ts';
import { newsSince } from './news.ts';
import { recordExport } from './relations.actions.ts';
import { listCsv, listData } from './relations.data.ts';
import type { RelationsStore } from './relations.store.ts';
import type { SearchStore } from './search.store.ts';

export interface RelationsTools {
  db: Database;
  search: SearchStore;
  relations: RelationsStore;
  shiftsStore: { between(scope: WorkerScope, at: Database['read'], from: string, to: string): Promise<Shift[]> };
}

/** How far back "new" reaches at a first visit. */
const NEWS_DAYS = 30;

type Mine = Asked<SignedInWorker>;

export function relationsRoutes({ db, search, relations, shiftsStore }: RelationsTools): Route[] {
  async function home({ visitor, lang, today, now }: Asked): Promise<Answer> {
    if (visitor.kind === 'agency') return redirect(paths.AGENCY);
    if (visitor.kind !== 'worker') return page('public/landing', landingPage(lang));
    const scope = scopeOf(visitor);
    const { previousVisitAt, givenName } = visitor;
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

  async function list({ visitor, lang, today, query }: Mine): Promise<Answer> {
    const { filter, dropped } = parseFilter(query, today);
    const result = await search.list(scopeOf(visitor), filter, today);
    return page('relations/list', listPage(lang, result, filter, today, dropped));
  }

  async function year({ visitor, lang, today, query }: Mine): Promise<Answer> {
    const { filter, dropped } = parseFilter(query, today);
    const of = typeof filter.year === 'number' ? filter.year : Number(today.slice(0, 4));
    const span: Filter = { ...filter, from: `${of}-01-01`, to: `${of}-12-31` };
    const [rows, choices] = await Promise.all([
      relations.calendar(scopeOf(visitor), span, today),
      search.choices(scopeOf(visitor), span, today),
    ]);
    return page('relations/year', yearPage(lang, { year: of, rows, choices, filter, today, dropped }));
  }

  async function month({ visitor, lang, today, query, params }: Mine): Promise<Answer> {
    const of = params.month ?? '';
    if (!/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(of)) throw new NotFound();
    const { filter, dropped } = parseFilter(query, today);
    const [first, last] = [`${of}-01`, addDays(`${of}-28`, 6)];
    const span: Filter = { ...filter, from: first, to: last };
    const scope = scopeOf(visitor);
    const [rows, choices, shifts] = await Promise.all([
      relations.calendar(scope, span, today),
      search.choices(scope, span, today),
      // beside a part of what is declared his notes would seem to miss the rest
      narrows(filter) ? [] : shiftsStore.between(scope, db.read, first, last),
    ]);
    return page('relations/month', monthPage(lang, { month: of, rows, choices, shifts, filter, today, dropped }));
  }

  async function detail({ visitor, lang, today, params, query }: Mine): Promise<Answer> {
    const relation = await relations.find(scopeOf(visitor), params.periodId ?? '', today);
    if (!relation) throw new NotFound();
    return page(
      'relations/detail',
      detailPage(lang, relation, today, paths.list(toQuery(parseFilter(query, today).filter))),
    );
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
    const items = await relations.whole(scopeOf(asked.visitor), filter, asked.today);
    await exported(asked, 'csv', items.length);
    return document('text/csv; charset=utf-8', listCsv(items), 'relations.csv');
  }

  const exported = ({ visitor, now, request }: Mine, channel: 'json' | 'csv', resultCount: number) =>
    recordExport(db, visitor, { at: now, channel, resultCount, requestId: request.id });

  return [
    forAll('GET', '/', home),
    forWorker('GET', '/relations', list),
    forWorker('GET', '/relations.json', json),
    forWorker('GET', '/relations.csv', csv),
    forWorker('GET', '/relations/calendar', year),
    forWorker('GET', '/relations/calendar/:month', month),
    forWorker('GET', '/relations/:periodId', detail),
  ];
}
