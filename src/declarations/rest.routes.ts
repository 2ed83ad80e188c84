import { type AgencyClient, CLIENT_SCOPES, type ClientScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { type Answer, data, NotFound } from '../web/answer.ts';
import { problemAnswer } from '../web/errors.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forClient, type Route } from '../web/route.ts';
import type { Intake } from './declarations.actions.ts';
import { KeyReused } from './declarations.batch.ts';
import { bodySchema, declarationOf } from './json-line.body.ts';
import { consulted, declare } from './rest.actions.ts';
import { declarationAnswer, declaredAnswer, periodAnswer, relationAnswer } from './rest.pages.ts';
import { restStore as store } from './rest.store.ts';
import {
  afterOf,
  faultsOf,
  idempotencyKey,
  isNumberKey,
  isOwn,
  isPeriodKey,
  type Named,
  pageIn,
  searchIn,
} from './rest.ts';

export interface RestTools {
  db: Database;
  intake: Intake;
  publicUrl: string;
}

type Call = Asked<AgencyClient>;
const [DECLARE] = CLIENT_SCOPES;
/** Who declares may read what he declared. */
const READ: readonly ClientScope[] = CLIENT_SCOPES;

/** Dimona for agencies' own services: the shape of the social security's REST service v2. */
export function restRoutes({ db, intake, publicUrl }: RestTools): Route[] {
  async function declareOne({ visitor, body, now, request }: Call): Promise<Answer> {
    const header = request.headers['idempotency-key'];
    const key = header === undefined ? null : idempotencyKey(String(header));
    if (header !== undefined && key === null)
      return refused(request, 400, [{ field: 'Idempotency-Key', message: 'is not a UUID in quotes' }]);
    const parsed = bodySchema.safeParse(body);
    if (!parsed.success) return refused(request, 400, faultsOf(parsed.error));
    const declaration = declarationOf(parsed.data, now);
    if (!isOwn(declaration.employer, visitor)) return notOwn(request);
    const outcome = await declare(intake, visitor, { declaration, body, key, now }).catch(reused);
    if (outcome === null)
      return refused(request, 409, [{ field: 'Idempotency-Key', message: 'came with another body' }]);
    const location = publicUrl + paths.restDeclaration(outcome.declarationId);
    return data(declaredAnswer(declaration, outcome, visitor, publicUrl), { status: 201, headers: { location } });
  }

  async function declaration(call: Call): Promise<Answer> {
    const [row] = await consulted(db, call.visitor, about(call, 'declaration'), async (tx, scope) =>
      [await store.declaration(tx, scope, call.params.id ?? '')].filter((one) => one !== null),
    );
    if (!row) throw new NotFound();
    return data(declarationAnswer(row, call.visitor, publicUrl));
  }

  async function period(call: Call): Promise<Answer> {
    const [row] = await consulted(db, call.visitor, about(call, 'period'), async (tx, scope) =>
      [await store.period(tx, scope, call.params.id ?? '')].filter((one) => one !== null),
    );
    if (!row) throw new NotFound();
    return data(periodAnswer(row, call.visitor, publicUrl));
  }

  /** A search of the client's own agency, page by page; `next` leads to the one that follows. */
  function searched<R extends Named>(
    what: string,
    find: Find<R>,
    keyOf: (row: R) => string,
    answer: Say<R>,
    isKey = isNumberKey,
  ) {
    return async (call: Call): Promise<Answer> => {
      const { visitor, request } = call;
      const search = searchIn(call.body);
      const page = pageIn(call.query, isKey);
      const faults = [...('faults' in search ? search.faults : []), ...('fault' in page ? [page.fault] : [])];
      if ('faults' in search || 'fault' in page) return refused(request, 400, faults);
      if (!isOwn(search.employer, visitor)) return notOwn(request);
      const more = { ...page, size: page.size + 1 };
      let hasMore = false;
      const items = await consulted(db, visitor, about(call, what), async (tx, scope) => {
        const rows = await find(tx, scope, search, more);
        hasMore = rows.length > page.size;
        return rows.slice(0, page.size);
      });
      const last = items.at(-1);
      const next = last && hasMore ? nextOf(request.url, page.size, keyOf(last)) : null;
      return data({ items: items.map((row) => answer(row, visitor)), next });
    };
  }

  function nextOf(url: string, size: number, key: string): string {
    return `${publicUrl}${url.split('?', 1)[0]}?${new URLSearchParams({ pageSize: String(size), after: afterOf(key) })}`;
  }

  const { declarations, periods, relations } = store;
  const searchDeclarations = searched(
    'declarations',
    declarations,
    (row) => row.seq,
    (row, client) => declarationAnswer(row, client, publicUrl),
  );
  const searchPeriods = searched(
    'periods',
    periods,
    (row) => `${row.start_date}|${row.period_id}`,
    (row, client) => periodAnswer(row, client, publicUrl),
    isPeriodKey,
  );
  const searchRelations = searched('relations', relations, (row) => row.worker_id, relationAnswer);

  return [
    forClient([DECLARE], 'POST', `${paths.DIMONA}/declarations`, declareOne),
    forClient(READ, 'GET', `${paths.DIMONA}/declarations/:id`, declaration),
    forClient(READ, 'POST', `${paths.DIMONA}/declarations/search`, searchDeclarations),
    forClient(READ, 'GET', `${paths.DIMONA}/periods/:id`, period),
    forClient(READ, 'POST', `${paths.DIMONA}/periods/search`, searchPeriods),
    forClient(READ, 'POST', `${paths.DIMONA}/relations/search`, searchRelations),
  ];
}

type Store = typeof store;
type Find<R> = (...asked: Parameters<Store['declarations']>) => Promise<R[]>;
type Say<R> = (row: R, client: AgencyClient) => object;

const about = ({ now, request }: Call, what: string) => ({ now, requestId: request.id, what });

function refused(request: Call['request'], status: number, errors: { field: string; message: string }[]): Answer {
  return problemAnswer(request, status, {}, { errors });
}

function notOwn(request: Call['request']): Answer {
  return refused(request, 403, [{ field: 'employer', message: 'is not the agency of this client' }]);
}

function reused(error: unknown): null {
  if (error instanceof KeyReused) return null;
  throw error;
}
