import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isEnterpriseNumber,
  isInsz,
  isNssoNumber,
  newId,
  newPeriodId,
  referenceOf,
  typedInsz,
} from '../../src/platform/ids.ts';

describe('INSZ', () => {
  test.each([
    ['85073003328', 'born 1985'],
    ['17073003384', 'born 2017: a 2 goes before the number'],
    ['98472899765', 'BIS, sex known'],
    ['01490700185', 'BIS, born 2001'],
    ['01410199955', 'of an official sample'],
    ['85000003306', 'month and day not known'],
  ])('%s is one (%s)', (insz) => expect(isInsz(insz, 2026)).toBe(true));

  test.each(['12345678901', '85073003329', '8507300332', '850730033280', '85.07.30-033.28', '0', '', '8507300332a'])(
    '%s is none',
    (insz) => expect(isInsz(insz, 2026)).toBe(false),
  );

  test.each([
    '85073003328',
    '85.07.30-033.28',
    ' 85 07 30 033 28\u00a0',
    '85/07/30-033/28',
    '85.07.30–033.28',
    '85.07.30—033‑28',
  ])('%s is one as people write it', (typed) => expect(typedInsz(typed, 2026)).toBe('85073003328'));

  test.each([
    '85.07.30-033.29',
    '85_07_30_033_28',
    '85.07.30-033.28a',
    '85+07+30',
    '-',
    '',
    undefined,
    85073003328,
    true,
  ])('%s is none, however it is read', (typed) => expect(typedInsz(typed, 2026)).toBeNull());

  test('an INSZ as people write it is of this year at the latest', () => {
    expect(typedInsz('17.07.30-033.84', 2017)).toBe('17073003384');
    expect(typedInsz('17.07.30-033.84', 2016)).toBeNull();
  });

  test('nobody is born in a year still to come', () => {
    expect(isInsz('17073003384', 2017)).toBe(true);
    expect(isInsz('17073003384', 2016)).toBe(false);
  });

  test('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.nat(10), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const base = String(n).padStart(9, '0');
        const insz = base + String(97 - (n % 97)).padStart(2, '0');
        const wrong = insz.slice(0, at) + ((Number(insz[at]) + by) % 10) + insz.slice(at + 1);
        expect(isInsz(insz, 1999)).toBe(true);
        expect(isInsz(wrong, 1999)).toBe(false);
      }),
    );
  });
});

describe('enterprise number', () => {
  test.each(['0403449823', '0566988259', '0403019261', '0407585882', '0206731645', '1999999943'])(
    '%s is one',
    (number) => expect(isEnterpriseNumber(number)).toBe(true),
  );
  test.each(['0431150351', '403449823', '0403.449.823', 'BE0403449823', '2000000339', ''])('%s is none', (number) =>
    expect(isEnterpriseNumber(number)).toBe(false),
  );
});

describe('NSSO number', () => {
  test.each([
    '935467',
    '000935467',
    '0000935467',
    '15170023',
    '70500472',
    '175110801',
    '51357716',
    '100006',
    '199999934',
    '5000000120',
    '5999999989',
  ])('%s is one', (number) => expect(isNssoNumber(number)).toBe(true));
  test.each(['935468', '0', '35467', '5000000121', '0009354-67', '4000000120', ''])('%s is none', (number) =>
    expect(isNssoNumber(number)).toBe(false),
  );
});

describe('ids that stand in an address', () => {
  test('are 26 letters and figures that nobody mixes up, each as likely, never twice the same', () => {
    const ids = Array.from({ length: 2_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    const counts = new Map<string, number>();
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
      for (const sign of id) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    // 1625 of each are due: ten deviations off would not come about in the life of the portal
    for (const count of counts.values()) expect(Math.abs(count - 1625)).toBeLessThan(400);
  });

  test('are quoted by their first eight, in capitals', () => expect(referenceOf('k3f9x2m7q8w1z5t4')).toBe('K3F9X2M7'));
});

describe('ids the portal gives', () => {
  test('start with 9 and end in the remainder, 00 when there is none', () => {
    expect(newPeriodId(0)).toBe(`9000000000${String(9_000_000_000 % 97).padStart(2, '0')}`);
    const without = 97 - (9_000_000_000 % 97);
    expect(newPeriodId(BigInt(without)).slice(-2)).toBe('00');
  });

  test('are twelve digits, in order, never twice the same', () => {
    fc.assert(
      fc.property(fc.nat(999_999_998), (n) => {
        const id = newPeriodId(n);
        expect(id).toMatch(/^9\d{11}$/);
        expect(Number(id.slice(0, 10)) % 97).toBe(Number(id.slice(10)));
        expect(newPeriodId(n + 1) > id).toBe(true);
      }),
    );
  });

  test.each([-1, 1_000_000_000, 0.5, Number.NaN])('there is none for %s', (n) =>
    expect(() => newPeriodId(n)).toThrow(RangeError),
  );
});
