import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importEnterprises } from '../../src/enterprises/enterprises.actions.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-directory-'));

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => database.db.query('delete from enterprises'));

function read(content: string | Buffer): Promise<number> {
  const at = path.join(folder, 'timeouts.csv'); // a name that no fault of the database may be read into
  writeFileSync(at, content);
  return importEnterprises(database.portal, at);
}
const directory = async () => (await database.db.query('select * from enterprises order by enterprise_number')).rows;

const tempo = {
  ...{ enterprise_number: '0403449823', name: 'Tempo, Interim', kind: 'agency', nsso_number: '935467' },
  ...{ street: null, house_number: null, post_box: null, post_code: null, city: 'Liège', country: null },
};

test('columns are found by their header, in any order, further ones and a mark are passed over', async () => {
  const rows = [
    'kind,note,city,nssoNumber,name,enterpriseNumber',
    'agency,x,Liège,0009354-67,"Tempo, Interim",0403.449.823',
    '',
  ];
  expect(await read(`\uFEFF${rows.join('\r\n')}`)).toBe(1);
  expect(await directory()).toEqual([tempo]);
});

test('an old number of nine digits is padded', async () => {
  await read('enterpriseNumber,name,kind\n403449823,Tempo,agency\n566988259,De Zwaan,user');
  expect((await directory()).map((row) => row.enterprise_number)).toEqual(['0403449823', '0566988259']);
});

test('a number that is known is brought up to date, the last of a file wins, the others stay', async () => {
  await read('enterpriseNumber,name,kind,nssoNumber\n0403449823,Tempo,agency,935467\n0566988259,De Zwaan,user,');
  const again =
    'enterpriseNumber,name,kind,city\n0403449823,Between,agency,Gent\n0403449823,"Tempo, Interim",agency,Liège';
  expect(await read(again)).toBe(2);
  expect(await directory()).toEqual([tempo, expect.objectContaining({ name: 'De Zwaan' })]);
});

test('more than one batch is one file', async () => {
  const check = (n: number) => `${n}`.padStart(8, '0') + String(97 - (n % 97)).padStart(2, '0');
  const rows = Array.from({ length: 4500 }, (_, n) => `${check(4_000_000 + n)},Company ${n},user`);
  expect(await read(['enterpriseNumber,name,kind', ...rows].join('\n'))).toBe(4500);
  await database.db.query('delete from enterprises');
  await expect(read(['enterpriseNumber,name,kind', ...rows, '0400000000,Wrong,user'].join('\n'))).rejects.toThrow(
    /line 4502/,
  );
  expect(await directory()).toEqual([]);
});

test.each([';', '\t'])('columns may stand between %j, as spreadsheets write them', async (sign) => {
  await read(`enterpriseNumber,name,kind\n0403449823,Tempo Interim,agency\n`.replaceAll(',', sign));
  expect(await directory()).toMatchObject([{ name: 'Tempo Interim', kind: 'agency' }]);
});

test('a file that is not UTF-8 is refused: no name is damaged', async () => {
  const latin = Buffer.from('enterpriseNumber,name,kind\n0403449823,Café,user\n', 'latin1');
  await expect(read(latin)).rejects.toThrow('line 2: is not UTF-8');
  await expect(read('enterpriseNumber,name,kind\n0403449823,A\0B,user\n')).rejects.toThrow('line 2');
  expect(await directory()).toEqual([]);
});

describe('nothing is kept of a file with', () => {
  const good = '0403449823,Tempo,agency,935467';
  test.each<[string, string, RegExp]>([
    ['a missing column', 'enterpriseNumber,kind\n0403449823,agency', /line 1: .*name/],
    ['no header', good, /line 1/],
    ['nothing in it', '', /line 1/],
    [
      'wrong check digits',
      `enterpriseNumber,name,kind,nssoNumber\n${good}\n0431150351,De Zwaan,user,`,
      /line 3: enterpriseNumber 0431150351/,
    ],
    [
      'a first digit of none',
      `enterpriseNumber,name,kind,nssoNumber\n${good}\n2000000339,De Zwaan,user,`,
      /line 3: enterpriseNumber/,
    ],
    ['an empty name', `enterpriseNumber,name,kind,nssoNumber\n${good}\n0566988259," ",user,`, /line 3: name/],
    ['another kind', `enterpriseNumber,name,kind,nssoNumber\n${good}\n0566988259,De Zwaan,terminated,`, /line 3: kind/],
    [
      'a wrong NSSO number',
      `enterpriseNumber,name,kind,nssoNumber\n${good}\n0566988259,De Zwaan,user,935468`,
      /line 3: nssoNumber/,
    ],
    ['too few fields', `enterpriseNumber,name,kind,nssoNumber\n${good}\n0566988259,De Zwaan`, /line 3/],
    ['an open quote', `enterpriseNumber,name,kind,nssoNumber\n${good}\n0566988259,"De Zwaan,user,`, /line 3/],
    [
      'the NSSO number of another',
      `enterpriseNumber,name,kind,nssoNumber\n${good}\n0566988259,De Zwaan,user,935467`,
      /935467/,
    ],
  ])('%s', async (_, content, message) => {
    const error = await read(content).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect((error as Error).name).not.toBe('DatabaseUnavailable');
    expect(await directory()).toEqual([]);
  });
});

test('a file that is not there is named', async () => {
  const missing = importEnterprises(database.portal, path.join(folder, 'none.csv'));
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT', message: expect.stringContaining('none.csv') });
});
