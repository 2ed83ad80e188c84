import { createHmac, randomBytes } from 'node:crypto';

/** Session rules: idle 15 minutes, absolute 8 hours; the id changes at sign-in; only its keyed hash is stored. */
export const IDLE_MINUTES = 15;
export const ABSOLUTE_HOURS = 8;
/** Last use is written at most this often, so that a page view is a read; idle time is exact to this many seconds. */
export const TOUCH_SECONDS = 30;

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(token).digest();
}

/** Browsers drop `__Host-` cookies without Secure, so plain http on loopback uses a plain name. */
export function cookieName(publicUrl: string, name: 'session' | 'challenge' | 'card'): string {
  return publicUrl.startsWith('https:') ? `__Host-interim-${name}` : `interim-${name}`;
}

/** The oldest creation and last use at which a session still counts at `now`. */
export function oldest(now: string): { created: string; seen: string } {
  const before = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
  return { created: before(ABSOLUTE_HOURS * 60), seen: before(IDLE_MINUTES) };
}

export function touchDue(lastSeenAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(lastSeenAt) > TOUCH_SECONDS * 1000;
}

/** A path to return to after sign-in: our own, one leading slash, no backslash, nothing that could leave the site. */
export function ownPath(wanted: unknown): string {
  return typeof wanted === 'string' &&
    /^\/(?![/\\])[^\\\s]*$/.test(wanted) &&
    !wanted.includes('\\') &&
    !new URL(wanted, 'http://own').pathname.startsWith('//') &&
    wanted.length < 2000
    ? wanted
    : '/';
}
