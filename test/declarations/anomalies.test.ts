import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ANOMALIES, anomaly } from '../../src/declarations/anomalies.ts';

describe('the anomalies', () => {
  test.each(Object.entries(ANOMALIES))('%s has a label in four languages and says when', (code, meaning) => {
    expect(code).toMatch(/^\d{5}-\d{3}$/);
    const words = [meaning.nl, meaning.fr, meaning.de, meaning.en, meaning.when];
    expect(words.every((text) => text.trim() !== '' && !text.includes('undefined'))).toBe(true);
    expect(meaning.when).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    '00024-003 00046-001 00046-008 00131-003 00778-345 00910-005 00910-008 00910-459 00911-001 00911-008 00911-014 00911-344',
    '00913-354 00913-355 00913-368 90107-001 90107-351 90107-352 90374-349 90373-333 90373-334 90373-341 90373-421',
    '90378-333 90378-334 90378-360 90378-444 00014-235 00011-235 90017-363 90017-151 00913-356 90373-450 90256-151',
  ])('these block: %s', (codes) => {
    for (const code of codes.split(' ')) expect(anomaly(code).severity, code).toBe('B');
  });

  test.each([
    '90373-460',
    '90378-460',
    '00014-022',
    '00024-348',
    '00025-348',
    '00026-348',
    '00028-348',
    '00029-348',
    '90017-058',
    '90017-369',
    '90017-510',
    '90017-514',
    '90017-515',
    '90373-483',
  ])('%s comes with an accepted declaration', (code) => {
    expect(anomaly(code).severity).not.toBe('B');
    expect(Object.hasOwn(ANOMALIES, code)).toBe(true);
  });

  test('a code that is not known is shown as it is', () => {
    expect(anomaly('12345-678')).toMatchObject({ code: '12345-678', severity: 'B', nl: '12345-678', fr: '12345-678' });
    expect(anomaly('00030-348').severity).toBe('NP');
    expect(anomaly('toString').nl).toBe('toString');
  });
});

test('every code that our rules raise is the answer to some declaration of the tests of the rules, beside one that just passes', () => {
  const raised =
    '00024-003 00046-001 00046-008 00131-003 00778-345 00910-005 00910-008 00910-459 00911-001 00911-008 00911-014 00911-344 ' +
    '00913-354 00913-355 00913-368 90107-001 90107-351 90107-352 90374-349 90373-333 90373-334 90373-341 90373-421 90373-460 ' +
    '90378-333 90378-334 90378-360 90378-444 90378-460 00014-235 00011-235 90017-363 90017-151';
  const rules = globSync(`${import.meta.dirname}/intake*.test.ts`).map((file) => readFileSync(file, 'utf8'));
  const answers = new Set(
    rules.flatMap((text) => [...text.matchAll(/'[BW] ([\d -]+)'/g)].flatMap(([, codes = '']) => codes.split(' '))),
  );
  expect(raised.split(' ').filter((code) => !answers.has(code))).toEqual([]);
});
