import type { FastifyRequest } from 'fastify';
import { holds, isFresh, STAFF_ASSURANCE, type StaffRight, type Visitor } from '../identity/visitor.ts';
import { type Answer, redirect } from './answer.ts';
import { errorAnswer, wantsJson } from './errors.ts';
import { postedOf } from './fields.ts';
import * as paths from './paths.ts';
import type { Right, Route } from './route.ts';

export type Refusal = 'sign-in' | 'step-up' | 'capacity' | 'forbidden';

/** What keeps a visitor out: he is nobody yet, he acts as something else, his right does not reach, or his proof is too weak or too old. */
export function refusalOf(route: Pick<Route, 'right' | 'fresh'>, visitor: Visitor, now: string): Refusal | null {
  const refusal = refusalOfRight(route.right, visitor);
  if (refusal || !route.fresh || !('provenAt' in visitor)) return refusal;
  return isFresh(visitor, now) ? null : 'step-up';
}

interface Needed {
  /** As what the visitor must act; `person` is whoever signed in, whatever he acts as. */
  as: Visitor['kind'] | 'anybody' | 'person';
  /** The least level of his proof (FAS: eID 500, itsme 450, app 400, paper token 300). */
  assurance: number;
  /** What he must hold at his agency. */
  holding?: StaffRight;
}

/** Below this nobody signs in. */
const LEAST_ASSURANCE = 300;

/** What each right takes, printed in docs/rights.md. A route may ask for a fresh proof beside it (`STEP_UP`). */
export const RIGHTS: Record<Right, Needed> = {
  public: { as: 'anybody', assurance: 0 },
  signedIn: { as: 'person', assurance: LEAST_ASSURANCE },
  worker: { as: 'worker', assurance: LEAST_ASSURANCE },
  'agency:view': { as: 'agency', assurance: STAFF_ASSURANCE, holding: 'view' },
  'agency:declare': { as: 'agency', assurance: STAFF_ASSURANCE, holding: 'declare' },
  'agency:manage': { as: 'agency', assurance: STAFF_ASSURANCE, holding: 'manage' },
  support: { as: 'support', assurance: STAFF_ASSURANCE },
  client: { as: 'client', assurance: 0 },
};

function refusalOfRight(right: Right, visitor: Visitor): Refusal | null {
  const { as, assurance, holding } = RIGHTS[right];
  if (as === 'anybody') return null;
  if (visitor.kind === 'anonymous') return 'sign-in';
  if (visitor.kind === 'client' || as === 'client') return visitor.kind === as ? null : 'forbidden';
  // his own data a person may always choose to see
  if (as !== 'person' && as !== visitor.kind) return as === 'worker' || visitor.mayChoose ? 'capacity' : 'forbidden';
  if (visitor.assurance < assurance) return 'forbidden';
  return holding && visitor.kind === 'agency' && !holds(visitor.right, holding) ? 'forbidden' : null;
}

/** People are led to where they can go on; a program is told. */
export function turnedAway(route: Route, request: FastifyRequest, why: Refusal): Answer {
  const isData = route.answers === 'data' || wantsJson(request);
  if (isData || why === 'forbidden') return errorAnswer(request, why === 'sign-in' ? 401 : 403);
  const back = route.method === 'GET' ? request.url : route.comeBack(postedOf(route, request).fields);
  return redirect(LEADS_TO[why](back));
}

const LEADS_TO = { 'sign-in': paths.signIn, 'step-up': paths.signInAgain, capacity: paths.capacity };
