import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import {
  agency,
  answerTo,
  change,
  evening,
  flexi,
  insz,
  otherAgency,
  otherInsz,
  student,
  temp,
  without,
} from './intake.example.ts';

type Row = [answer: string, what: string, before: Declaration, refused: Declaration, accepted: Declaration];
const update = (changes: Partial<Declaration>) => change('UPDATE', changes);
const out = (changes: Partial<Declaration>) => change('OUT', changes);
const cancel = (changes: Partial<Declaration> = {}) => change('CANCEL', changes);
const openEnded = without(temp({ jointCommittee: 'XXX' }), 'endDate', 'userCompany');
const quarter = without(flexi({ endDate: '2026-12-24' }), 'startHour', 'endHour');
const day = '2026-11-23';

const rows: Row[] = [
  ['B 00913-354', 'no period named', temp(), without(cancel(), 'periodId'), cancel()],
  ['B 00913-354', 'no such period', temp(), cancel({ periodId: '600027876089' }), cancel()],
  [
    'B 00913-354',
    'another agency’s period',
    temp(),
    cancel({ employer: { enterpriseNumber: otherAgency } }),
    cancel({ employer: { enterpriseNumber: agency } }),
  ],
  [
    'B 00913-354',
    'nothing else is said of another agency’s period',
    temp(),
    update({ employer: { enterpriseNumber: otherAgency }, startDate: '1900-01-01' }),
    cancel({ employer: {} }),
  ],
  [
    'B 00913-003',
    'a period id that is no number',
    temp(),
    cancel({ periodId: 'x', formFaults: ['00913-003'] }),
    cancel(),
  ],
  ['B 00014-235', 'unknown agency', temp(), cancel({ employer: { enterpriseNumber: '0206731645' } }), cancel()],
  [
    'B 00011-235',
    'unknown agency by NSSO number',
    temp(),
    cancel({ employer: { nssoNumber: '100006' } }),
    cancel({ employer: { nssoNumber: '935467' } }),
  ],
  [
    'B 00024-003',
    'INSZ that is none',
    temp(),
    cancel({ worker: { insz: '12345678901' } }),
    cancel({ worker: { insz: '0' } }),
  ],
  ['B 00024-347', 'another worker', temp(), cancel({ worker: { insz: otherInsz } }), cancel({ worker: { insz } })],
  [
    'B 00024-347',
    'a worker never seen',
    temp(),
    out({ worker: { insz: '17073003384' }, endDate: day }),
    out({ worker: { insz }, endDate: day }),
  ],
  ['B 90378-360', 'nothing named', temp(), update({}), update({ endDate: day })],
  [
    'B 90378-444',
    'nothing changed',
    temp(),
    update({ startDate: day, endDate: '2026-11-27' }),
    update({ startDate: day, endDate: '2026-11-26' }),
  ],
  [
    'B 00910-003',
    'start not in the calendar',
    temp(),
    update({ startDate: '2026-11-00' }),
    update({ startDate: '2026-11-24' }),
  ],
  ['B 00910-005', 'start of a student', student(), update({ startDate: '2026-11-24' }), update({ plannedHours: 30 })],
  [
    'B 00910-008',
    'start before 1920',
    temp(),
    update({ startDate: '1919-12-31' }),
    update({ startDate: '1920-01-01' }),
  ],
  ['B 00911-001', 'OUT without an end', temp(), out({}), out({ endDate: '2026-11-30' })],
  ['B 00911-003', 'end not in the calendar', temp(), out({ endDate: '2026-11-31' }), out({ endDate: '2026-11-30' })],
  ['B 00911-008', 'end in ten years', temp(), update({ endDate: '2036-01-01' }), update({ endDate: '2035-12-31' })],
  ['B 00911-008', 'OUT without a real end', openEnded, out({ endDate: '9999-12-31' }), out({ endDate: '2026-12-31' })],
  [
    'B 00911-014',
    'end before the start that stands',
    temp(),
    update({ endDate: '2026-11-22' }),
    update({ endDate: day }),
  ],
  [
    'B 00911-014',
    'start after the end that stands',
    temp(),
    update({ startDate: '2026-11-28' }),
    update({ startDate: '2026-11-27' }),
  ],
  ['B 00911-014', 'OUT before the start', temp(), out({ endDate: '2026-11-22' }), out({ endDate: day })],
  [
    'B 00911-344',
    'end of a flexi-job later',
    quarter,
    update({ endDate: '2026-12-25' }),
    update({ endDate: '2026-12-23' }),
  ],
  ['B 00913-368', 'end taken away', temp(), update({ endDate: '9999-12-31' }), update({ endDate: '2026-12-31' })],
  [
    'B 00777-005',
    'hour of an ordinary worker',
    temp(),
    update({ startHour: '0800' }),
    update({ startDate: '2026-11-24' }),
  ],
  [
    'B 00777-003',
    'start hour that is none',
    evening(day),
    update({ startHour: '18:00' }),
    update({ startHour: '1700' }),
  ],
  ['B 00778-003', 'end hour that is none', flexi(), update({ endHour: '9' }), update({ endHour: '1700' })],
  [
    'B 00778-005',
    'hour of a flexi-job of a quarter',
    quarter,
    update({ endHour: '1700' }),
    update({ endDate: day, startHour: '0800', endHour: '1700' }),
  ],
  [
    'B 00778-345',
    'end hour before the start hour that stands',
    evening(day),
    update({ endHour: '1759' }),
    update({ endHour: '1800' }),
  ],
  ['B 01135-003', 'a thousand planned hours', student(), update({ plannedHours: 1000 }), update({ plannedHours: 999 })],
  ['B 01135-005', 'planned hours of an ordinary worker', temp(), update({ plannedHours: 8 }), update({ endDate: day })],
];

describe('a change is refused for', () => {
  test.each(rows)('%s: %s', (answer, _, before, refused, accepted) => {
    expect(answerTo(before, refused)).toBe(answer);
    expect(answerTo(before, accepted)).toMatch(/^[AW]/);
  });

  test.each([update({ endDate: day }), out({ endDate: day }), cancel()])('00913-355: $kind after a CANCEL', (d) => {
    expect(answerTo(temp(), cancel(), d)).toBe('B 00913-355');
  });
});
