import { randomBytes } from 'node:crypto';

/**
 * Belgian identity numbers and the ids the portal gives itself.
 * All are text: an identity number is never counted with.
 */

/**
 * An INSZ of 11 bare digits whose last two are right, for those born before 2000 and since, national register or BIS.
 * The birth date inside is not judged: month 00 and day 00 are given out, and BIS months run to 52.
 * @param thisYear nobody is born after it: of two possible centuries the later then does not count.
 * Source: check-digit rule of the National Register, which puts a 2 before the number of those born since 2000.
 */
export function isInsz(insz: string, thisYear: number = new Date().getUTCFullYear()): boolean {
  if (!/^\d{11}$/.test(insz)) return false;
  const base = Number(insz.slice(0, 9));
  const check = Number(insz.slice(9));
  if (97 - (base % 97) === check) return true;
  return 97 - ((2_000_000_000 + base) % 97) === check && 2000 + Number(insz.slice(0, 2)) <= thisYear;
}

/** A number without what people write between its digits: spaces, dots, slashes, dashes of any length. */
export function bareNumber(text: string): string {
  return text.replace(/[\s./\p{Pd}]/gu, '');
}

/** An INSZ in any usual spelling as 11 bare digits; null when it is none, or its check digits are wrong. */
export function typedInsz(text: unknown, thisYear: number): string | null {
  const bare = typeof text === 'string' ? bareNumber(text) : '';
  return isInsz(bare, thisYear) ? bare : null;
}

/**
 * An INSZ as people see it: `••.••.••-•••.28`, or in full `85.07.30-033.28`. Never throws: what has no
 * 11 digits is masked whole.
 */
export function printedInsz(insz: string, full: boolean): string {
  const shown = /^\d{11}$/.test(insz) ? insz : '•'.repeat(11);
  const digits = full ? shown : `${'•'.repeat(9)}${shown.slice(9)}`;
  return digits.replace(/^(..)(..)(..)(...)(..)$/u, '$1.$2.$3-$4.$5');
}

/** An enterprise number (KBO/BCE) of 10 bare digits, first digit 0 or 1, with right check digits. */
export function isEnterpriseNumber(number: string): boolean {
  return /^[01]\d{9}$/.test(number) && 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8));
}

/**
 * An NSSO employer number with right check digits, leading zeros or not: 7 digits and 2 check digits,
 * or a provisional one of 8 and 2 that starts with 5.
 */
export function isNssoNumber(number: string): boolean {
  if (!/^\d{6,10}$/.test(number)) return false;
  const bare = number.replace(/^0+/, '');
  const isProvisional = bare.length === 10 && bare.startsWith('5');
  if (!isProvisional && (bare.length < 6 || bare.length > 9)) return false;
  return 96 - ((Number(bare.slice(0, -2)) * 100) % 97) === Number(bare.slice(-2));
}

/**
 * The id of a period or declaration that came without one: 12 digits, a 9, the counter in nine digits, two check digits
 * (first ten modulo 97). The 9 keeps it apart from ids of the source.
 * @throws RangeError when the counter does not fit
 */
export function newPeriodId(next: bigint | number): string {
  const counter = Number(next);
  if (!Number.isInteger(counter) || counter < 0 || counter > 999_999_999) {
    throw new RangeError(`no period id for ${next}`);
  }
  const first = 9_000_000_000 + counter;
  return `${first}${String(first % 97).padStart(2, '0')}`;
}

/** 130 random bits in letters and figures that nobody mixes up: they stand in an address, and the first eight are read out on the phone. */
export function newId(): string {
  return Array.from(randomBytes(26), (byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte & 31]).join('');
}

/** What people can quote of such an id: its first eight characters, as they are read out on the phone. */
export function referenceOf(id: string): string {
  return id.slice(0, 8).toUpperCase();
}
