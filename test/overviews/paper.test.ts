import { expect, it } from 'vitest';
import { fileNameOf } from '../../src/overviews/paper.ts';

it.each([
  ['2026-06-01T21:59:59Z', 'interim-at-work-2026-06-01.pdf'],
  ['2026-06-01T22:00:00Z', 'interim-at-work-2026-06-02.pdf'],
  ['2026-12-31T23:00:00Z', 'interim-at-work-2027-01-01.pdf'],
])('a file made at %s bears the day that it is in Belgium', (madeAt, name) => {
  expect(fileNameOf(madeAt)).toBe(name);
});
