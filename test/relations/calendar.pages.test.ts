import { describe, expect, it } from 'vitest';
import { monthPage, yearPage } from '../../src/relations/calendar.pages.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import type { Query } from '../../src/relations/query.ts';
import { CALENDAR_ROWS, listResult, TODAY } from '../samples.relations.ts';

const facts = (query: Query = {}, rows = CALENDAR_ROWS) => ({
  rows,
  choices: listResult().facets,
  today: TODAY,
  ...parseFilter(query, TODAY),
});
const yearDay = (date: string, query: Query = {}) => {
  const [, month = '', day = ''] = date.split('-');
  const { months } = yearPage('nl', { year: 2026, ...facts(query) });
  return months[Number(month) - 1]?.weeks.flat().find((cell) => cell?.number === Number(day));
};
const monthDay = (date: string) =>
  monthPage('nl', { month: '2026-11', ...facts() })
    .weeks.flat()
    .find(({ id }) => id === `d${date}`);

describe('the year', () => {
  it('says of a filled day its weekday, date, company and verdict, and leads to the relation', () => {
    expect(yearDay('2026-11-21')).toMatchObject({
      text: 'zaterdag 21 november: 1 arbeidsrelatie, Hotel Astrid, laattijdig',
      href: `/relations/${CALENDAR_ROWS[1]?.periodId}`,
    });
  });

  it('leads from a day with several to the list of that day, filters kept', () => {
    expect(yearDay('2026-11-04', { verdict: 'onTime' })).toMatchObject({
      text: 'woensdag 4 november: 2 arbeidsrelaties, tijdig',
      href: '/relations?from=2026-11-04&to=2026-11-04&verdict=onTime',
      look: 'day day--onTime day--more',
    });
  });

  it('marks today by word, cancelled and empty days apart', () => {
    expect(yearDay(TODAY)?.text).toContain('(vandaag)');
    expect(yearDay('2026-11-19')?.look).toBe('day day--cancelled');
    expect(yearDay('2026-11-20')).toMatchObject({ href: null, text: '' });
  });

  it('counts days once, and late and cancelled relations', () => {
    const { sentence } = yearPage('nl', { year: 2026, ...facts() });
    expect(sentence).toBe('120 dagen aangegeven · 1 aangifte laattijdig · 1 geannuleerd');
  });

  it('keeps its filters on the way to other years and months', () => {
    const page = yearPage('nl', { year: 2026, ...facts({ type: 'FLX', year: '2026' }) });
    expect(page.before.href).toBe('/relations/calendar?year=2025&type=FLX');
    expect(page.months[2]?.href).toBe('/relations/calendar/2026-03?type=FLX');
    expect(page.list).toBe('/relations?year=2026&type=FLX');
    expect(page.form.hidden).toContainEqual({ name: 'year', value: '2026' });
  });
});

describe('the month', () => {
  it('shows every relation of a day by hour, company and mark', () => {
    expect(monthDay('2026-11-04')?.entries.map(({ hour, user, mark }) => `${hour} ${user} ${mark}`.trim())).toEqual([
      'Zagerij Peeters & zonen onTime',
      '17.00 Hotel Astrid onTime',
    ]);
    expect(monthDay('2026-11-19')?.entries[0]?.more).toBe(', Tempo Interim, geannuleerd');
  });

  it('names holidays and today', () => {
    expect(monthDay('2026-11-11')?.holiday).toBe('Wapenstilstand');
    expect(monthDay(TODAY)?.today).toBe('vandaag');
  });

  it('helps on an empty day that is over, not on one to come', () => {
    expect(monthDay('2026-11-20')?.hint).toEqual({
      href: '/reports/new?day=2026-11-20',
      text: 'vrijdag 20 november: niets aangegeven. Gewerkt? Meld het.',
    });
    expect(monthDay('2026-11-28')?.hint).toBeNull();
  });

  it('leads to its neighbours over the year', () => {
    expect(monthPage('nl', { month: '2026-12', ...facts() }).after.href).toBe('/relations/calendar/2027-01');
  });
});
