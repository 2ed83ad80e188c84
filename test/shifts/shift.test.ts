import { describe, expect, it } from 'vitest';
import { faultsOfShift, shiftHour, shiftQuery, standingOf, typedShift } from '../../src/shifts/shift.ts';
import { declaredDay, shift } from '../samples.notices.ts';

const TODAY = '2026-11-23';

describe('a shift beside what is declared', () => {
  const told = (declared: Parameters<typeof declaredDay>[0][], over: Parameters<typeof shift>[0] = {}) => {
    const standing = standingOf(shift(over), declared.map(declaredDay));
    return standing.state === 'differs' ? `differs ${standing.in.join()}` : standing.state;
  };

  it('is declared where agency, company and hours are the same', () => {
    expect(told([{}])).toBe('declared');
    expect(told([{ hours: null }])).toBe('declared');
    expect(told([{ startDate: '2026-11-16', endDate: '2026-11-27' }])).toBe('declared');
    expect(told([{}], { startHour: null, endHour: null })).toBe('declared');
    expect(told([{ agencyName: 'Tempo Interim' }], { agencyNumber: null, agencyName: 'tempo interim' })).toBe(
      'declared',
    );
  });

  it('names what differs', () => {
    expect(told([{ hours: { start: '0900', end: '1630' } }])).toBe('differs hours');
    expect(told([{ userName: 'Hotel Astrid' }])).toBe('differs company');
    expect(told([{ agencyNumber: '0566988259' }])).toBe('differs agency');
  });

  it('is missing where nothing, something cancelled or other work is declared', () => {
    expect(told([])).toBe('missing');
    expect(told([{ cancelled: true }])).toBe('missing');
    expect(told([{ startDate: '2026-11-21', endDate: '2026-11-21' }])).toBe('missing');
    expect(told([{ agencyNumber: '0566988259', userName: 'Hotel Astrid' }])).toBe('missing');
  });

  it('is compared with the closest of several', () => {
    expect(told([{ userName: 'Hotel Astrid' }, {}])).toBe('declared');
  });
});

describe('what is typed', () => {
  it('is a day within a year, an agency, a company, and hours as people write them', () => {
    const faults = (fields: Record<string, string>) =>
      faultsOfShift(typedShift(fields), TODAY).map(({ field, fault }) => `${field} ${fault}`);
    const right = { day: '2026-11-25', agency: 'Tempo', company: 'De Zwaan' };
    expect(faults(right)).toEqual([]);
    expect(faults({ ...right, day: '2028-11-25' })).toEqual(['day dayFar']);
    expect(faults({ day: 'x', startHour: '25:00' })).toEqual([
      'day dayUnread',
      'agency agencyMissing',
      'company companyMissing',
      'startHour hourUnread',
    ]);
    expect(['6:05', '0605', '24:00'].map(shiftHour)).toEqual(['0605', '0605', null]);
  });

  it('begins a report', () => {
    expect(shiftQuery(shift())).toBe(
      'day=2026-11-20&agency=Tempo+Interim&company=De+Zwaan&startHour=08%3A00&endHour=16%3A30',
    );
  });
});
