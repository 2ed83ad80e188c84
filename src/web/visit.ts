import type { FastifyRequest } from 'fastify';
import type { SessionsStore } from '../identity/sessions.store.ts';
import { cookieName, hashOf, oldest, touchDue } from '../identity/sessions.ts';
import { ANONYMOUS, type Anonymous, type SignedIn } from '../identity/visitor.ts';
import type { Clock } from '../platform/clock.ts';
import { asLang, type Lang } from './language.ts';

/** What the hall needs to know the visitor of a request. */
export interface Door {
  publicUrl: string;
  secret: string;
  clock: Clock;
  sessions: SessionsStore;
}

/** The hash of the session cookie, if there is one. */
export function sessionHash(request: FastifyRequest, door: Pick<Door, 'publicUrl' | 'secret'>): Buffer | null {
  const token = request.cookies[cookieName(door.publicUrl, 'session')];
  return token ? hashOf(token, door.secret) : null;
}

/** Looks the session up (never cached: ending one works at once) and notes that it was used. */
export async function visitorOf(request: FastifyRequest, door: Door): Promise<Anonymous | SignedIn> {
  const hash = sessionHash(request, door);
  if (!hash) return ANONYMOUS;
  const now = door.clock.now();
  const found = await door.sessions.find(hash, oldest(now));
  if (!found) return ANONYMOUS;
  if (touchDue(found.lastSeenAt, now)) await door.sessions.touch(hash, now);
  return found.visitor;
}

/** Cookie, else Accept-Language, else Dutch. */
export function languageOf(request: Pick<FastifyRequest, 'cookies' | 'headers'>): Lang {
  return asLang(request.cookies?.lang) ?? acceptedLanguage(request.headers['accept-language'] ?? '');
}

/** Browsers send few different headers, and send them with every request. */
const ACCEPTED = new Map<string, Lang>();
const KEPT = { headers: 1_000, length: 200 };

function acceptedLanguage(header: string): Lang {
  const known = ACCEPTED.get(header);
  if (known) return known;
  const lang = firstOwn(header);
  if (ACCEPTED.size < KEPT.headers && header.length < KEPT.length) ACCEPTED.set(header, lang);
  return lang;
}

function firstOwn(header: string): Lang {
  const accepted = header
    .split(',')
    .map((part) => ({ tag: part.trim().slice(0, 2).toLowerCase(), q: Number(part.match(/;q=([\d.]+)/)?.[1] ?? 1) }))
    .sort((a, b) => b.q - a.q);
  for (const { tag } of accepted) {
    const lang = asLang(tag);
    if (lang) return lang;
  }
  return 'nl';
}

/**
 * A write that carries our cookie is accepted iff the browser says that it comes from our own pages. No tokens: the session cookie is
 * SameSite=Lax and every browser that can sign in sends one of the two headers.
 */
export function isOwnWrite(headers: FastifyRequest['headers'], publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === publicUrl : site === 'same-origin';
}
