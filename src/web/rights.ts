import type { FastifyRequest } from 'fastify';
import { holds, STAFF_ASSURANCE, type StaffRight, type Visitor } from '../identity/visitor.ts';
import type { Answer } from './answer.ts';
import { errorAnswer, wantsJson } from './errors.ts';
import * as paths from './paths.ts';
import type { Route } from './route.ts';

/** What keeps a visitor out: he is nobody yet, he acts as something else, or his right does not reach. */
export function refusalOf(
  { right }: Pick<Route, 'right'>,
  visitor: Visitor,
): 'sign-in' | 'capacity' | 'forbidden' | null {
  if (right === 'public') return null;
  if (visitor.kind === 'anonymous') return 'sign-in';
  if (right === 'signedIn') return null;
  if (right === 'worker') return visitor.kind === 'worker' ? null : 'capacity';
  if (visitor.kind === 'client') return 'forbidden';
  if (visitor.kind !== 'agency') return visitor.mayChoose ? 'capacity' : 'forbidden';
  const isEnough =
    visitor.assurance >= STAFF_ASSURANCE && holds(visitor.right, right.slice('agency:'.length) as StaffRight);
  return isEnough ? null : 'forbidden';
}

/** People are led to where they can go on; a program is told. */
export function turnedAway(route: Route, request: FastifyRequest, why: 'sign-in' | 'capacity' | 'forbidden'): Answer {
  const isData = route.answers === 'data' || wantsJson(request);
  if (isData || why === 'forbidden') return errorAnswer(request, why === 'sign-in' ? 401 : 403);
  const back = route.method === 'GET' ? request.url : route.comeBack(request.body);
  return { kind: 'redirect', to: why === 'sign-in' ? paths.signIn(back) : paths.capacity(back) };
}
