import type { FastifyRequest } from 'fastify';
import type {
  AgencyClient,
  AgencyStaff,
  ClientScope,
  SignedIn,
  SignedInWorker,
  StaffRight,
  SupportAgent,
  Visitor,
} from '../identity/visitor.ts';
import type { Answer } from './answer.ts';
import type { Lang } from './language.ts';
import { HOME } from './paths.ts';

/**
 * Who may ask: everybody; who signed in, whatever he acts as; a worker for his own data; staff of an agency with at least that right; an agent
 * of the support desk; a client of an agency by its bearer token. Every route states one.
 */
export type Right = 'public' | 'signedIn' | 'worker' | `agency:${StaffRight}` | 'support' | 'client';

/** Of an address or a form: a text, or several where a name came more than once. */
export type Fields = Record<string, string | string[] | undefined>;

export interface Asked<V extends Visitor = Visitor> {
  visitor: V;
  lang: Lang;
  /** Calendar day in Belgium, YYYY-MM-DD; instant of the request, ISO 8601. */
  today: string;
  now: string;
  query: Fields;
  params: Record<string, string>;
  /** Of the form that was posted; none where a script of ours, a service or a file comes. */
  fields: Fields;
  /** Of those, as it came; nothing where a form is. */
  body: unknown;
  request: FastifyRequest;
}

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  right: Right;
  /** What answers to a visitor without a session: HTML goes to sign-in, data gets 401. By default told from the path's ending. */
  answers: 'page' | 'data';
  /** JSON only: for addresses that a script of ours posts to. */
  json: boolean;
  /** Reads no cookie, so it may come from anywhere: one click in a mail program. */
  withoutCookie: boolean;
  /** Where a write that found no session goes on after sign-in: the page with its form, as far as its fields tell. */
  comeBack(fields: Fields): string;
  /** Of a client: the scopes of which it needs one. Such a route reads no cookie. */
  scopes: readonly ClientScope[];
  /** Only for who proved strongly and lately who he is: others sign in again and come back. */
  fresh: boolean;
  /** Attempts a minute and address; unset: no bound of its own. */
  perMinute: number | undefined;
  /** Takes a file: its body is handed on as it comes, see `uploadOf`. */
  upload: boolean;
  handle(asked: Asked): Promise<Answer> | Answer;
}

type Extra = Partial<Pick<Route, 'withoutCookie' | 'json' | 'comeBack' | 'perMinute' | 'fresh' | 'upload'>>;

/** A route of a signed-in worker: the hall has made sure that he is. */
export function forWorker(
  method: Route['method'],
  path: string,
  handle: (asked: Asked<SignedInWorker>) => Promise<Answer> | Answer,
  extra: Extra = {},
): Route {
  return { ...base(method, path), ...extra, right: 'worker', handle: handle as Route['handle'] };
}

/** A route of staff who act for their agency with at least this right. */
export function forAgency(
  right: StaffRight,
  method: Route['method'],
  path: string,
  handle: (asked: Asked<AgencyStaff>) => Promise<Answer> | Answer,
  extra: Extra = {},
): Route {
  return { ...base(method, path), ...extra, right: `agency:${right}`, handle: handle as Route['handle'] };
}

/** A route of the support desk's agents. */
export function forSupport(
  method: Route['method'],
  path: string,
  handle: (asked: Asked<SupportAgent>) => Promise<Answer> | Answer,
): Route {
  return { ...base(method, path), right: 'support', handle: handle as Route['handle'] };
}

/** A route of agencies' own services; one of the scopes is enough. */
export function forClient(
  scopes: readonly ClientScope[],
  method: Route['method'],
  path: string,
  handle: (asked: Asked<AgencyClient>) => Promise<Answer> | Answer,
  extra: Extra = {},
): Route {
  return { ...base(method, path), ...extra, right: 'client', scopes, handle: handle as Route['handle'] };
}

/** A route of whoever signed in, whatever he acts as. */
export function forSignedIn(
  method: Route['method'],
  path: string,
  handle: (asked: Asked<SignedIn>) => Promise<Answer> | Answer,
  extra: Extra = {},
): Route {
  return { ...base(method, path), ...extra, right: 'signedIn', handle: handle as Route['handle'] };
}

export function forAll(
  method: Route['method'],
  path: string,
  handle: (asked: Asked) => Promise<Answer> | Answer,
  extra: Extra = {},
): Route {
  return { ...base(method, path), ...extra, right: 'public', handle };
}

function base(method: Route['method'], path: string): Omit<Route, 'right' | 'handle'> {
  const answers = /\.(json|csv|pdf|ics|zip|xml)$|^\/REST\//.test(path) ? 'data' : 'page';
  return {
    method,
    path,
    answers,
    json: false,
    withoutCookie: false,
    comeBack: () => HOME,
    scopes: [],
    fresh: false,
    perMinute: undefined,
    upload: false,
  };
}
