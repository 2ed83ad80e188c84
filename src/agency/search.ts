import { bareNumber, isInsz } from '../platform/ids.ts';

/** What staff typed into the search box, told apart by its shape. */
export type Search =
  | { kind: 'insz'; insz: string }
  | { kind: 'number'; number: string }
  | { kind: 'name'; name: string };

/**
 * Reads what was typed: an INSZ in any usual spelling (`85.07.30-033.28`, `850730 033 28`), the number of a declaration or a period (12 digits,
 * spaced or not), else the beginning of a name. @returns null when it can be none of these
 */
export function searchOf(text: unknown): Search | null {
  if (typeof text !== 'string') return null;
  const typed = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const digits = bareNumber(typed);
  if (/^\d{11}$/.test(digits)) return isInsz(digits, 9999) ? { kind: 'insz', insz: digits } : null;
  if (/^\d+$/.test(digits)) return digits.length === 12 ? { kind: 'number', number: digits } : null;
  return /^[^\p{Cc}\d]{2,80}$/u.test(typed) ? { kind: 'name', name: typed.replace(/,/g, '') } : null;
}
