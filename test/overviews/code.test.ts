import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFrom, codeInGroups, newCode } from '../../src/overviews/code.ts';

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codes = fc.constant(null).map(newCode);

describe('the code of an overview', () => {
  test('has 20 characters that nobody mixes up, at least 96 bits of them random, and never comes twice', () => {
    const drawn = Array.from({ length: 2000 }, newCode);
    for (const code of drawn) expect(code).toMatch(/^[0-9A-HJ-NP-Z]{20}$/);
    expect(new Set(drawn).size).toBe(drawn.length);
    // 19 characters of 34 are drawn; of 37 sums the 3 without a character are drawn anew
    expect(19 * Math.log2(CHARACTERS.length) + Math.log2(34 / 37)).toBeGreaterThan(96);
    for (let place = 0; place < 19; place++)
      expect(new Set(drawn.map((code) => code[place])).size, `place ${place}`).toBe(34);
  });

  test('is read as people type it', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(codeFrom(codeInGroups(code))).toBe(code);
        expect(codeFrom(` ${codeInGroups(code).toLowerCase().replaceAll('-', ' – ')}\n`)).toBe(code);
        expect(codeFrom(code.replaceAll('0', 'o').replaceAll('1', 'i'))).toBe(code);
      }),
    );
  });

  test('with one wrong character, or two that changed places, is none', () => {
    const place = fc.integer({ min: 0, max: 19 });
    fc.assert(
      fc.property(codes, place, place, fc.constantFrom(...CHARACTERS), (code, a, b, other) => {
        const wrong = [...code];
        wrong[a] = other;
        if (wrong.join('') !== code) expect(codeFrom(wrong.join(''))).toBeNull();
        const swapped = [...code];
        [swapped[a], swapped[b]] = [code[b] as string, code[a] as string];
        if (swapped.join('') !== code) expect(codeFrom(swapped.join(''))).toBeNull();
      }),
    );
  });

  test('is nothing else', () => {
    fc.assert(fc.property(fc.string(), (text) => codeFrom(text) === null || codeFrom(text)?.length === 20));
    for (const none of ['', 'ABCD', 'A'.repeat(21), 'Ä'.repeat(20), '0'.repeat(10_000)])
      expect(codeFrom(none)).toBeNull();
  });
});
