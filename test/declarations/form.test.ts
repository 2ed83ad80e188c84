import { describe, expect, it } from 'vitest';
import { emptyForm, faultsOf, formAgain, formOn, stoodOf } from '../../src/declarations/form.filled.ts';
import { placesOf } from '../../src/declarations/form.places.ts';
import { dayAs, hourAs, inszAs, numberAs } from '../../src/declarations/form.spelling.ts';
import { declarationOf, FIELDS, filledFrom, NOTHING } from '../../src/declarations/form.ts';
import { filledIn, STANDING } from '../samples.form.ts';
import { temp } from './intake.example.ts';

const ABOUT = { agencyNumber: '0403449823', receivedAt: '2026-11-20T09:00:00Z' };

describe('usual spellings', () => {
  it.each([
    ['85.07.30-033.28', '85073003328'],
    ['85 07 30 033 28', '85073003328'],
    ['85/07/30-03328', '85073003328'],
    ['8507300332x', '8507300332x'],
  ])('INSZ %s', (typed, insz) => expect(inszAs(typed)).toBe(insz));

  it.each([
    ['0403.449.823', '0403449823'],
    ['BE 0403 449 823', '0403449823'],
    ['be0403449823', '0403449823'],
    ['403.449.823', '0403449823'],
    ['Brouwerij', 'Brouwerij'],
  ])('enterprise number %s', (typed, number) => expect(numberAs(typed)).toBe(number));

  it.each([
    ['2026-11-24', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['4.1.2026', '2026-01-04'],
    ['4-1-2026', '2026-01-04'],
    ['tomorrow', 'tomorrow'],
  ])('day %s', (typed, day) => expect(dayAs(typed)).toBe(day));

  it.each([
    ['08:30', '0830'],
    ['8.30', '0830'],
    ['8u30', '0830'],
    ['8h', '0800'],
    ['17', '1700'],
    ['1730', '1730'],
    ['830', '0830'],
    ['08:30:00', '0830'],
    ['noon', 'noon'],
    ['25:00', '2500'],
  ])('hour %s', (typed, hour) => expect(hourAs(typed)).toBe(hour));
});

describe('fields as a declaration', () => {
  it('says what was filled in and nothing else', () => {
    const filled = filledIn({
      insz: '85.07.30-033.28',
      workerType: 'OTH',
      userNumber: '566 988 259',
      userCommittee: 'XXX',
      startDate: '23/11/2026',
      endDate: '2026-11-27',
    });
    expect(declarationOf(filled, ABOUT, null)).toEqual(temp());
  });

  it('names a company without number by name and address', () => {
    const filled = filledIn({ userName: 'Gemüsehof', city: 'Aachen', country: 'Deutschland', userCommittee: '145' });
    expect(declarationOf(filled, ABOUT, null).userCompany).toEqual({
      name: 'Gemüsehof',
      address: { city: 'Aachen', country: 'Deutschland' },
      jointCommittee: '145',
    });
  });

  it('has a user company in temp work only', () => {
    expect(
      declarationOf(filledIn({ jointCommittee: '302', userNumber: '0566988259' }), ABOUT, null),
    ).not.toHaveProperty('userCompany');
    expect(declarationOf(filledIn({}), ABOUT, null).userCompany).toEqual({});
  });

  it('an UPDATE names what is not as it stands', () => {
    const form = formOn('UPDATE', STANDING);
    const head = { kind: 'UPDATE', periodId: STANDING.periodId, receivedAt: ABOUT.receivedAt };
    expect(declarationOf(form, ABOUT, STANDING)).toEqual({ ...head, employer: { enterpriseNumber: '0403449823' } });
    const later = { ...form, values: { ...form.values, endHour: '22:00' } };
    expect(declarationOf(later, ABOUT, STANDING)).toMatchObject({ ...head, endHour: '2200' });
    expect(declarationOf(later, ABOUT, STANDING)).not.toHaveProperty('startDate');
  });

  it('an OUT names its end, a CANCEL only its period', () => {
    const values = { ...NOTHING, endDate: '2026-11-26', startDate: '2026-11-01' };
    const said = (kind: 'OUT' | 'CANCEL') =>
      Object.keys(declarationOf({ kind, periodId: '1', stood: '', values }, ABOUT, STANDING)).sort();
    expect(said('OUT')).toEqual(['employer', 'endDate', 'kind', 'periodId', 'receivedAt']);
    expect(said('CANCEL')).toEqual(['employer', 'kind', 'periodId', 'receivedAt']);
  });

  it('hours that are no number are refused by the intake, not lost', () => {
    expect(declarationOf(filledIn({ plannedHours: 'many' }), ABOUT, null).plannedHours).toBeNaN();
  });

  it('what was declared before fills the form in again and says the same', () => {
    for (const d of [temp(), temp({ workerType: 'STU', plannedHours: 38 })]) {
      const filled = formAgain({ ...d, declarationId: '1', periodId: '2' }, null);
      expect(filled && declarationOf(filled, ABOUT, null)).toEqual(d);
    }
    expect(formAgain({ ...temp(), kind: 'DAILY' }, null)).toBeNull();
    expect(formAgain({ ...temp(), kind: 'OUT' }, null)).toBeNull();
  });
});

describe('a posted form', () => {
  it('keeps known fields as text, without what no field can hold', () => {
    const filled = filledFrom({
      kind: 'EVIL',
      insz: ' 85\0 07\n30 ',
      city: ['a', 'b'],
      madeUp: 'x',
      street: 'y'.repeat(500),
    });
    expect(filled.kind).toBe('IN');
    expect(Object.keys(filled.values)).toEqual([...FIELDS]);
    expect(filled.values.insz).toBe('85 07 30');
    expect(filled.values.city).toBe('');
    expect(filled.values.street).toHaveLength(200);
    expect(filledFrom({}).values).toEqual(NOTHING);
  });

  it('is faulty where the intake would not say so', () => {
    expect(faultsOf(emptyForm(), null)).toEqual([]);
    expect(faultsOf(filledIn({ street: 'y'.repeat(43) }), null)).toEqual([{ field: 'street', fault: 'tooLong' }]);
    const form = formOn('UPDATE', STANDING);
    expect(faultsOf(form, STANDING)).toEqual([]);
    expect(faultsOf({ ...form, values: { ...form.values, endHour: '' } }, STANDING)).toEqual([
      { field: 'endHour', fault: 'emptied' },
    ]);
    expect(faultsOf(form, { ...STANDING, endDate: '2026-11-21' })).toEqual([
      { field: null, fault: 'changedMeanwhile' },
    ]);
    expect(stoodOf(STANDING)).not.toBe(stoodOf({ ...STANDING, cancelled: true }));
  });
});

describe('where a fault stands', () => {
  it('tells the two committees apart', () => {
    const at = (code: string, jointCommittee: string, userCommittee: string) =>
      placesOf(code, { ...NOTHING, jointCommittee, userCommittee });
    expect(at('00046-001', '', '')).toEqual(['jointCommittee']);
    expect(at('00046-001', '322', '')).toEqual(['userCommittee']);
    expect(at('00046-008', '322', '999')).toEqual(['userCommittee']);
    expect(at('00046-008', '999', '')).toEqual(['jointCommittee']);
  });

  it('is nowhere for what is about the whole', () => {
    for (const code of ['00014-235', '00913-354', '00913-355', '12345-001'])
      expect(placesOf(code, NOTHING)).toEqual([]);
  });
});
