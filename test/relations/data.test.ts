import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerScope } from '../../src/identity/visitor.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import type { WorkRelation } from '../../src/relations/relation.ts';
import { listCsv, listData, relationData } from '../../src/relations/relations.data.ts';
import { relationsStore } from '../../src/relations/relations.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { change, student, temp } from '../declarations/intake.example.ts';
import { addEnterprise, declare } from '../records.ts';

const TODAY = '2026-11-23';
let database: TestDatabase;
let all: WorkRelation[];

/** An ordinary week, twice changed; a student at a company abroad, cancelled too late; a week outside temp work. */
beforeAll(async () => {
  database = await openTestDatabase();
  await addEnterprise(database, '0403449823', '935467');
  const address = { street: 'Domstr.', houseNumber: '1', city: 'Köln', country: '103' };
  const abroad = { name: '=HYPERLINK("http://x";"Müller")', address, jointCommittee: 'XXX' };
  const week = { declarationId: '656309292275', periodId: '656309292174', receivedAt: '2026-11-22T17:03:11Z' };
  await declare(
    database.portal,
    temp(week),
    change('UPDATE', {
      declarationId: '656309292376',
      periodId: '656309292174',
      startDate: '2026-11-22',
      receivedAt: '2026-11-23T08:00:00.5Z',
    }),
    change('OUT', { declarationId: '656309292477', periodId: '656309292174', endDate: '2026-11-26', receivedAt: null }),
    student({ declarationId: '656309314923', periodId: '656309314911', receivedAt: null, userCompany: abroad }),
    change('CANCEL', { declarationId: '656309315024', periodId: '656309314911', receivedAt: '2026-11-24T08:00:00Z' }),
    temp({ declarationId: '656309322486', periodId: '656309322385', jointCommittee: '302' }),
  );
  const { rows } = await database.db.query('select worker_id::text as id from workers');
  const scope = ownerScope(rows[0].id);
  const of = (sector: string) =>
    relationsStore(database.portal).whole(scope, parseFilter({ sort: 'type', sector }, TODAY).filter, TODAY);
  all = [...(await of('temp')), ...(await of('other'))];
});
afterAll(() => database.close());

describe('a relation as data', () => {
  test('tells an ordinary week whole', () => {
    expect(relationData(all[0] as WorkRelation)).toEqual({
      ...{ periodId: '656309292174', workerType: 'OTH', jointCommittee: '322' },
      ...{ startDate: '2026-11-22', startHour: null, endDate: '2026-11-26', endHour: null, plannedHours: null },
      agency: { enterpriseNumber: '0403449823', nssoNumber: '000935467', name: 'Company 0403449823' },
      userCompany: { enterpriseNumber: '0566988259', name: null, jointCommittee: 'XXX', address: null },
      status: 'current',
      timeliness: {
        verdict: 'late',
        receivedAt: '2026-11-23T08:00:00.5Z',
        dueAt: '2026-11-22T22:59:59.999Z',
        decidedBy: '656309292376',
      },
      warnings: ['userCompanyUnknown'],
      anomalies: ['90378-460'],
      declarations: [
        {
          declarationId: '656309292275',
          kind: 'IN',
          receivedAt: '2026-11-22T17:03:11Z',
          result: 'A',
          anomalies: [],
          changes: {},
        },
        {
          ...{
            declarationId: '656309292376',
            kind: 'UPDATE',
            receivedAt: '2026-11-23T08:00:00.5Z',
            result: 'W',
            anomalies: ['90378-460'],
          },
          changes: { startDate: { from: '2026-11-23', to: '2026-11-22' } },
        },
        {
          ...{ declarationId: '656309292477', kind: 'OUT', receivedAt: null, result: 'A', anomalies: [] },
          changes: { endDate: { from: '2026-11-27', to: '2026-11-26' } },
        },
      ],
    });
  });

  test('tells a company without a number by name and address, and what is not known as null', () => {
    expect(relationData(all[1] as WorkRelation)).toMatchObject({
      plannedHours: 38,
      userCompany: {
        enterpriseNumber: null,
        name: expect.stringContaining('Müller'),
        address: { street: 'Domstr.', houseNumber: '1', city: 'Köln', country: '103' },
      },
      status: 'cancelled',
      timeliness: { verdict: 'unknown', receivedAt: null, decidedBy: '656309314923' },
      warnings: ['cancelledAfterStart'],
      declarations: [{ kind: 'IN' }, { kind: 'CANCEL', changes: { cancelled: { from: false, to: true } } }],
    });
  });

  test('has no user company outside temp work', () => {
    expect(relationData(all[2] as WorkRelation)).toMatchObject({
      jointCommittee: '302',
      userCompany: null,
      warnings: [],
    });
  });

  test('is JSON that holds no undefined and no national number', () => {
    const { filter } = parseFilter({ type: 'OTH', page: '2' }, TODAY);
    const data = listData(all, 31, filter);
    expect(JSON.parse(JSON.stringify(data))).toStrictEqual(data);
    expect(JSON.stringify(data)).not.toMatch(/\b\d{11}\b/);
    expect(data).toMatchObject({ total: 31, page: 2, pageSize: 25, filter: { type: ['OTH'], from: null, year: null } });
    expect(Object.keys(data).sort()).toEqual(['filter', 'items', 'page', 'pageSize', 'total']);
  });
});

describe('the list as CSV', () => {
  test('holds the same rows under one header', () => {
    const csv = listCsv(all);
    expect(csv.startsWith('\uFEFFperiodId,')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(all.length + 2);
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.periodId)).toEqual(all.map((relation) => relation.periodId));
    expect(rows[0]).toMatchObject({
      status: 'current',
      verdict: 'late',
      startHour: '',
      userNumber: '0566988259',
      userName: '',
      warnings: 'userCompanyUnknown',
      anomalies: '90378-460',
    });
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'makes text of what a spreadsheet would run: %j',
    (name) => {
      const relation = { ...(all[1] as WorkRelation), userCompanyName: name, agencyName: 'a "b", c\nd' };
      const [row] = parse(listCsv([relation]), { bom: true, columns: true }) as Record<string, string>[];
      expect(row?.userName).toBe(`'${name}`);
      expect(row?.agencyName).toBe('a "b", c\nd');
    },
  );

  test('of nothing is the header alone', () => {
    expect(listCsv([])).toMatch(/^\uFEFFperiodId,[A-Za-z,]+\r\n$/);
  });
});
