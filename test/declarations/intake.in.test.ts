import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { answerTo, evening, flexi, insz, student, temp, userCompany, without } from './intake.example.ts';

type Row = [answer: string, what: string, refused: Declaration, accepted: Declaration];
const sociocultural = without(temp({ workerType: 'O17', jointCommittee: 'XXX', plannedHours: 20 }), 'userCompany');
const openEnded = without(temp({ jointCommittee: 'XXX' }), 'endDate', 'userCompany');

const dates: Row[] = [
  ['B 00910-001', 'no start', without(temp(), 'startDate'), temp()],
  ['B 00910-003', 'start not in the calendar', temp({ startDate: '2026-02-30' }), temp()],
  [
    'B 00910-008',
    'start before 1920',
    temp({ startDate: '1919-12-31', receivedAt: null }),
    temp({ startDate: '1920-01-01', receivedAt: null }),
  ],
  [
    'B 00910-008',
    'start in ten years',
    { ...openEnded, startDate: '2036-01-01' },
    { ...openEnded, startDate: '2035-12-31' },
  ],
  [
    'B 00910-008',
    'flexi-job 32 days before its quarter',
    flexi({ receivedAt: '2026-08-30T09:00:00Z' }),
    flexi({ receivedAt: '2026-08-31T09:00:00Z' }),
  ],
  [
    'B 00910-008',
    'A17 after 2021',
    without(
      temp({
        workerType: 'A17',
        jointCommittee: 'XXX',
        startDate: '2022-01-01',
        endDate: '2022-01-02',
        receivedAt: null,
      }),
      'userCompany',
    ),
    without(
      temp({
        workerType: 'A17',
        jointCommittee: 'XXX',
        startDate: '2021-12-31',
        endDate: '2022-01-02',
        receivedAt: null,
      }),
      'userCompany',
    ),
  ],
  [
    'B 00910-008',
    'O17 before 2022',
    { ...sociocultural, startDate: '2021-12-30', endDate: '2021-12-31', receivedAt: null },
    { ...sociocultural, startDate: '2022-01-01', endDate: '2022-01-02', receivedAt: null },
  ],
  [
    'B 00911-001',
    'temp without end',
    without(temp(), 'endDate'),
    without(temp({ jointCommittee: 'XXX' }), 'endDate', 'userCompany'),
  ],
  [
    'B 00911-001',
    'traineeship without end',
    without(temp({ workerType: 'TRI', jointCommittee: 'XXX' }), 'endDate', 'userCompany'),
    temp({ workerType: 'TRI' }),
  ],
  ['B 00911-003', 'end not in the calendar', temp({ endDate: '2026-11-31' }), temp({ endDate: '2026-11-30' })],
  [
    'B 00911-008',
    'end before 1999',
    temp({ startDate: '1998-01-01', endDate: '1998-12-31', receivedAt: null }),
    temp({ startDate: '1998-01-01', endDate: '1999-01-01', receivedAt: null }),
  ],
  ['B 00911-008', 'no real end', temp({ endDate: '9999-12-31' }), temp({ endDate: '2035-12-31' })],
  ['B 00911-014', 'end before start', temp({ endDate: '2026-11-22' }), temp({ endDate: '2026-11-23' })],
  ['B 90373-421', 'student over two quarters', student({ endDate: '2027-01-01' }), student({ endDate: '2026-12-31' })],
];

const hours: Row[] = [
  [
    'B 00777-001',
    'occasional work without start hour',
    without(evening('2026-11-23'), 'startHour'),
    evening('2026-11-23'),
  ],
  ['B 00777-003', 'start hour of 24', flexi({ startHour: '2400' }), flexi({ startHour: '0000' })],
  ['B 00777-005', 'start hour of an ordinary worker', temp({ startHour: '0800' }), temp()],
  [
    'B 00777-001 00778-001',
    'flexi-job of a day without hours',
    without(flexi(), 'startHour', 'endHour'),
    without(flexi({ endDate: '2026-12-31' }), 'startHour', 'endHour'),
  ],
  ['B 00777-005 00778-005', 'flexi-job of a quarter with hours', flexi({ endDate: '2026-12-31' }), flexi()],
  [
    'B 00778-001',
    'farm work without end hour',
    without(
      evening('2026-11-23', { userCompany: { enterpriseNumber: userCompany, jointCommittee: '144' } }),
      'endHour',
    ),
    without(evening('2026-11-23'), 'endHour'),
  ],
  ['B 00778-003', 'end hour with 60 minutes', flexi({ endHour: '1660' }), flexi({ endHour: '1659' })],
  ['B 00778-005', 'end hour of a student', student({ endHour: '1700' }), student()],
  ['B 00778-345', 'end hour before start hour', flexi({ endHour: '0759' }), flexi({ endHour: '0800' })],
  [
    'B 90373-341',
    'occasional work of more than a day',
    evening('2026-11-23', { endDate: '2026-11-24', endHour: '1801' }),
    evening('2026-11-23', { endDate: '2026-11-24', endHour: '1800' }),
  ],
  [
    'B 90373-341',
    'to the end of the next day',
    without(evening('2026-11-23', { endDate: '2026-11-24' }), 'endHour'),
    without(evening('2026-11-23', { startHour: '0000' }), 'endHour'),
  ],
  ['B 01135-001', 'student without planned hours', without(student(), 'plannedHours'), student()],
  ['B 01135-003', 'no planned hours', student({ plannedHours: 0 }), student({ plannedHours: 1 })],
  ['B 01135-003', 'half an hour', student({ plannedHours: 7.5 }), student({ plannedHours: 999 })],
  ['B 01135-005', 'planned hours of an ordinary worker', temp({ plannedHours: 38 }), temp()],
];

describe('an IN is refused for', () => {
  test.each([...dates, ...hours])('%s: %s', (answer, _, refused, accepted) => {
    expect(answerTo(refused)).toBe(answer);
    expect(answerTo(accepted)).toMatch(/^[AW]/);
  });
});

describe('an IN', () => {
  test('is told all that is wrong at once, in the order of the rules, faults of form first', () => {
    const d = temp({
      formFaults: ['00218-001'],
      employer: {},
      worker: { insz: '1' },
      workerType: 'STU',
      endDate: '2026-11-20',
    });
    expect(answerTo(d)).toBe('B 00218-001 00014-235 00024-003 00911-014 01135-001');
  });

  test('without a receipt has no known verdict, and the year of today limits its dates', () => {
    expect(answerTo(temp({ receivedAt: null, startDate: '2020-01-01' }))).toBe('A');
    expect(answerTo(temp({ receivedAt: null, endDate: '2036-01-01' }))).toBe('B 00911-008');
  });

  test('is late after the end of its start day, by the hour when it has one', () => {
    expect(answerTo(temp({ receivedAt: '2026-11-23T22:59:59.999Z' }))).toBe('A');
    expect(answerTo(temp({ receivedAt: '2026-11-23T23:00:00Z' }))).toBe('W 90373-460');
    expect(answerTo(flexi({ receivedAt: '2026-11-23T07:00:00Z' }))).toBe('A');
    expect(answerTo(flexi({ receivedAt: '2026-11-23T07:00:00.001Z' }))).toBe('W 90373-460');
  });

  test('that is late and wrong is only told what is wrong', () => {
    expect(answerTo(temp({ receivedAt: '2026-12-01T08:00:00Z', plannedHours: 8, worker: { insz } }))).toBe(
      'B 01135-005',
    );
  });
});
