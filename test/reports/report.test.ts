import { describe, expect, it } from 'vitest';
import { hourFrom, kindOf, numberFrom, typedFrom, wrongsOf } from '../../src/reports/draft.ts';
import { differencesOf, dueOn, isOverdue } from '../../src/reports/report.ts';
import { workRelation } from '../samples.relations.ts';
import { report } from '../samples.reports.ts';

const TODAY = '2026-11-23';
const wrongs = (fields: Record<string, string>) =>
  wrongsOf(typedFrom(fields), TODAY).map(({ field, fault }) => `${field} ${fault}`);
const EMPTY_DAY = { agency: 'Tempo', firstDay: '2026-11-18' };

describe('the term of a report', () => {
  it('is five working days after the day it was sent, in Belgium', () => {
    expect(dueOn('2026-11-19T10:00:00Z')).toBe('2026-11-26');
    // half past midnight on Friday here, still Thursday in UTC
    expect(dueOn('2026-11-19T23:30:00Z')).toBe('2026-11-27');
  });

  it('passes over weekends and Belgian holidays', () => {
    expect(dueOn('2026-12-18T10:00:00Z')).toBe('2026-12-28'); // Christmas
    expect(dueOn('2026-04-03T10:00:00Z')).toBe('2026-04-13'); // Easter Monday does not count
  });

  it('is over on the day after its last, and only while the agency is to answer', () => {
    expect(isOverdue({ state: 'seen', dueOn: '2026-11-23' }, TODAY)).toBe(false);
    expect(isOverdue({ state: 'sent', dueOn: '2026-11-22' }, TODAY)).toBe(true);
    expect(isOverdue({ state: 'answered', dueOn: '2026-11-22' }, TODAY)).toBe(false);
  });
});

describe('what a worker types', () => {
  it('about an empty day needs an agency and a day that is not in the future', () => {
    expect(wrongs(EMPTY_DAY)).toEqual([]);
    expect(wrongs({ firstDay: '2026-11-18' })).toEqual(['agency agencyMissing']);
    expect(wrongs({ ...EMPTY_DAY, firstDay: '2026-11-24' })).toEqual(['firstDay dayFuture']);
    expect(wrongs({ ...EMPTY_DAY, firstDay: '2026-02-30' })).toEqual(['firstDay dayUnread']);
    expect(wrongs({ ...EMPTY_DAY, lastDay: '2026-11-17' })).toEqual(['lastDay daysTurned']);
    expect(wrongs({ ...EMPTY_DAY, firstDay: '2026-01-01', lastDay: '2026-11-01' })).toEqual(['lastDay daysMany']);
    expect(wrongs({ ...EMPTY_DAY, startHour: 'noon' })).toEqual(['startHour hourUnread']);
    expect(kindOf(typedFrom({ ...EMPTY_DAY, kind: 'other' }))).toBe('notDeclared');
  });

  it('about a relation needs what is wrong, and may lie ahead', () => {
    const about = { period: '656309292174', firstDay: '2026-12-01' };
    expect(wrongs(about)).toEqual(['kind kindMissing']);
    expect(wrongs({ ...about, kind: 'notDeclared' })).toEqual(['kind kindMissing']);
    expect(wrongs({ ...about, kind: 'wrongDates' })).toEqual([]);
    expect(wrongs({ ...about, kind: 'wrongCompany' })).toEqual(['company companyMissing']);
    expect(wrongs({ ...about, kind: 'other' })).toEqual(['note noteMissing']);
  });

  it('is understood in usual spellings', () => {
    expect(['8:00', '08.00', '0800', '8u00', '8h30', '24:00', 'noon', '8'].map(hourFrom)).toEqual([
      '0800',
      '0800',
      '0800',
      '0800',
      '0830',
      null,
      null,
      null,
    ]);
    expect(['0403.449.823', 'BE 0403449823', '403449823', 'Tempo', '0403449824'].map(numberFrom)).toEqual([
      '0403449823',
      '0403449823',
      '0403449823',
      null,
      null,
    ]);
  });

  it('keeps nothing that the database cannot hold', () => {
    expect(typedFrom({ note: ' ab\r\nc ', agency: ['x', 'y'] })).toMatchObject({ note: 'ab\nc', agency: '' });
  });
});

describe('a report beside what is declared', () => {
  const relation = workRelation({
    startDate: '2026-11-18',
    endDate: '2026-11-18',
    startHour: '0900',
    endHour: '1630',
    userCompanyName: 'Brouwerij De Zwaan',
  });
  const told = (over: Parameters<typeof report>[0], declared: Partial<typeof relation> = {}) =>
    differencesOf(report(over), { ...relation, ...declared }).map(({ field, isSame }) => `${field} ${isSame}`);

  it('names what matches and what differs', () => {
    expect(told({})).toEqual(['days true', 'hours false', 'company true']);
    expect(told({ lastDay: '2026-11-19' })).toEqual(['days false', 'hours false', 'company true']);
    expect(told({ startHour: null, userName: 'Hotel Astrid' })).toEqual(['days true', 'company false']);
    expect(told({ userName: 'brouwerij de zwaan!' })).toContain('company true');
  });
});
