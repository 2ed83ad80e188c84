import type { FastifyRequest } from 'fastify';
import { holds, isFresh, STAFF_ASSURANCE, type StaffRight, type Visitor } from '../identity/visitor.ts';
import { type Answer, redirect } from './answer.ts';
import { errorAnswer, wantsJson } from './errors.ts';
import * as paths from './paths.ts';
import type { Route } from './route.ts';

export type Refusal = 'sign-in' | 'step-up' | 'capacity' | 'forbidden';

/** What keeps a visitor out: he is nobody yet, he acts as something else, his right does not reach, or his proof is too weak or too old. */
export function refusalOf(route: Pick<Route, 'right' | 'fresh'>, visitor: Visitor, now: string): Refusal | null {
  const refusal = refusalOfRight(route.right, visitor);
  if (refusal || !route.fresh || !('provenAt' in visitor)) return refusal;
  return isFresh(visitor, now) ? null : 'step-up';
}

function refusalOfRight(right: Route['right'], visitor: Visitor): Refusal | null {
  if (right === 'public') return null;
  if (visitor.kind === 'anonymous') return 'sign-in';
  if (right === 'signedIn') return null;
  if (right === 'worker') return visitor.kind === 'worker' ? null : 'capacity';
  if (visitor.kind === 'client') return 'forbidden';
  if (right === 'support' && visitor.kind === 'support')
    return visitor.assurance >= STAFF_ASSURANCE ? null : 'forbidden';
  if (right === 'support' || visitor.kind !== 'agency') return visitor.mayChoose ? 'capacity' : 'forbidden';
  const isEnough =
    visitor.assurance >= STAFF_ASSURANCE && holds(visitor.right, right.slice('agency:'.length) as StaffRight);
  return isEnough ? null : 'forbidden';
}

/** People are led to where they can go on; a program is told. */
export function turnedAway(route: Route, request: FastifyRequest, why: Refusal): Answer {
  const isData = route.answers === 'data' || wantsJson(request);
  if (isData || why === 'forbidden') return errorAnswer(request, why === 'sign-in' ? 401 : 403);
  const back = route.method === 'GET' ? request.url : route.comeBack(request.body);
  return redirect(LEADS_TO[why](back));
}

const LEADS_TO = { 'sign-in': paths.signIn, 'step-up': paths.signInAgain, capacity: paths.capacity };
