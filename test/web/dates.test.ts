import { describe, expect, it } from 'vitest';
import * as dates from '../../src/web/dates.ts';
import { LANGS } from '../../src/web/language.ts';

const each = (spell: (lang: (typeof LANGS)[number]) => string) => LANGS.map(spell);

describe('days', () => {
  it('are spelled as people write them', () => {
    expect(each((lang) => dates.mediumDay(lang, '2026-11-23'))).toEqual([
      'ma 23 nov 2026',
      'lun. 23 nov. 2026',
      'Mo 23. Nov. 2026',
      'Mon 23 Nov 2026',
    ]);
    expect(each((lang) => dates.fullDay(lang, '2026-05-01'))).toEqual([
      'vrijdag 1 mei 2026',
      'vendredi 1er mai 2026',
      'Freitag, 1. Mai 2026',
      'Friday 1 May 2026',
    ]);
  });

  it('say once what both ends of a range share', () => {
    const range = (start: string, end: string | null) => dates.dayRange('nl', start, end);
    expect(range('2026-11-23', '2026-11-23')).toBe('ma 23 nov 2026');
    expect(range('2026-11-23', '2026-11-27')).toBe('ma 23 – vr 27 nov 2026');
    expect(range('2026-11-30', '2026-12-04')).toBe('ma 30 nov – vr 4 dec 2026');
    expect(range('2025-12-29', '2026-01-02')).toBe('ma 29 dec 2025 – vr 2 jan 2026');
    expect(range('2026-11-23', null)).toBe('vanaf ma 23 nov 2026');
  });
});

describe('hours and moments', () => {
  it('are spelled as people say them', () => {
    expect(each((lang) => dates.hourRange(lang, '1700', '2130'))).toEqual([
      '17.00 – 21.30 uur',
      '17h00 – 21h30',
      '17.00 – 21.30 Uhr',
      '17:00 – 21:30',
    ]);
  });

  it('are told on the Belgian clock, summer and winter', () => {
    expect(dates.moment('nl', '2026-11-22T17:03:11Z', '2026-11-23')).toBe('zondag 22 november om 18.03 uur');
    expect(dates.moment('en', '2026-07-01T22:30:00Z', '2026-11-23')).toBe('Thursday 2 July at 00:30');
  });

  it('name the year when it is another', () => {
    expect(dates.moment('de', '2025-12-31T22:59:00Z', '2026-01-01')).toBe('Mittwoch, 31. Dezember 2025 um 23.59 Uhr');
  });

  it('call yesterday and today by name', () => {
    const near = (instant: string) => dates.nearMoment('nl', instant, '2026-11-23');
    expect(near('2026-11-22T17:03:11Z')).toBe('gisteren om 18.03 uur');
    expect(near('2026-11-22T23:05:00Z')).toBe('vandaag om 00.05 uur');
    expect(near('2026-11-21T17:03:11Z')).toBe('zaterdag 21 november om 18.03 uur');
  });
});

describe('numbers', () => {
  it('are grouped so that they can be read out', () => {
    expect(dates.enterpriseNumber('0403449823')).toBe('0403.449.823');
    expect(dates.nssoNumber('935467')).toBe('0009354-67');
    expect(dates.periodNumber('656309292174')).toBe('6563\u00a00929\u00a02174');
  });
});
