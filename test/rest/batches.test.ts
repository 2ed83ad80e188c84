import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import {
  form,
  reference,
  send,
  type ToldBatch,
  xml,
  xmlCancel,
  xmlIn,
  xmlOut,
  xmlUpdate,
} from '../declarations/batches.example.ts';
import { addEnterprise, inszNumber } from '../records.ts';
import { AGENCY, OTHER, USER } from './bodies.ts';
import { type Service, serviceOf } from './client.ts';

const NOW = '2026-11-20T09:00:00Z';
let portal: TestApp;
let service: Service;
let stranger: Service;
let people = 0;

beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
  await addEnterprise(portal, AGENCY, '935467');
  await addEnterprise(portal, OTHER, '15170023');
  await addEnterprise(portal, USER);
  [service, stranger] = await Promise.all([serviceOf(portal, AGENCY), serviceOf(portal, OTHER)]);
});
afterAll(() => portal.close());

const next = () => ++people;
const count = async (sql: string) => Number((await portal.db.query(`select count(*) as n from ${sql}`)).rows[0].n);
const done = async (file: string | Buffer, by = service, packed = false) => {
  const answer = await send(by, file, { packed });
  expect([201, 202]).toContain(answer.statusCode);
  await portal.house.batches.sweep();
  let told = answer.json<ToldBatch>();
  for (let looks = 0; told.state !== 'done' && looks < 500; looks++)
    told = (await by.call('GET', new URL(told.href).pathname)).json<ToldBatch>();
  expect(told.state).toBe('done');
  return told;
};
const formsOf = async ({ declarations }: ToldBatch, by = service) =>
  (await by.call('GET', new URL(declarations.href).pathname)).json().items.map(toldOf);
const toldOf = ({
  declarationStatus: { result, anomalies },
}: {
  declarationStatus: { result: string; anomalies: { errorId: string }[] };
}) => [result, ...anomalies.map(({ errorId }) => errorId)].join(' ');
const textOf = async (href: string, by = service) => {
  const { pathname, search } = new URL(href);
  return by.call('GET', pathname + search);
};
const periodOf = async (insz: string) =>
  (
    await portal.db.query('select period_id from relations join worker_numbers using (worker_id) where insz = $1', [
      insz,
    ])
  ).rows[0].period_id as string;

describe('a batch', () => {
  it('is declared form by form, and answered at once where it is small', async () => {
    const [first, second] = [next(), next()];
    const answer = await send(service, xml(xmlIn(first), xmlIn(second), xmlIn(first), form('')));
    expect(answer.statusCode).toBe(201);
    const told = answer.json<ToldBatch>();
    expect(answer.headers.location).toBe(told.href);
    expect(told).toMatchObject({
      state: 'done',
      forms: 4,
      answered: 4,
      results: { A: 2, W: 0, B: 2 },
      receivedAt: expect.stringMatching(/^2026-11-20T09:00/),
    });
    expect((await service.call('GET', new URL(told.href).pathname)).json()).toEqual(told);
    expect(await formsOf(told)).toEqual(['A', 'A', 'B 90373-333', 'B 90059-003']);
    expect(await count(`declarations where channel = 'batch' and sender = 'client:${service.clientId}'`)).toBe(4);
    expect(await count('batch_parts')).toBe(0);
  });

  it('counts from the moment the file came, for the agency that sent it, packed or not', async () => {
    const n = next();
    const told = await done(xml(xmlIn(n, { start: '2026-11-20', end: '2026-11-20' })), service, true);
    expect(told.results).toEqual({ A: 1, W: 0, B: 0 });
    const late = await done(xml(xmlIn(n, { start: '2026-11-19', end: '2026-11-19' })));
    expect(await formsOf(late)).toEqual(['W 90373-460']);
    const { rows } = await portal.db.query(
      'select agency_number from relations join worker_numbers using (worker_id) where insz = $1',
      [inszNumber(n)],
    );
    expect(rows).toEqual([{ agency_number: AGENCY }, { agency_number: AGENCY }]);
  });

  it('is the batch it was when the same file comes again, however it is packed', async () => {
    const file = xml(xmlIn(next()), xmlIn(next()));
    const first = await done(file);
    const before = await count('declarations');
    for (const packed of [false, true]) {
      const again = await send(service, file, { packed });
      expect([again.statusCode, again.json()]).toEqual([201, first]);
    }
    expect(await count('declarations')).toBe(before);
    expect(await count(`batches where state = 'receiving'`)).toBe(0);
  });

  it('sent by another agency is another batch', async () => {
    const file = xml(xmlIn(next()));
    const [mine, theirs] = [await done(file), await done(file, stranger)];
    expect(theirs.batchId).not.toBe(mine.batchId);
    expect(theirs.results.A).toBe(1);
    for (const path of ['', '/receipt', '/notifications', '/declarations'])
      expect((await stranger.call('GET', new URL(mine.href).pathname + path)).statusCode, path).toBe(404);
  });

  it('declares for no other agency, and changes no other agency’s period', async () => {
    const n = next();
    await done(xml(xmlIn(n)), stranger);
    const theirs = await periodOf(inszNumber(n));
    const employer = `<EmployerId><CompanyID>${OTHER}</CompanyID></EmployerId>`;
    const unknown = '<EmployerId><CompanyID>0206731645</CompanyID></EmployerId>';
    const told = await done(
      xml(
        xmlIn(next(), { employer }),
        xmlIn(next(), { employer: unknown }),
        xmlUpdate(theirs, `<EndingDate>2026-11-25</EndingDate>${employer}`),
        xmlUpdate(theirs, '<EndingDate>2026-11-25</EndingDate>'),
        xmlCancel(theirs),
      ),
    );
    expect(await formsOf(told)).toEqual(['B 90256-155', 'B 00014-235', 'B 90256-155', 'B 00913-354', 'B 00913-354']);
    expect(await count(`declarations where agency_number = '${OTHER}' and sender = 'client:${service.clientId}'`)).toBe(
      0,
    );
    const { rows } = await portal.db.query('select end_date::text, cancelled from relations where period_id = $1', [
      theirs,
    ]);
    expect(rows).toEqual([{ end_date: '2026-11-27', cancelled: false }]);
  });

  it('keeps a daily registration without effect on the relation', async () => {
    const n = next();
    await done(xml(xmlIn(n)));
    const periodId = await periodOf(inszNumber(n));
    const told = await done(
      xml(
        form(
          `<DailyRegistrationDeclaration><AttestationStatus>0</AttestationStatus><DimonaPeriodId>${periodId}</DimonaPeriodId><StartingDate>2026-11-23</StartingDate><StartingHour>1000</StartingHour></DailyRegistrationDeclaration>`,
        ),
      ),
    );
    expect(await formsOf(told)).toEqual(['A']);
    expect((await textOf(told.notifications[0]?.href ?? '')).body).not.toContain('ImpactReport');
  });
});

describe('the messages', () => {
  it('are a receipt for the file and a notification for each form, with what it did to the period', async () => {
    const n = next();
    const begun = await done(xml(xmlIn(n, { more: reference('shift 12 &amp; 13') })));
    const periodId = await periodOf(inszNumber(n));
    const receipt = await textOf(begun.receipt.href);
    expect(receipt.headers['content-type']).toBe('application/xml; charset=utf-8');
    expect(receipt.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ACRF>\n<Form><Identification>ACRF001<\/Identification><FormCreationDate>2026-11-20<\/FormCreationDate><FormCreationHour>10:0\d:\d\d\.\d{3}<\/FormCreationHour><AttestationStatus>0<\/AttestationStatus><TypeForm>PA<\/TypeForm><FileReference><FileName>[\w-]{20}<\/FileName><ReferenceOrigin>2<\/ReferenceOrigin><ReferenceNbr>[\w-]{20}<\/ReferenceNbr><\/FileReference><ReceptionResult><ResultCode>1<\/ResultCode><\/ReceptionResult><\/Form>\n<\/ACRF>\n$/,
    );
    const { body } = await textOf(begun.notifications[0]?.href ?? '');
    expect(body).toContain('<Identification>NOTI001</Identification>');
    expect(body).toContain(
      '<Reference><ReferenceType>1</ReferenceType><ReferenceOrigin>1</ReferenceOrigin><ReferenceNbr>shift 12 &amp; 13</ReferenceNbr></Reference><EmployerId><NOSSRegistrationNbr>935467</NOSSRegistrationNbr><CompanyID>0403449823</CompanyID></EmployerId>',
    );
    expect(body).toContain(
      `<HandlingResult><ResultCode>1</ResultCode><ImpactReport><DimonaImpactReport><DimonaPeriodId>${periodId}</DimonaPeriodId><IsLocked>0</IsLocked><DimonaPeriodAfter><StartingDate>2026-11-23</StartingDate><EndingDate>2026-11-27</EndingDate></DimonaPeriodAfter></DimonaImpactReport></ImpactReport></HandlingResult>`,
    );
    const more = await done(
      xml(
        xmlUpdate(periodId, '<EndingDate>2026-11-26</EndingDate>'),
        xmlOut(periodId, '2026-11-25'),
        xmlCancel(periodId),
        xmlCancel(periodId),
      ),
    );
    const told = (await textOf(more.notifications[0]?.href ?? '')).body;
    const impacts = [...told.matchAll(/<HandlingResult>.*?<\/HandlingResult>/g)].map(([text]) =>
      text.replace(
        /<IsLocked>0<\/IsLocked>|<StartingDate>2026-11-23<\/StartingDate>|<DimonaPeriodId>\d+<\/DimonaPeriodId>|<\/?(HandlingResult|DimonaImpactReport)>/g,
        '',
      ),
    );
    const before = (day: number) => `<DimonaPeriodBefore><EndingDate>2026-11-${day}</EndingDate></DimonaPeriodBefore>`;
    const after = (day: number) => `<DimonaPeriodAfter><EndingDate>2026-11-${day}</EndingDate></DimonaPeriodAfter>`;
    expect(impacts).toEqual([
      `<ResultCode>1</ResultCode><ImpactReport>${before(27)}${after(26)}</ImpactReport>`,
      `<ResultCode>1</ResultCode><ImpactReport>${before(26)}${after(25)}</ImpactReport>`,
      `<ResultCode>1</ResultCode><ImpactReport>${before(25)}</ImpactReport>`,
      expect.stringMatching(
        /^<ResultCode>0<\/ResultCode><AnomalyReport><ErrorID>00913-355<\/ErrorID><AnomalyClass>B<\/AnomalyClass><AnomalyLabel>[^<]+<\/AnomalyLabel><\/AnomalyReport>$/,
      ),
    ]);
  });

  it('is the receipt itself for a client that reads XML', async () => {
    const answer = await send(service, xml(xmlIn(next())), { headers: { accept: 'application/xml' } });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([201, 'application/xml; charset=utf-8']);
    expect(answer.headers.location).toMatch(/\/REST\/dimona\/v2\/batches\/[\w-]{22}$/);
    expect(answer.body).toContain('<ACRF>');
  });

  it('say whose data was taken, to the worker himself', async () => {
    const n = next();
    const told = await done(xml(xmlIn(n)));
    await textOf(told.notifications[0]?.href ?? '');
    const { rows } = await portal.db.query(
      `select purpose, channel, actor_client from access_rows where subjects @> array[$1] and detail ->> 'what' = 'notifications'`,
      [inszNumber(n)],
    );
    expect(rows).toEqual([{ purpose: 'agency-export', channel: 'service', actor_client: service.clientId }]);
  });
});

describe('a file is refused whole', () => {
  const good = xmlIn(1_000_000);
  const many = Array.from({ length: 10_000 }, () => good);
  const BROKEN: [string, string | Buffer, number, { line?: number; column?: number }][] = [
    ['for tags that do not match', xml(good, '<Form><A></B></Form>'), 400, { line: 4 }],
    [
      'of ten thousand forms for one that is broken',
      xml(...many.slice(0, 9_000), '<Form', ...many.slice(9_000)),
      400,
      { line: 9_004 },
    ],
    ['for an end that is missing', xml(good).slice(0, -12), 400, { line: 3 }],
    ['for another root', '<Other/>', 400, { line: 1 }],
    ['for no form', xml(), 400, {}],
    ['for nothing at all', '', 400, { line: 1 }],
    [
      'for a document type',
      `<!DOCTYPE Dimona [<!ENTITY a "b">]>${xml(good).split('\n').slice(1).join('\n')}`,
      400,
      { line: 1 },
    ],
    ['for an entity', xml(good, form('<DimonaCancel>&xxe;</DimonaCancel>')), 400, { line: 4 }],
    [
      'for bytes that are no UTF-8',
      Buffer.concat([Buffer.from(xml(good, '').slice(0, -12)), Buffer.from([0xff, 0xfe])]),
      400,
      {},
    ],
    ['for another charset', xml(good).replace('UTF-8', 'UTF-7'), 400, { line: 1 }],
    ['for UTF-16', Buffer.from(`\uFEFF${xml(good)}`, 'utf16le'), 400, { line: 1 }],
    ['for depth', `<Dimona><Form>${'<a>'.repeat(5_000)}`, 400, { line: 1 }],
    ['for what is packed and cut off', gzipSync(xml(good)).subarray(0, 150), 400, {}],
    ['for what only looks packed', Buffer.concat([Buffer.from([0x1f, 0x8b]), randomBytes(500)]), 400, {}],
    ['for JSON', JSON.stringify({ dimonaIn: {} }), 400, { line: 1 }],
  ];

  it.each(BROKEN)('%s', async (_, file, status, place) => {
    const before = await count('declarations');
    const answer = await send(service, file);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.json()).toMatchObject({ status, line: expect.any(Number), column: expect.any(Number), ...place });
    expect(await count('declarations')).toBe(before);
    expect(await count(`batches where state <> 'done'`)).toBe(0);
    expect(await count('batch_parts')).toBe(0);
  });

  it('for being no file', async () => {
    expect((await service.call('POST', 'batches', { dimonaIn: {} })).statusCode).toBe(415);
    expect((await send(service, xml(good), { type: 'image/png' })).statusCode).toBe(415);
  });

  it('when it is longer than 64 MiB as sent, said or not', async () => {
    const piece = Buffer.from('<Form><a/></Form>'.repeat(60_000));
    async function* long() {
      yield Buffer.from('<Dimona>');
      for (let sent = 0; sent < 65 * 1024 ** 2; sent += piece.length) yield piece;
    }
    const sent = (headers: Record<string, string>) =>
      service.call('POST', 'batches', Readable.from(long()), { 'content-type': 'text/xml', ...headers });
    for (const answer of [await sent({}), await sent({ 'content-length': String(70 * 1024 ** 2) })])
      expect([answer.statusCode, answer.json().status]).toEqual([413, 413]);
    expect(await count('batch_parts')).toBe(0);
  }, 60_000);
});

describe('what only one form has wrong', () => {
  it('is that form’s own, whatever it holds', async () => {
    const random = randomBytes(4_000).toString('hex');
    const digits = BigInt(`0x${random}`).toString();
    const told = await done(
      xml(
        xmlIn(next(), { insz: digits }),
        xmlUpdate(digits, `<EndingDate>${digits}</EndingDate>`),
        xmlIn(next()),
        form(`<DimonaCancel><DimonaPeriodId>${digits}</DimonaPeriodId></DimonaCancel>`, reference(random)),
        xmlIn(next(), { start: '2026-02-30' }),
      ),
    );
    expect(await formsOf(told)).toEqual(['B 00024-003', 'B 00913-003 00911-003', 'A', 'B 00913-003', 'B 00910-003']);
    expect((await textOf(told.notifications[0]?.href ?? '')).statusCode).toBe(200);
    const cookie = await portal.signInAsStaff('98472899765', AGENCY, 'view');
    expect((await portal.app.inject({ url: '/agency/declarations', headers: { cookie } })).statusCode).toBe(200);
  });
});
