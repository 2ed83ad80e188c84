import { describe, expect, it } from 'vitest';
import { digestAt, digestDayOf, digestDaysFor } from '../../src/notices/notice.ts';
import { choicesFrom } from '../../src/notices/notices.pages.ts';

describe('a digest', () => {
  it('tells of a day of the Belgian calendar, whatever the zone of the machine', () => {
    expect(digestDayOf('2026-11-23T22:59:59Z')).toBe('2026-11-23');
    expect(digestDayOf('2026-11-23T23:00:00Z')).toBe('2026-11-24');
    expect(digestDayOf('2026-07-01T21:59:59Z')).toBe('2026-07-01');
    expect(digestDayOf('2026-07-01T22:00:00Z')).toBe('2026-07-02');
  });

  it('goes out at seven the next morning, also in the nights that summer time shortens and lengthens', () => {
    expect(digestAt('2026-11-23')).toBe('2026-11-24T06:00:00Z');
    expect(digestAt('2026-03-28')).toBe('2026-03-29T05:00:00Z'); // clocks went forward
    expect(digestAt('2026-10-24')).toBe('2026-10-25T06:00:00Z'); // clocks went back
    expect(digestAt('2026-12-31')).toBe('2027-01-01T06:00:00Z');
  });

  it('of its own day comes first, that of today where it has gone', () => {
    expect(digestDaysFor('2026-11-22T12:00:00Z', '2026-11-23T09:00:00Z')).toEqual(['2026-11-22', '2026-11-23']);
    expect(digestDaysFor('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z')).toEqual(['2026-11-23']);
    // another process whose clock is a little behind
    expect(digestDaysFor('2026-11-23T23:00:01Z', '2026-11-23T22:59:59Z')).toEqual(['2026-11-24']);
  });
});

describe('a form of choices', () => {
  it('keeps the kinds that are chosen by a way that is there', () => {
    const fields = {
      'mail-declared': 'yes',
      'pace-declared': 'daily',
      'ebox-changed': 'yes',
      'mail-missing': 'yes',
      'pace-missing': 'daily',
    };
    expect(choicesFrom(fields, ['mail'])).toEqual([
      { kind: 'declared', mail: true, ebox: false, daily: true },
      { kind: 'missing', mail: true, ebox: false, daily: false },
    ]);
    expect(choicesFrom(fields, [])).toEqual([]);
  });
});
