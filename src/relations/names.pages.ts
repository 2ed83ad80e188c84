import type { Address } from '../declarations/declaration.ts';
import { enterpriseNumber } from '../web/dates.ts';
import { knows, type Lang, say, words } from '../web/language.ts';
import type { Verdict } from './relation.ts';

/** What a relation's mark says: cancelled outranks timeliness. */
export type Mark = Verdict | 'cancelled';

export function markOf(relation: { cancelled: boolean; verdict: Verdict }): Mark {
  return relation.cancelled ? 'cancelled' : relation.verdict;
}

/** Word for a worker type; a code nobody knows yet stands for itself. */
export function typeName(lang: Lang, code: string): string {
  const key = `types.${code}`;
  return knows(lang, key) ? say(lang, key) : code;
}

/** 'PC 302: horeca'. */
export function committeeName(lang: Lang, code: string): string {
  const key = `committees.${code}`;
  if (!knows(lang, key)) return say(lang, 'relation.committeePlain', { code });
  return code === 'XXX' ? say(lang, key) : say(lang, 'relation.committee', { code, name: say(lang, key) });
}

/** A company's name, else its number with the remark that the name is not known. */
export function companyName(lang: Lang, name: string | null, number: string | null): string {
  if (name !== null) return name;
  if (number === null) return words(lang, 'relation').noName;
  return say(lang, 'relation.nameUnknown', { number: enterpriseNumber(number) });
}

/** A company by its number, or by the slug of one without: its name, else what stands in its place. */
export function listedName(lang: Lang, value: string, name: string | null): string {
  return name === null && !/^\d{10}$/.test(value) ? value : companyName(lang, name, value);
}

/** The user company of a relation; outside temp work there is none. */
export function userName(
  lang: Lang,
  row: { userName: string | null; userNumber: string | null; userKey?: string | null },
): string {
  if (row.userName === null && row.userNumber === null && (row.userKey ?? null) === null)
    return words(lang, 'relation').noUser;
  return companyName(lang, row.userName, row.userNumber);
}

/** One line: 'Kerkstraat 1 bus 2, 1000 Brussel', or null when nothing of it is known. */
export function addressLine(address: Address | null): string | null {
  if (address === null) return null;
  const join = (...pieces: (string | undefined)[]) => pieces.filter((piece) => piece).join(' ');
  const box = address.postBox ? `/ ${address.postBox}` : undefined;
  const country =
    address.country && address.country !== '150' && !/^\d+$/.test(address.country) ? address.country : undefined;
  const lines = [join(address.street, address.houseNumber, box), join(address.postCode, address.city), join(country)];
  return lines.filter((line) => line !== '').join(', ') || null;
}
