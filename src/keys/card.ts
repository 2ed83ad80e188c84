/** A paper token: a card with 24 personal codes of 6 letters, numbered from 1. */

/** Capitals without I and O, which the eye takes for figures. */
export const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
export const CODES = 24;
export const CODE_LENGTH = 6;
/** A card that nobody made active in this time counts no more; nor one that was not used for so many months. */
export const ISSUED_DAYS = 14;
export const UNUSED_MONTHS = 12;
/** So many wrong codes since the last right one end a card for good. */
export const WRONG_CODES = 10;

/**
 * issued: printed, waits for its first code · active: good for signing in · replaced: by a newer card · revoked: by its owner ·
 * blocked: too many wrong codes · expired: never made active · unused: for twelve months
 */
export const CARD_STATES = ['issued', 'active', 'replaced', 'revoked', 'blocked', 'expired', 'unused'] as const;
export type CardState = (typeof CARD_STATES)[number];

/** A whole number from 0 up to, not with, `below`; every one as likely. */
export type Random = (below: number) => number;

/** The codes of a new card, each unlike the others. */
export function newCodes(random: Random): string[] {
  const codes = new Set<string>();
  while (codes.size < CODES) {
    codes.add(Array.from({ length: CODE_LENGTH }, () => LETTERS[random(LETTERS.length)]).join(''));
  }
  return [...codes];
}

/** A code as somebody typed it: small letters and blanks are fine. Null when it cannot be one. */
export function readCode(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > 60) return null;
  const code = typed.replace(/[\s-]+/g, '').toUpperCase();
  return code.length === CODE_LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}

/** The number that a card asks for next, from 1 to 24: never the one that was just answered. */
export function nextNumber(answered: number | null, random: Random): number {
  if (answered === null) return random(CODES) + 1;
  const next = random(CODES - 1) + 1;
  return next < answered ? next : next + 1;
}

/** What a card is at an instant: time ends it also while nobody sweeps. Instants are ISO 8601. */
export function stateAt(
  card: { state: CardState; issuedAt: string; activatedAt: string | null; lastUsedAt: string | null },
  now: string,
): CardState {
  if (card.state === 'issued' && card.issuedAt <= oldestIssue(now)) return 'expired';
  const used = card.lastUsedAt ?? card.activatedAt;
  if (card.state === 'active' && used !== null && used <= oldestUse(now)) return 'unused';
  return card.state;
}

/** Cards issued at or before this instant, and not made active, have expired. */
export function oldestIssue(now: string): string {
  return Temporal.Instant.from(now)
    .subtract({ hours: 24 * ISSUED_DAYS })
    .toString();
}

/** Cards last used at or before this instant lie unused. */
export function oldestUse(now: string): string {
  return Temporal.Instant.from(now)
    .toZonedDateTimeISO('UTC')
    .subtract({ months: UNUSED_MONTHS })
    .toInstant()
    .toString();
}

/** Instants are ISO 8601. */
export interface Card {
  cardId: string;
  workerId: string;
  state: CardState;
  asked: number;
  wrong: number;
  issuedAt: string;
  activatedAt: string | null;
  lastUsedAt: string | null;
  endedAt: string | null;
  /** Waits to be fetched, once. */
  hasPrint: boolean;
}
