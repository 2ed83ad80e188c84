import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ImportOptions, type ImportResult, importFile } from '../../src/declarations/import.actions.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { addEnterprise, inszNumber, intakeOf, NOW, recordsOf, told } from '../records.ts';
import { agency, insz } from './intake.example.ts';

let database: TestDatabase;
const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-import-'));

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await database.db.query('truncate declarations, relations, workers, worker_numbers, enterprises cascade');
  await addEnterprise(database, agency, '935467');
});

function file(name: string, content: string | Buffer): string {
  const at = path.join(folder, name);
  writeFileSync(at, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
  return at;
}

async function imported(at: string, options: Partial<ImportOptions> = {}) {
  const results: ImportResult[] = [];
  const steps: [number, number][] = [];
  const total = await importFile(intakeOf(database.portal), at, {
    receivedAt: 'now',
    now: NOW,
    channel: 'import',
    progress: (done, of) => steps.push([done, of]),
    result: (result) => results.push(result),
    ...options,
  });
  return { total, results, steps, told: results.map((result) => `${result.line} ${told(result)}`) };
}

const fault = (at: string, options: Partial<ImportOptions> = {}) =>
  imported(at, options).then(
    () => 'none',
    (error: Error) => error,
  );
const count = async (sql: string) => (await database.db.query(`select count(*)::int as n from ${sql}`)).rows[0].n;

const user = { jointCommissionNumber: 'XXX', enterpriseNumber: '0566988259' };
const features = { workerType: 'OTH', jointCommissionNumber: '322', usingEmployer: user };
const employer = { enterpriseNumber: agency };
const week = { startDate: '2026-11-23', endDate: '2026-11-27', features };
const json = (body: object) => JSON.stringify({ employer, ...body });
const begin = (n: number, more: object = {}) => json({ worker: { ssin: inszNumber(n) }, dimonaIn: week, ...more });

const HEAD = `<Identification>DIMONA</Identification><FormCreationDate>2026-11-22</FormCreationDate><FormCreationHour>14:35:00.250</FormCreationHour><AttestationStatus>0</AttestationStatus><TypeForm>SU</TypeForm>`;
const form = (block: string) => `<Form>${HEAD}${block}</Form>`;
const xmlIn = (n: number, day = '2026-11-23') =>
  form(`<DimonaIn><StartingDate>${day}</StartingDate><EndingDate>${day}</EndingDate><EmployerId><NOSSRegistrationNbr>935467</NOSSRegistrationNbr></EmployerId>
<NaturalPerson><INSS>${inszNumber(n)}</INSS></NaturalPerson><DimonaFeatures><JointCommissionNbr>322</JointCommissionNbr><WorkerType>OTH</WorkerType>
<UsingEmployer><JointCommissionNbr>XXX</JointCommissionNbr><UsingEmployerCompanyID>566988259</UsingEmployerCompanyID></UsingEmployer></DimonaFeatures></DimonaIn>`);
const xml = (...forms: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Dimona>\n${forms.join('\n')}\n</Dimona>\n`;

const lines = [
  json({
    declarationId: '656309292275',
    receivedAt: '2026-11-24T07:00:00+01:00',
    worker: { ssin: insz },
    dimonaIn: { ...week, periodId: '656309292174' },
  }),
  json({ dimonaUpdate: { periodId: '656309292174', endDate: '2026-11-26' } }),
  '',
  json({ worker: { ssin: insz }, dimonaIn: { startDate: '2026-12-01', features } }),
  begin(1),
];
const answersOfLines = ['1 W 90373-460', '2 A', '4 B 00911-001', '5 A'];
const forms = [
  xmlIn(1),
  xmlIn(2),
  xmlIn(1),
  form('<DimonaOut><DimonaPeriodId>1</DimonaPeriodId><EndingDate>2026-11-23</EndingDate></DimonaOut>'),
  form(''),
];
const answersOfForms = ['3 A', '6 A', '9 B 90373-333', '12 B 00913-354', '13 B 90059-003'];

describe.each([
  ['h.jsonl', lines.join('\n'), answersOfLines],
  ['h.jsonl.gz', `\uFEFF${lines.join('\r\n')}\r\n`, answersOfLines],
  ['m.xml', xml(...forms), answersOfForms],
  ['m.xml.gz', xml(...forms), answersOfForms],
])('%s', (name, content, answers) => {
  test('is declared in order, a result for each declaration with its line', async () => {
    const { total, results, steps, told } = await imported(file(name, content));
    expect(told).toEqual(answers);
    expect(total).toBe(answers.length);
    expect(steps).toEqual([[total, total]]);
    expect(new Set(results.map(({ declarationId }) => declarationId)).size).toBe(total);
    expect(await count('declarations')).toBe(total);
  });

  test('declares nothing twice, under whatever name and whenever it comes again', async () => {
    const first = await imported(file(name, content));
    const before = await recordsOf(database);
    const again = await imported(file(`again-${name}`, content), { now: '2026-12-24T09:00:00Z', receivedAt: 'form' });
    expect(again.results).toEqual(first.results);
    expect(await recordsOf(database)).toEqual(before);
  });
});

test('forms on one line are forms of their own', async () => {
  const at = file('oneline.xml', xml(xmlIn(1), xmlIn(2), xmlIn(3)).replaceAll('\n', ''));
  const { results } = await imported(at);
  expect(results.map(told)).toEqual(['A', 'A', 'A']);
  expect(new Set(results.map(({ periodId }) => periodId)).size).toBe(3);
  const before = await recordsOf(database);
  expect((await imported(at)).results).toEqual(results);
  expect(await recordsOf(database)).toEqual(before);
});

describe('a file that breaks in its last part leaves nothing', () => {
  const good = Array.from({ length: 5000 }, (_, n) => begin(n));
  test.each<[string, string | Buffer, number, RegExp]>([
    ['not-json.jsonl', [...good, '{"employer"'].join('\n'), 5001, /not JSON/],
    ['no-date.jsonl', [...good, json({ dimonaOut: { endDate: '2026-02-30' } })].join('\n'), 5001, /not a date/],
    ['two-blocks.jsonl.gz', [...good, json({ dimonaIn: week, dimonaOut: {} })].join('\n'), 5001, /exactly one/],
    [
      'latin.jsonl',
      Buffer.concat([Buffer.from(`${good.join('\n')}\n{"employer":"`), Buffer.from([0xe9])]),
      5001,
      /UTF-8/,
    ],
    ['unclosed.xml', xml(xmlIn(1), xmlIn(2)).replace('</Dimona>', ''), 10, /unclosed/],
    ['crossed.xml.gz', xml(xmlIn(1), `<Form>${HEAD}</Other></Form>`), 6, /Other|unmatched|unexpected/i],
    ['stranger.xml', xml(xmlIn(1), '<Note/>'), 6, /Note/],
    ['empty.xml', '', 1, /root/],
    ['cut.jsonl.gz', gzipSync(good.join('\n')).subarray(0, -2000), 1, /gzip/],
    ['never.jsonl.gz', Buffer.from(good.join('\n')), 1, /gzip/],
    ['cut.xml.gz', gzipSync(xml(xmlIn(1))).subarray(0, -9), 1, /gzip/],
  ])('%s', async (name, content, line, reason) => {
    const error = await fault(file(name, content));
    expect(error).toMatchObject({ name: 'BrokenFile', message: expect.stringMatching(reason) });
    expect(error).toMatchObject({
      line: reason.source === 'gzip' ? expect.any(Number) : line,
      column: expect.any(Number),
    });
    expect(await recordsOf(database)).toMatchObject({ declarations: [], relations: [], workers: [] });
  });
});

test.each(['there-is-none.jsonl', 'there-is-none.xml.gz'])('a file that is not there is named (%s)', async (name) => {
  expect(await fault(path.join(folder, name))).toMatchObject({
    code: 'ENOENT',
    message: expect.stringContaining(name),
  });
});

test('an import cut off in the middle is run again and declares nothing twice', async () => {
  const at = file('long.jsonl', Array.from({ length: 2100 }, (_, n) => begin(n)).join('\n'));
  const stop = () => {
    throw new Error('the plug was pulled');
  };
  await expect(imported(at, { progress: stop })).rejects.toThrow('plug');
  const first = await recordsOf(database);
  expect(first.declarations).toHaveLength(1000);
  const { steps, results } = await imported(at);
  expect(steps).toEqual([
    [1000, 2100],
    [2000, 2100],
    [2100, 2100],
  ]);
  expect(results.every(({ result }) => result === 'A')).toBe(true);
  const after = await recordsOf(database);
  expect(after.declarations).toHaveLength(2100);
  expect(after.declarations?.slice(0, 1000)).toEqual(first.declarations);
  expect(await count('relations')).toBe(2100);
});

describe('the receipt', () => {
  const received = async () =>
    (await database.db.query('select received_at from declarations order by seq')).rows.map(
      ({ received_at: at }) => at?.toISOString() ?? null,
    );

  test('of a form is now, or the moment the form was made on a Belgian clock', async () => {
    await imported(file('now.xml', xml(xmlIn(1))));
    expect(await received()).toEqual(['2026-11-20T09:00:00.000Z']);
    await database.db.query('truncate declarations, relations cascade');
    const late = xml(xmlIn(1, '2026-11-21'));
    expect((await imported(file('form.xml', late), { receivedAt: 'form' })).told).toEqual(['3 W 90373-460']);
    expect(await received()).toEqual(['2026-11-22T13:35:00.250Z']);
  });

  test('of a JSON line is its own, now for a new declaration, unknown for history without one', async () => {
    const history = { declarationId: '656309292275' };
    const period = { dimonaIn: { ...week, periodId: '656309292174' } };
    const all = [
      begin(1),
      begin(2, history),
      begin(3, period),
      begin(4, { receivedAt: '2026-11-19T23:30:00.5Z' }),
      begin(5, { receivedAt: null }),
    ];
    await imported(file('receipts.jsonl', all.join('\n')));
    expect(await received()).toEqual(['2026-11-20T09:00:00.000Z', null, null, '2026-11-19T23:30:00.500Z', null]);
    expect(await count("relations where verdict = 'unknown'")).toBe(3);
  });
});

test('equal lines are two declarations, the second a duplicate', async () => {
  expect((await imported(file('twice.jsonl', [begin(1), begin(1)].join('\n')))).told).toEqual(['1 A', '2 B 90373-333']);
});
