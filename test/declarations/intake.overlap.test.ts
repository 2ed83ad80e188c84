import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import {
  answerTo,
  change,
  evening,
  flexi,
  otherAgency,
  otherInsz,
  temp,
  userCompany,
  without,
} from './intake.example.ts';

const day = '2026-11-23';
const abroad = (name: string, city: string) => ({ name, address: { city }, jointCommittee: 'XXX' });
const openEnded = without(temp({ jointCommittee: 'XXX' }), 'endDate', 'userCompany');

describe('beside another period, an IN is', () => {
  test.each<[string, string, Declaration, Declaration]>([
    ['B 90373-333', 'the same again', temp(), temp()],
    ['B 90373-334', 'one day in common', temp(), temp({ startDate: '2026-11-27', endDate: '2026-11-30' })],
    ['A', 'the day after', temp(), temp({ startDate: '2026-11-28', endDate: '2026-11-30' })],
    ['A', 'of another worker', temp(), temp({ worker: { insz: otherInsz } })],
    ['A', 'of another agency', temp(), temp({ employer: { enterpriseNumber: otherAgency } })],
    ['A', 'of another type', temp(), temp({ workerType: 'DWD' })],
    [
      'A',
      'at another user company',
      temp(),
      temp({ userCompany: { enterpriseNumber: '0206731645', jointCommittee: 'XXX' } }),
    ],
    [
      'B 90373-333',
      'at one abroad, written a little otherwise',
      temp({ userCompany: abroad('Müller', 'Köln') }),
      temp({ userCompany: abroad('MULLER', 'Koln') }),
    ],
    [
      'A',
      'at one abroad in another town',
      temp({ userCompany: abroad('Müller', 'Köln') }),
      temp({ userCompany: abroad('Müller', 'Aachen') }),
    ],
    [
      'B 90373-334',
      'years into an open-ended one',
      openEnded,
      without({ ...openEnded, startDate: '2030-01-01', endDate: '2030-01-02' }),
    ],
    ['A', 'an evening after a morning', evening(day, { startHour: '0600', endHour: '1800' }), evening(day)],
    ['B 90373-334', 'a minute too early', evening(day, { startHour: '0600', endHour: '1801' }), evening(day)],
    ['B 90373-333', 'the same evening', evening(day), evening(day)],
    [
      'B 90373-334',
      'after a start without end hour',
      without(evening(day, { startHour: '0600' }), 'endHour'),
      evening(day),
    ],
    [
      'B 90373-334',
      'an evening into the next day',
      evening(day, { endDate: '2026-11-24', endHour: '0200' }),
      evening('2026-11-24'),
    ],
    [
      'B 90373-334',
      'a day with hours inside a quarter without',
      without(flexi({ endDate: '2026-12-31' }), 'startHour', 'endHour'),
      flexi({ startDate: '2026-12-01', endDate: '2026-12-01' }),
    ],
  ])('%s: %s', (answer, _, before, d) => {
    expect(answerTo(before, d)).toBe(answer);
  });

  test('free again once the other is cancelled', () => {
    expect(answerTo(temp(), change('CANCEL'), temp())).toBe('A');
  });

  test('a duplicate, even when it also overlaps another', () => {
    const later = temp({ startDate: '2026-11-30', endDate: '2026-12-04' });
    expect(answerTo(temp(), later, change('OUT', { endDate: '2026-12-01' }), later)).toBe('B 90373-333');
  });
});

describe('an UPDATE', () => {
  const second = temp({ startDate: '2026-11-30', endDate: '2026-12-04' });
  const update = (changes: Partial<Declaration>) => change('UPDATE', changes);

  test('is never in its own way', () => {
    expect(answerTo(temp(), update({ endDate: '2026-11-28' }))).toBe('A');
  });

  test('may not make a duplicate or an overlap', () => {
    expect(answerTo(temp(), second, update({ startDate: '2026-11-30', endDate: '2026-12-04' }))).toBe('B 90378-333');
    expect(answerTo(temp(), second, update({ endDate: '2026-11-30' }))).toBe('B 90378-334');
    expect(answerTo(temp(), second, update({ endDate: '2026-11-29' }))).toBe('A');
  });
});

describe('occasional work on a third consecutive day', () => {
  const days = (...on: string[]) => on.map((d) => evening(`2026-11-${d}`));

  test.each<[string, string, Declaration[]]>([
    ['A', 'two days', days('23', '24')],
    ['B 00910-459', 'three days', days('23', '24', '25')],
    ['B 00910-459', 'declared out of order, the middle last', days('23', '25', '24')],
    ['B 00910-459', 'declared backwards', days('25', '24', '23')],
    ['A', 'a day free in between', days('23', '24', '26', '27')],
    [
      'B 00910-459',
      'after a night over two days',
      [evening(day, { endDate: '2026-11-24', endHour: '0200' }), evening('2026-11-25')],
    ],
    [
      'B 00910-459',
      'at another user company',
      [
        ...days('23', '24'),
        evening('2026-11-25', { userCompany: { enterpriseNumber: '0206731645', jointCommittee: '144' } }),
      ],
    ],
    [
      'A',
      'for another agency',
      [...days('23', '24'), evening('2026-11-25', { employer: { enterpriseNumber: otherAgency } })],
    ],
    [
      'A',
      'as another type',
      [
        ...days('23', '24'),
        temp({ startDate: '2026-11-25', userCompany: { enterpriseNumber: userCompany, jointCommittee: '302' } }),
      ],
    ],
    ['A', 'after one of the days is cancelled', [...days('23', '24'), change('CANCEL'), evening('2026-11-25')]],
    [
      'B 00910-459',
      'by moving a period there',
      [...days('20', '23', '24'), change('UPDATE', { startDate: '2026-11-22', endDate: '2026-11-22' })],
    ],
    [
      'A',
      'where its own old day does not count',
      [...days('23', '24'), change('UPDATE', { startDate: '2026-11-25', endDate: '2026-11-25' })],
    ],
    [
      'A',
      'that stands already, when only hours change',
      [
        ...days('23', '24'),
        change('OUT', { periodId: 'period2', endDate: '2026-11-25' }),
        change('UPDATE', { endHour: '2330' }),
      ],
    ],
    ['A', 'hours moved, days not', [...days('23', '24'), change('UPDATE', { endHour: '2330' })]],
  ])('%s: %s', (answer, _, declarations) => {
    expect(answerTo(...declarations)).toBe(answer);
  });
});
