import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTERS, enterpriseNumberOf, makeInsz, nssoNumberOf, sourceIdsAfter } from '../../src/generate/numbers.ts';
import { isEnterpriseNumber, isInsz, isNssoNumber } from '../../src/platform/ids.ts';

const birth = fc.record({
  year: fc.integer({ min: 1958, max: 2008 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
});
const serial = fc.integer({ min: 500, max: 499 + COUNTERS });

describe('made-up numbers', () => {
  it('have the check digits that the intake asks', () => {
    fc.assert(
      fc.property(birth, serial, fc.constantFrom(0, 20, 40), (born, counter, bis) => {
        expect(isInsz(makeInsz(born, counter, bis as 0 | 20 | 40), 2026)).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.nat(999_999), (n) => isEnterpriseNumber(enterpriseNumberOf(n))));
    fc.assert(fc.property(fc.nat(199_999), (n) => isNssoNumber(nssoNumberOf(n))));
  });

  it('count ids on from the highest one taken, as a source writes them', () => {
    const ids = sourceIdsAfter('399999999918', 7);
    expect([ids.next(), ids.next()]).toEqual(['400000000039', '400000000140']);
    expect(sourceIdsAfter(null, 7).next()).toMatch(/^2\d{11}$/);
  });

  it('never run into the ids that a source or the portal itself gives', () => {
    expect(() => sourceIdsAfter('499999999900', 7).next()).toThrow(/used up/);
  });
});
