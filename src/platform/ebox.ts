import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  bodyOf,
  type EboxMessage,
  type EboxSender,
  keyOf,
  PUBLISH,
  type Published,
  publishedOf,
  refusalOf,
} from './ebox.message.ts';
import { GiveUp } from './jobs.ts';
import { type Tokens, tokensFrom } from './oauth.ts';

export interface Ebox {
  /**
   * Puts a message into a citizen's eBox, once for its key, however often it is tried.
   * @throws GiveUp when the registry refuses it for good; any other error may pass
   */
  publish(message: EboxMessage, signal: AbortSignal): Promise<Published>;
}

export interface EboxOptions {
  /** Base of the registry, without a slash at the end. */
  url: string;
  tokenUrl: string;
  clientId: string;
  /** File with the private key, PEM (PKCS #8, RSA). */
  keyFile: string;
  sender: EboxSender;
  scope?: string;
}

const PATIENCE = 20_000;
/** Not refused, only not now. */
const PASSING = new Set([408, 425, 429]);

export function openEbox({ url, tokenUrl, clientId, keyFile, sender, scope }: EboxOptions): Ebox {
  const key = createPrivateKey(readFileSync(keyFile));
  const tokens = tokensFrom({ url: tokenUrl, clientId, key, ...(scope && { scope }) });
  return {
    async publish(message, signal) {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
      const first = await post(message, bounded);
      return first === 'unauthorized' ? again(message, bounded) : first;
    },
  };

  /** Once more with a fresh token and the same key. */
  async function again(message: EboxMessage, signal: AbortSignal): Promise<Published> {
    const second = await post(message, signal);
    if (second === 'unauthorized') throw new Error('the eBox does not know us');
    return second;
  }

  async function post(message: EboxMessage, signal: AbortSignal): Promise<Published | 'unauthorized'> {
    const token = await tokens.get(signal);
    const answer = await fetch(url + PUBLISH, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': keyOf(message), accept: 'application/json' },
      body: bodyOf(message, sender),
      redirect: 'error',
      signal,
    });
    return read(answer, tokens, token);
  }
}

async function read(answer: Response, tokens: Tokens, token: string): Promise<Published | 'unauthorized'> {
  const { status } = answer;
  const told = await answer.json().catch(() => null); // not every answer has a body
  if (status === 201) return publishedOf(told);
  if (status === 409) return { status: 'known', messageId: null, expiresAt: null };
  if (status === 401) {
    tokens.forget(token);
    return 'unauthorized';
  }
  const { code, id } = refusalOf(told);
  if (status >= 500 || PASSING.has(status)) throw new Error(`the eBox is away: ${status} ${code}`);
  throw new GiveUp(`the eBox refuses: ${status} ${code}, reference ${id}`);
}
