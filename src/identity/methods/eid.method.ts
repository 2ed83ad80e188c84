import type { Clock } from '../../platform/clock.ts';
import { data } from '../../web/answer.ts';
import * as paths from '../../web/paths.ts';
import { newToken } from '../sessions.ts';
import type { Attempt, Outcome, SignInMethod } from '../sign-in.method.ts';
import { isPassing } from './ocsp.ts';
import type { CardTrust } from './trust.ts';
import { validateToken } from './web-eid.ts';

/** A challenge lives 5 minutes and is used once. */
const CHALLENGE_MINUTES = 5;

export interface EidTools {
  config: { mode: string };
  clock: Clock;
  publicUrl: string;
  cards: CardTrust;
}

/** The card in a reader, by the Web eID extension: a script of the sign-in page fetches a nonce and posts the token. */
export function eidMethod(house: EidTools): SignInMethod {
  function challenge(): Outcome {
    const nonce = newNonce();
    return { answer: data({ nonce }), keep: { text: nonce, minutes: CHALLENGE_MINUTES } };
  }

  async function token({ body, kept: nonce }: Attempt): Promise<Outcome> {
    if (nonce === null) return { refused: 'nonce' };
    const { authToken, return: back } = (body ?? {}) as { authToken?: unknown; return?: unknown };
    const checked = await validateToken({
      ...(await house.cards.check(Temporal.Instant.from(house.clock.now()))),
      authToken,
      nonce,
      origin: house.publicUrl,
      allowHttpLoopback: house.config.mode !== 'serve',
    });
    if (!('fault' in checked)) return { proven: checked, back };
    return { refused: checked.fault, isPassing: isPassing(checked.fault) };
  }

  return {
    assurance: 500,
    start: null,
    steps: [
      { method: 'GET', path: paths.EID_CHALLENGE, take: challenge },
      { method: 'POST', path: paths.EID, json: true, goesOn: true, take: token },
    ],
  };
}

/** 32 random bytes as base64: 44 characters, what the card application asks for at least. */
function newNonce(): string {
  return Buffer.from(newToken(), 'base64url').toString('base64');
}
