import { expect, it } from 'vitest';
import { deskForm } from '../../src/agency/filter.pages.ts';
import { EVERYTHING } from '../../src/agency/filter.ts';

it('no choice of the desk says how many rows carry it: they are not counted', () => {
  const choices = { types: ['OTH', 'STU'], users: [{ value: '0566988259', label: null }], anomalies: ['90017-510'] };
  const facts = { keys: new Map(), chosen: { person: null, users: new Map(), isCut: false } };
  const { groups } = deskForm({ ...EVERYTHING, type: ['OTH'] }, 'nl', choices as never, facts as never);
  const options = groups.flatMap((group) => group.options);
  expect(options.length).toBeGreaterThan(10);
  expect(new Set(options.map(({ count }) => count))).toEqual(new Set(['']));
});
