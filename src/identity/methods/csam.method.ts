import { redirect } from '../../web/answer.ts';
import * as paths from '../../web/paths.ts';
import type { Attempt, Outcome, SignInMethod } from '../sign-in.method.ts';
import { STEP_UP } from '../visitor.ts';
import { personOf } from './csam.claims.ts';
import { type Attempted, CsamAway, CsamRefused } from './csam.provider.ts';
import type { Csam } from './csam.ts';

/** An attempt that takes longer begins anew. */
const ATTEMPT_MINUTES = 10;

export interface CsamTools {
  csam: Csam | null;
}

/** Kept for the browser that went to CSAM. */
interface Kept extends Attempted {
  /** Where he wanted to go, and the level that he needs there. */
  back: string | null;
  least: number;
}

/** CSAM, the government's own sign-in: the browser goes there and comes back with a code. */
export function csamMethod({ csam }: CsamTools): SignInMethod {
  if (!csam) throw new Error('SIGN_IN offers csam, but CSAM_ISSUER and CSAM_CLIENT_ID are not set');
  const { provider, rules, acrValues, origin } = csam;

  async function begin({ lang, query }: Attempt): Promise<Outcome> {
    const back = typeof query.return === 'string' ? query.return : null;
    const least = query.again === undefined ? rules.least : STEP_UP.assurance;
    try {
      const { url, attempted } = await provider.begin({ lang, acrValues: acrValues(least) });
      const kept: Kept = { ...attempted, back, least };
      return { answer: redirect(url), keep: { text: JSON.stringify(kept), minutes: ATTEMPT_MINUTES } };
    } catch (error) {
      return refusalOf(error, back);
    }
  }

  async function callback({ kept, request, today }: Attempt): Promise<Outcome> {
    if (kept === null) return { refused: 'no attempt of this browser' };
    const { back, least, ...attempted } = JSON.parse(kept) as Kept;
    try {
      const told = await provider.finish(new URL(request.url, 'http://own').search, attempted);
      const person = personOf(told, { ...rules, least }, Number(today.slice(0, 4)));
      if ('fault' in person) return { refused: person.fault, back };
      const hint = hintIn(told.rawIdToken, person.insz);
      return { proven: { ...person, method: 'csam', evidence: {}, ...(hint && { signOutHint: hint }) }, back };
    } catch (error) {
      return refusalOf(error, back);
    }
  }

  return {
    assurance: STEP_UP.assurance,
    start: paths.csam,
    steps: [
      { method: 'GET', path: paths.CSAM, take: begin },
      { method: 'GET', path: paths.CSAM_CALLBACK, goesOn: true, take: callback },
    ],
    async leave(hint, comeBack) {
      const url = await provider.leave(hint, comeBack);
      // a form of ours, which sign-out is, leads nowhere else
      return url !== null && new URL(url).origin === origin ? url : null;
    },
  };
}

function refusalOf(error: unknown, back: string | null): Outcome {
  if (error instanceof CsamAway) return { refused: error.message, isAway: true, back };
  if (error instanceof CsamRefused) return { refused: error.message, back };
  throw error;
}

/** The id token goes into an address at sign-out: not if it names the number of the person. */
function hintIn(idToken: string, insz: string): string | null {
  const claims = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8');
  return claims.includes(insz) ? null : idToken;
}
