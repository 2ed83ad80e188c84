import { createHmac } from 'node:crypto';

/**
 * Against guessing: wrong entries are counted for an account, a person and an address. An entry is counted as wrong before it is looked at
 * and taken back when it was right, so that a hundred at once are counted like a hundred in turn.
 */

/** So many wrong entries in a row block for a quarter of an hour; every further so many for twice as long, up to a day. */
export const WRONG_ENTRIES = 5;
export const FIRST_BLOCK_MINUTES = 15;
export const LONGEST_BLOCK_MINUTES = 24 * 60;
/** What was wrong is forgotten so long after the last wrong entry, or after the block it led to. */
export const FORGOTTEN_HOURS = 24;
/** Failures a minute from one address above which it waits; well above the forty that nobody is stopped below. */
export const FAILURES_PER_MINUTE = 80;

/** What is known of one key. Instants are ISO 8601. */
export interface Attempts {
  wrong: number;
  /** Of the last entry that was counted; of an address: when its minute began. */
  at: string;
  blockedUntil: string | null;
}

export const NO_ATTEMPTS: Attempts = Object.freeze({ wrong: 0, at: '1970-01-01T00:00:00Z', blockedUntil: null });

/** An account (the user name, known or not), a person (INSZ), an address. What is kept is a keyed hash: people type passwords into wrong fields. */
export function attemptsKey(kind: 'account' | 'insz' | 'address', of: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`attempts ${kind} ${of}`).digest();
}

/** The network that counts as one address: an IPv4 address, the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const gap = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...gap, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

export function isBlocked(known: Attempts, now: string): boolean {
  return known.blockedUntil !== null && Date.parse(known.blockedUntil) > Date.parse(now);
}

/** Minutes of block that so many wrong entries in a row lead to. */
export function blockMinutes(wrong: number): number {
  return Math.min(FIRST_BLOCK_MINUTES * 2 ** (wrong / WRONG_ENTRIES - 1), LONGEST_BLOCK_MINUTES);
}

/** Counts an entry that is about to be looked at; only to be called when nothing is blocked. */
export function counted(known: Attempts, now: string): Attempts {
  const wrong = (isForgotten(known, now) ? 0 : known.wrong) + 1;
  const blockedUntil = wrong % WRONG_ENTRIES === 0 ? later(now, blockMinutes(wrong)) : null;
  return { wrong, at: now, blockedUntil };
}

/** Takes an entry back that was right, where more must follow before all is forgiven; a block that it led to with it. */
export function takenBack(known: Attempts): Attempts {
  const wasLast = known.wrong % WRONG_ENTRIES === 0;
  return { ...known, wrong: Math.max(0, known.wrong - 1), blockedUntil: wasLast ? null : known.blockedUntil };
}

export function isForgotten({ at, blockedUntil }: Attempts, now: string): boolean {
  const since = Math.max(Date.parse(at), blockedUntil === null ? 0 : Date.parse(blockedUntil));
  return Date.parse(now) - since >= FORGOTTEN_HOURS * 3_600_000;
}

/** An address that failed once more. */
export function failedFrom(known: Attempts, now: string): Attempts {
  const isSameMinute = secondsLeft(known, now) > 0;
  return isSameMinute ? { ...known, wrong: known.wrong + 1 } : { wrong: 1, at: now, blockedUntil: null };
}

/** Seconds that an address must wait; 0: it need not. */
export function mustWait(known: Attempts, now: string): number {
  return known.wrong >= FAILURES_PER_MINUTE ? secondsLeft(known, now) : 0;
}

function secondsLeft({ at }: Attempts, now: string): number {
  return Math.max(0, Math.ceil((Date.parse(at) + 60_000 - Date.parse(now)) / 1000));
}

function later(now: string, minutes: number): string {
  return new Date(Date.parse(now) + minutes * 60_000).toISOString();
}
