import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import { parseFilter } from '../relations/filter.ts';
import type { Query } from '../relations/query.ts';
import { type Answer, document, NotFound, page, Refused, redirect } from '../web/answer.ts';
import { asLang, type Lang } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import { type Composed, composePage } from './compose.pages.ts';
import { type Findings, findingFor, isExpired, sectionsFrom, TooMany } from './overview.ts';
import type { Overviews } from './overviews.actions.ts';
import { overviewPage, overviewsPage } from './overviews.pages.ts';
import type { OverviewsStore } from './overviews.store.ts';
import { fileNameOf } from './paper.ts';

export interface OverviewsTools {
  overviews: Overviews;
  overviewsStore: OverviewsStore;
  /** What a filter finds, for the preview. */
  relations: Findings;
}

type Mine = Asked<SignedInWorker>;

export function overviewsRoutes({ overviews, overviewsStore: store, relations }: OverviewsTools): Route[] {
  async function make({ visitor, lang, today, fields, request }: Mine): Promise<Answer> {
    const { dropped: _, ...wish } = composedFrom(fields, lang, today);
    const id = await overviews.order(visitor, { ...wish, requestId: request.id }).catch((error: Error) => {
      throw error instanceof TooMany ? new Refused(429, error.message, 3600) : error;
    });
    return redirect(paths.overview(id));
  }

  async function compose({ visitor, lang, today, query }: Mine): Promise<Answer> {
    const composed = composedFrom(query, lang, today);
    const find = findingFor(composed.sections, relations);
    const found = await find(scopeOf(visitor), { ...composed.filter, page: 1, pageSize: 'all' }, today);
    return page('overviews/new', composePage(lang, composed, found, today));
  }

  async function one({ visitor, lang, now, today, params }: Mine): Promise<Answer> {
    const overview = await store.find(scopeOf(visitor), params.id ?? '');
    if (!overview) throw new NotFound();
    return page('overviews/overview', overviewPage(lang, overview, isExpired(overview, now), today));
  }

  async function all({ visitor, lang, now, today }: Mine): Promise<Answer> {
    return page('overviews/list', overviewsPage(lang, await store.list(scopeOf(visitor), now), now, today));
  }

  async function pdf({ visitor, now, params }: Mine): Promise<Answer> {
    const scope = scopeOf(visitor);
    const overview = await store.find(scope, params.id ?? '');
    if (!overview) throw new NotFound();
    if (isExpired(overview, now) || overview.state === 'failed') throw new Refused(410, 'this overview is gone');
    if (overview.state === 'preparing') throw new Refused(409, 'this overview is being made', 1);
    const bytes = await store.pdf(scope, overview.id);
    if (!bytes) throw new Refused(410, 'this overview is gone');
    return document('application/pdf', bytes, fileNameOf(overview.madeAt ?? now));
  }

  return [
    forWorker('POST', '/overviews', make, { comeBack }),
    forWorker('GET', '/overviews', all),
    forWorker('GET', paths.NEW_OVERVIEW, compose),
    forWorker('GET', '/overviews/:id', one),
    forWorker('GET', '/overviews/:id/overview.pdf', pdf),
  ];
}

/** The list that an overview was ordered from. Unreadable fields are left to that page to name. */
function comeBack(fields: Query): string {
  const { sections: _, language: __, fullInsz: ___, ...filter } = fields;
  const query = Object.entries(filter).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return paths.list(String(new URLSearchParams(query)));
}

/** What somebody wants in an overview; in whatever form it was asked. */
function composedFrom(fields: Query, lang: Lang, today: string): Composed {
  return {
    ...parseFilter(fields, today),
    language: asLang(String(fields.language)) ?? lang,
    sections: sectionsFrom([fields.sections ?? []].flat()),
    fullInsz: fields.fullInsz === 'yes',
  };
}
