import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** The bearer token of a client that proves itself with its key (private_key_jwt, RFC 7523). Kept until shortly before it runs out. */
export interface Tokens {
  get(signal: AbortSignal): Promise<string>;
  /** The server does not take this one any more. */
  forget(token: string): void;
}

export interface TokensOptions {
  /** Also the assertion's audience. */
  url: string;
  clientId: string;
  key: KeyObject;
  scope?: string;
}

/** The authorization server gave no token. */
export class NoToken extends Error {
  override name = 'NoToken';
}

const ASSERTION_SECONDS = 120;
const SPARE_SECONDS = 30;

export function tokensFrom({ url, clientId, key, scope }: TokensOptions): Tokens {
  let kept: { token: string; until: number } | null = null;
  let asking: Promise<string> | null = null;

  async function ask(signal: AbortSignal): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(),
      ...(scope && { scope }),
    });
    const answer = await fetch(url, { method: 'POST', body: form, redirect: 'error', signal });
    if (!answer.ok) throw new NoToken(`the authorization server answered ${answer.status}`);
    const { access_token: token, expires_in: seconds = 60 } = (await answer.json()) as Record<string, unknown>;
    if (typeof token !== 'string') throw new NoToken('the authorization server answered without a token');
    kept = { token, until: Date.now() + (Number(seconds) - SPARE_SECONDS) * 1000 };
    return token;
  }

  async function assertion(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(url)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + ASSERTION_SECONDS)
      .sign(key);
  }

  return {
    async get(signal) {
      if (kept && kept.until > Date.now()) return kept.token;
      asking ??= ask(signal).finally(() => {
        asking = null;
      });
      return asking;
    },
    forget(token) {
      if (kept?.token === token) kept = null;
    },
  };
}
