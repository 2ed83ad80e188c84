import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODES, LETTERS, newCodes, nextNumber, readCode, stateAt } from '../../src/keys/card.ts';
import { seal, unseal } from '../../src/keys/print.ts';

const NOW = '2026-11-23T09:00:00Z';

describe('the codes of a card', () => {
  it('are 24 of six capitals without I and O, each unlike the others', () => {
    expect(LETTERS).toHaveLength(24);
    expect(LETTERS).not.toMatch(/[IO]/);
    for (let n = 0; n < 200; n++) {
      const codes = newCodes(randomInt);
      expect(codes).toHaveLength(CODES);
      expect(new Set(codes).size).toBe(CODES);
      for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-Z]{6}$/);
    }
  });

  it('differ also when chance repeats itself', () => {
    let calls = 0;
    const stubborn = (below: number) => Math.floor(calls++ / 12) % below; // every code comes twice
    expect(new Set(newCodes(stubborn)).size).toBe(CODES);
  });

  it('use every letter about as often', () => {
    const seen = new Map<string, number>();
    for (let n = 0; n < 400; n++)
      for (const letter of newCodes(randomInt).join('')) seen.set(letter, (seen.get(letter) ?? 0) + 1);
    const mean = (400 * 144) / 24; // 2,400, standard deviation 48
    expect(seen.size).toBe(24);
    for (const [letter, count] of seen) expect(Math.abs(count - mean), letter).toBeLessThan(6 * 48);
  });

  it('are read however they are spaced and in small letters', () => {
    const code = fc.array(fc.constantFrom(...LETTERS), { minLength: 6, maxLength: 6 });
    const blank = fc.constantFrom('', ' ', '-', '\t', '  ');
    fc.assert(
      fc.property(code, fc.array(blank, { minLength: 7, maxLength: 7 }), fc.boolean(), (letters, blanks, small) => {
        const typed = letters.map((letter, at) => blanks[at] + (small ? letter.toLowerCase() : letter)).join('');
        expect(readCode(typed + blanks[6])).toBe(letters.join(''));
      }),
    );
  });

  it.each([
    '',
    'ABCDE',
    'ABCDEFG',
    'ABCDEI',
    'ABCDEO',
    'ABCDE1',
    'ABC\0DE',
    'ÀBCDEF',
    7,
    null,
    ['ABCDEF'],
    'A'.repeat(100),
  ])('are not %j', (typed) => {
    expect(readCode(typed)).toBe(null);
  });
});

describe('the number that is asked', () => {
  it('is any of the 24, never the one just answered', () => {
    const seen = new Set<number>();
    for (let n = 0; n < 2_000; n++) {
      const next = nextNumber(7, randomInt);
      seen.add(next);
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(
      Array.from({ length: CODES }, (_, at) => at + 1).filter((number) => number !== 7),
    );
    expect(nextNumber(null, () => 0)).toBe(1);
    expect(nextNumber(null, (below) => below - 1)).toBe(24);
    expect(nextNumber(24, (below) => below - 1)).toBe(23);
  });
});

describe('time', () => {
  const issued = { state: 'issued', issuedAt: '2026-11-09T09:00:01Z', activatedAt: null, lastUsedAt: null } as const;
  const active = { ...issued, state: 'active', activatedAt: '2025-11-23T09:00:01Z' } as const;
  it.each([
    ['put into use within 14 days', issued, 'issued'],
    ['not put into use in 14 days', { ...issued, issuedAt: '2026-11-09T09:00:00Z' }, 'expired'],
    ['put into use not a year ago', active, 'active'],
    ['put into use a year ago', { ...active, activatedAt: '2025-11-23T09:00:00Z' }, 'unused'],
    [
      'used not a year ago',
      { ...active, activatedAt: '2020-01-01T00:00:00Z', lastUsedAt: '2025-11-24T00:00:00Z' },
      'active',
    ],
    [
      'used a year ago',
      { ...active, activatedAt: '2020-01-01T00:00:00Z', lastUsedAt: '2025-11-22T00:00:00Z' },
      'unused',
    ],
    ['revoked long ago', { ...active, state: 'revoked', activatedAt: '2020-01-01T00:00:00Z' } as const, 'revoked'],
  ] as const)('a card %s', (_, card, state) => {
    expect(stateAt(card, NOW)).toBe(state);
  });
});

describe('a print that waits', () => {
  it('opens with its own key only', () => {
    const print = Buffer.from('%PDF with 24 codes');
    const { sealed, key } = seal(print);
    expect(sealed.includes(print)).toBe(false);
    expect(unseal(sealed, key)).toEqual(print);
    expect(unseal(sealed, seal(print).key)).toBe(null);
    expect(unseal(sealed, 'no key')).toBe(null);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(changed, key)).toBe(null);
    }
  });
});
