import type { UsingEmployer } from '../declarations/declaration.ts';

/** Letters that do not fall apart into a plain letter and a mark. */
const plain: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};

/**
 * What tells user companies apart, in the overlap rule and in addresses: the enterprise number, or for a company without
 * one (established abroad) a slug of its name and address. A slug never looks like an enterprise number.
 */
export function userKeyOf(user: UsingEmployer): string {
  const number = user.enterpriseNumber ?? '';
  if (!/^0*$/.test(number)) return number;
  const { street, houseNumber, postBox, postCode, city, country } = user.address ?? {};
  const slug = slugOf([user.name, street, houseNumber, postBox, postCode, city, country].filter(Boolean).join(' '));
  return /^\d{10}$/.test(slug) ? `name-${slug}` : slug || 'unnamed';
}

function slugOf(text: string): string {
  const letters = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøæœßđðþıħŧŋ]/g, (c) => plain[c] ?? c);
  // Other scripts keep their names apart by code point.
  const ascii = letters.replace(/[^\p{ASCII}]/gu, (c) =>
    /[\p{L}\p{N}]/u.test(c) ? `u${c.codePointAt(0)?.toString(16)}` : ' ',
  );
  return ascii.match(/[a-z0-9]+/g)?.join('-') ?? '';
}
