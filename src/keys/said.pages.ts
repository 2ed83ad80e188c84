import { type Lang, say, words } from '../web/language.ts';

/** What the address tells of the last change. */
export interface Saying {
  said: unknown;
  minutes: unknown;
}

const SAID = ['made', 'renamed', 'password', 'active', 'revoked', 'ended', 'first'] as const;
const FAULTS = [
  'form',
  'number',
  'taken',
  'short',
  'long',
  'common',
  'own',
  'differs',
  'terms',
  'code',
  'card-ended',
] as const;
export type Said = (typeof SAID)[number];
export type KeysFault = (typeof FAULTS)[number];

/** What was done, in words. */
export function saidOf(lang: Lang, { said }: Saying): string | null {
  const known = SAID.find((one) => one === said);
  return known ? words(lang, 'keys').said[known] : null;
}

/** What was wrong, in words. */
export function faultOf(lang: Lang, { said, minutes }: Saying): string | null {
  if (said === 'blocked') return say(lang, 'keys.fault.blocked', { minutes: minutesOf(minutes) });
  const known = FAULTS.find((one) => one === said);
  return known ? say(lang, `keys.fault.${known}`) : null;
}

/** Minutes as an address tells them; a day at most. */
export function minutesOf(told: unknown): number {
  const minutes = Number(told);
  return Number.isInteger(minutes) && minutes > 0 && minutes <= 1440 ? minutes : 15;
}
