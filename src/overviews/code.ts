import { createHash, randomInt } from 'node:crypto';

/**
 * The code that an overview is verified with: 19 random characters and one that catches mistakes. Figures and capitals
 * without I and O, which pass for 1 and 0: of 34 characters, 19 hold 96.6 bits, and 96.5 after the codes are left out whose
 * last character would be none of them.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 20;
/** Prime and larger than the alphabet: one wrong character and any two swapped ones change the sum. */
const MODULUS = 37;

/** The twentieth: makes the sum of places times values a multiple of 37; null when no character has that value. */
function lastOf(body: string): string | null {
  let sum = 0;
  for (const [i, character] of [...body].entries()) sum += (i + 1) * ALPHABET.indexOf(character);
  for (let value = 0; value < MODULUS; value++)
    if ((sum + LENGTH * value) % MODULUS === 0) return ALPHABET[value] ?? null;
  return null;
}

export function newCode(): string {
  for (;;) {
    const body = Array.from({ length: LENGTH - 1 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const last = lastOf(body);
    if (last !== null) return body + last;
  }
}

/** A code as somebody typed it: any case, with or without groups, O for 0 and I for 1. null: it cannot be one. */
export function codeFrom(typed: string): string | null {
  const code = typed
    .slice(0, 200)
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replaceAll('O', '0')
    .replaceAll('I', '1');
  if (code.length !== LENGTH || [...code].some((character) => !ALPHABET.includes(character))) return null;
  return lastOf(code.slice(0, -1)) === code.at(-1) ? code : null;
}

/** 'ABCD-EFGH-JKLM-NPQR-STUV': for people. */
export function codeInGroups(code: string): string {
  return (code.match(/.{4}/g) ?? []).join('-');
}

/** What the database keeps of a code or another secret address. */
export function hashOfCode(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
