import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Lang } from '../web/language.ts';

/** An e-mail address that its worker confirmed. Instants. */
export interface ConfirmedAddress {
  address: string;
  language: Lang;
  confirmedAt: string;
}

/** An address whose code is under way. */
export interface PendingAddress {
  id: string;
  address: string;
  language: Lang;
  expiresAt: string;
  triesLeft: number;
}

export const CODE_MINUTES = 60;
export const MOST_TRIES = 5;
/** Codes a day, for one worker and to one address. */
export const MOST_CODES = 5;

/** What came of asking for a code, or of typing it. */
export type Asked = 'sent' | 'invalid' | 'too-many' | 'off';
export type Typed = 'confirmed' | 'wrong' | 'expired';

/**
 * An address as it can be posted to: one mailbox, ASCII, nothing that could become a header or a second recipient. Stricter than the
 * standard, wide enough for what people have.
 */
export function asAddress(typed: unknown): string | null {
  const address = typeof typed === 'string' ? typed.trim() : '';
  const isMailbox = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(
    address,
  );
  const holdsNumber = /\d{11}/.test(address.replace(/[.-]/g, ''));
  return isMailbox && address.length <= 254 && !/^\.|\.\.|\.@/.test(address) && !holdsNumber ? address : null;
}

/** Six digits, made of the portal's secret and the confirmation's id: so the database holds no code, not even a hash to try out. */
export function codeOf(confirmationId: string, secret: string): string {
  const bytes = createHmac('sha256', secret).update(`address-code:${confirmationId}`).digest();
  return String(bytes.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** Compares in constant time; blanks that people type between digits do not count. */
export function isCode(typed: unknown, confirmationId: string, secret: string): boolean {
  const digits = typeof typed === 'string' ? typed.replace(/[\s-]/g, '') : '';
  if (!/^\d{6}$/.test(digits)) return false;
  return timingSafeEqual(Buffer.from(digits), Buffer.from(codeOf(confirmationId, secret)));
}
