import { describe, expect, test } from 'vitest';
import { bodySchema, declarationOf } from '../../src/declarations/json-line.body.ts';
import { parseLine } from '../../src/declarations/json-line.ts';

const now = '2026-11-23T08:00:00Z';
const history = {
  declarationId: '656309292275',
  receivedAt: '2026-11-22T17:03:11Z',
  employer: { enterpriseNumber: '0403449823' },
  worker: { ssin: '85073003328', givenName: 'Élodie', familyName: 'Peeters' },
  dimonaIn: {
    periodId: '656309292174',
    startDate: '2026-11-23',
    endDate: '2026-11-27',
    features: {
      workerType: 'OTH',
      jointCommissionNumber: '322',
      usingEmployer: { jointCommissionNumber: 'XXX', enterpriseNumber: '566988259' },
    },
  },
};
const employer = { enterpriseNumber: '0403449823' };
const parsed = (line: unknown) => parseLine(JSON.stringify(line), now);
const declared = {
  kind: 'IN',
  startDate: '2026-11-23',
  endDate: '2026-11-27',
  workerType: 'OTH',
  jointCommittee: '322',
};

describe('a JSON line is read', () => {
  test('with the ids and the receipt of history', () => {
    expect(parsed(history)).toEqual({
      ...declared,
      userCompany: { enterpriseNumber: '0566988259', jointCommittee: 'XXX' },
      receivedAt: '2026-11-22T17:03:11Z',
      employer,
      worker: { insz: '85073003328', givenName: 'Élodie', familyName: 'Peeters' },
      declarationId: '656309292275',
      periodId: '656309292174',
    });
  });

  test('a user company abroad, with the address as the service writes it', () => {
    const address = {
      street: 'Domstr.',
      houseNumber: 1,
      boxNumber: null,
      postCode: '50667',
      municipality: { name: 'Köln' },
      country: 103,
    };
    const features = { usingEmployer: { name: 'Müller GmbH', address } };
    expect(parsed({ employer, dimonaIn: { features } })).toMatchObject({
      userCompany: {
        name: 'Müller GmbH',
        address: { street: 'Domstr.', houseNumber: '1', postCode: '50667', city: 'Köln', country: '103' },
      },
    });
  });

  test.each([
    [{ enterpriseNumber: '403449823' }, { enterpriseNumber: '0403449823' }],
    [{ enterpriseNumber: 403449823 }, { enterpriseNumber: '0403449823' }],
    [{ employerId: 935467 }, { nssoNumber: '935467' }],
    [{ nssoRegistrationNumber: '000935467', seat: 1 }, { nssoNumber: '935467' }],
  ])('employer %j', (sent, read) => {
    expect(parsed({ employer: sent, dimonaCancel: { periodId: '1' } })).toMatchObject({ employer: read });
  });

  test.each([
    [
      { dimonaUpdate: { periodId: 656309292174, startDate: '2026-11-24', startHour: '0800', plannedHoursNumber: 8 } },
      {
        kind: 'UPDATE',
        periodId: '656309292174',
        startDate: '2026-11-24',
        startHour: '0800',
        plannedHours: 8,
        receivedAt: now,
        employer,
      },
    ],
    [
      { dimonaOut: { periodId: '656309292174', endDate: '2026-11-24', endHour: '1200' } },
      { kind: 'OUT', periodId: '656309292174', endDate: '2026-11-24', receivedAt: now, employer },
    ],
    [{ dimonaCancel: {} }, { kind: 'CANCEL', receivedAt: now, employer }],
    [
      { dimonaIn: { plannedHoursNumber: 1.5, startHour: '8h', jointCommissionNumber: 1 } },
      { kind: 'IN', plannedHours: 1.5, startHour: '8h', receivedAt: now, employer },
    ],
  ])('%j', (block, d) => {
    expect(parsed({ employer, ...block })).toEqual(d);
  });

  test.each([
    ['2026-11-22T18:03:11+01:00', '2026-11-22T17:03:11Z'],
    ['2026-11-22T17:03:11.500000Z', '2026-11-22T17:03:11.5Z'],
    ['2026-11-22T17:03:10.000Z', '2026-11-22T17:03:10Z'],
    ['2026-11-22T17:03Z', '2026-11-22T17:03:00Z'],
    [null, null],
  ])('received %s is %s', (receivedAt, read) => {
    expect(parsed({ ...history, receivedAt })).toMatchObject({ receivedAt: read });
  });

  test('received now when it is no history, at no known moment when it is', () => {
    const { receivedAt: _, declarationId: __, ...withPeriod } = history;
    expect(parsed({ ...history, receivedAt: undefined })).toMatchObject({ receivedAt: null });
    expect(parsed(withPeriod)).toMatchObject({ receivedAt: null });
    expect(parsed({ employer, dimonaCancel: { periodId: '656309292174' } })).toMatchObject({ receivedAt: now });
  });

  test('as a REST body the period id of an IN means nothing', () => {
    const body = { ...history, dimonaIn: { ...history.dimonaIn, periodId: {} }, receivedAt: 5 };
    expect(declarationOf(bodySchema.parse(body), now)).not.toHaveProperty('periodId');
    expect(declarationOf(bodySchema.parse(body), now)).toMatchObject({ ...declared, receivedAt: now });
  });
});

describe('a JSON line is no declaration', () => {
  const dimonaIn = (changes: object) => ({ ...history, dimonaIn: { ...history.dimonaIn, ...changes } });
  const nul = String.fromCharCode(0);
  test.each<[string, unknown]>([
    ['', { employer }],
    ['', { ...history, dimonaCancel: { periodId: '1' } }],
    ['', []],
    ['', 'text'],
    ['employer', { dimonaCancel: {} }],
    ['employer', { employer: {}, dimonaCancel: {} }],
    ['employer.enterpriseNumber', { employer: { enterpriseNumber: '40344982' }, dimonaCancel: {} }],
    ['employer.employerId', { employer: { employerId: 'x' }, dimonaCancel: {} }],
    ['worker.ssin', { ...history, worker: { ssin: '8507300332' } }],
    ['worker.ssin', { ...history, worker: { ssin: 85073003328 } }],
    ['worker.familyName', { ...history, worker: { familyName: `Peeters${nul}` } }],
    ['worker.familyName', { ...history, worker: { familyName: '\ud800' } }],
    ['worker.birthDate', { ...history, worker: { birthDate: '1985-02-30' } }],
    ['receivedAt', { ...history, receivedAt: '2026-02-30T10:00:00Z' }],
    ['receivedAt', { ...history, receivedAt: '2026-11-22T17:03:11' }],
    ['receivedAt', { ...history, receivedAt: '2026-11-22T24:03:11Z' }],
    ['declarationId', { ...history, declarationId: '../x' }],
    ['dimonaIn.periodId', dimonaIn({ periodId: 1.5 })],
    ['dimonaIn.startDate', dimonaIn({ startDate: '2026-02-30' })],
    ['dimonaIn.endDate', dimonaIn({ endDate: 20261127 })],
    ['dimonaIn.startHour', dimonaIn({ startHour: 800 })],
    ['dimonaIn.plannedHoursNumber', dimonaIn({ plannedHoursNumber: '8' })],
    [
      'dimonaIn.features.usingEmployer.enterpriseNumber',
      dimonaIn({ features: { usingEmployer: { enterpriseNumber: '05669882590' } } }),
    ],
    ['dimonaUpdate.startDate', { employer, dimonaUpdate: { startDate: 'tomorrow' } }],
  ])('because of %s: %j', (field, line) => {
    expect(parsed(line)).toEqual({ faults: [{ field, message: expect.stringMatching(/\w/) }] });
  });

  test('for every field at once', () => {
    const line = { employer: {}, worker: { ssin: '1' }, dimonaOut: { endDate: 'x' } };
    expect(parsed(line)).toMatchObject({
      faults: [{ field: 'employer' }, { field: 'worker.ssin' }, { field: 'dimonaOut.endDate' }],
    });
  });
});
