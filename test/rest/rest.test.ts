import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { addEnterprise, inszNumber } from '../records.ts';
import { AGENCY, OTHER, type Told, temp, USER } from './bodies.ts';
import { type Service, serviceOf } from './client.ts';

const NOW = '2026-11-20T09:00:00Z';
const ORIGIN = 'http://localhost:3999';

let portal: TestApp;
let service: Service;
let stranger: Service;

beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
  await addEnterprise(portal, AGENCY, '935467');
  await addEnterprise(portal, OTHER, '15170023');
  await addEnterprise(portal, USER);
  [service, stranger] = await Promise.all([serviceOf(portal, AGENCY), serviceOf(portal, OTHER)]);
});
afterAll(() => portal.close());

const post = (body: unknown, headers: Record<string, string> = {}, by = service) =>
  by.call('POST', 'declarations', body, headers);
const told = async (body: unknown, by = service) => (await post(body, {}, by)).json<Told>().declarationStatus;
const codes = async (body: unknown) => {
  const { result, anomalies } = await told(body);
  return [result, ...anomalies.map(({ errorId }) => errorId)];
};
const count = async () => Number((await portal.db.query('select count(*) as n from declarations')).rows[0].n);

describe('declaring', () => {
  it('answers at once, where it also stands afterwards, in the shape of the social security’s service', async () => {
    const sent = temp();
    const answer = await post(sent);
    expect(answer.statusCode).toBe(201);
    const { declarationStatus: status, href } = answer.json<Told>();
    expect(answer.headers.location).toBe(href);
    expect(href).toBe(`${ORIGIN}/REST/dimona/v2/declarations/${status.declarationId}`);
    expect(status).toMatchObject({ result: 'A', anomalies: [], period: { id: expect.stringMatching(/^9\d{11}$/) } });
    const found = await service.call('GET', new URL(href).pathname);
    expect(found.statusCode).toBe(200);
    expect(found.json()).toEqual(answer.json());
    expect(found.json()).toEqual({
      href,
      worker: sent.worker,
      dimonaIn: sent.dimonaIn,
      employer: { employerId: '935467', enterpriseNumber: AGENCY },
      declarationStatus: status,
    });
    const period = await service.call('GET', new URL(status.period?.href ?? '').pathname);
    expect(period.json()).toMatchObject({
      periodId: status.period?.id,
      startDate: '2026-11-23',
      worker: sent.worker,
      features: sent.dimonaIn.features,
      isCancelled: false,
      isLate: false,
    });
  });

  it('takes every kind, and a period id as text or as a number', async () => {
    const { period } = await told(temp());
    const employer = { employerId: 935467 };
    expect(await codes({ dimonaUpdate: { periodId: Number(period?.id), endDate: '2026-11-26' }, employer })).toEqual([
      'A',
    ]);
    expect(await codes({ dimonaOut: { periodId: period?.id, endDate: '2026-11-25' }, employer })).toEqual(['A']);
    expect(await codes({ dimonaCancel: { periodId: period?.id }, employer })).toEqual(['A']);
    expect(await codes({ dimonaCancel: { periodId: period?.id }, employer })).toEqual(['B', '00913-355']);
  });

  it('is seen by the worker at once', async () => {
    const sent = temp();
    const cookie = await portal.signInAs(sent.worker.ssin);
    const { period } = await told(sent);
    const { items } = (await portal.app.inject({ url: '/relations.json', headers: { cookie } })).json();
    expect(items.map((item: { periodId: string }) => item.periodId)).toEqual([period?.id]);
  });

  it('names what it refuses, in two languages, and begins no period', async () => {
    const status = await told(temp({}, { endDate: undefined }));
    expect(status).toMatchObject({ result: 'B', anomalies: [{ errorId: '00911-001', severity: 'B' }] });
    expect(status.anomalies[0]?.labelFr).not.toBe(status.anomalies[0]?.labelNl);
    expect(status.period).toBeUndefined();
  });

  it('receives now, under ids of our own, whatever a body says', async () => {
    const body = temp(
      { declarationId: '656309292275', receivedAt: '2020-01-01T00:00:00Z' },
      { periodId: '656309292174' },
    );
    const { declarationId, period } = await told(body);
    expect([declarationId.slice(0, 1), period?.id.slice(0, 1)]).toEqual(['9', '9']);
    const { rows } = await portal.db.query(
      'select received_at, channel, sender from declarations where declaration_id = $1',
      [declarationId],
    );
    expect(rows[0]).toMatchObject({ channel: 'service', sender: `client:${service.clientId}` });
    expect(rows[0].received_at.getTime()).toBeGreaterThanOrEqual(Date.parse(NOW));
  });

  const BROKEN: [string, unknown, string[]][] = [
    ['no object', [], ['']],
    ['nothing', null, ['']],
    ['no employer', { ...temp(), employer: undefined }, ['employer']],
    ['an employer without number', { ...temp(), employer: {} }, ['employer']],
    ['two blocks', { ...temp(), dimonaCancel: { periodId: '1' } }, ['']],
    ['no block', { employer: { enterpriseNumber: AGENCY } }, ['']],
    [
      'days that are none',
      temp({}, { startDate: '2026-02-30', endDate: 'soon' }),
      ['dimonaIn.startDate', 'dimonaIn.endDate'],
    ],
    [
      'wrong types',
      temp({}, { plannedHoursNumber: '8', features: [] }),
      ['dimonaIn.plannedHoursNumber', 'dimonaIn.features'],
    ],
    ['a short INSZ', { ...temp(), worker: { ssin: '8507300332' } }, ['worker.ssin']],
    [
      'a short enterprise number',
      { ...temp(), employer: { enterpriseNumber: '40344' } },
      ['employer.enterpriseNumber'],
    ],
    [
      'text that cannot be kept',
      { ...temp(), worker: { ssin: inszNumber(1), familyName: 'a\0b' } },
      ['worker.familyName'],
    ],
  ];
  it.each(BROKEN)('%s: 400, with every field by name, and nothing kept', async (_, body, fields) => {
    const before = await count();
    const answer = await post(body);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(
      answer
        .json()
        .errors.map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual([...fields].sort());
    expect(await count()).toBe(before);
  });

  it('what is no JSON, or too much of it, or something else, is told as such', async () => {
    const status = async (body: string, headers = {}) => {
      const answer = await post(body, headers);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      return answer.statusCode;
    };
    expect(await status('{"employer":')).toBe(400);
    expect(await status('')).toBe(400);
    expect(await status('{"__proto__":{"a":1}}')).toBe(400);
    expect(await status(JSON.stringify(temp({ filler: 'x'.repeat(300_000) })))).toBe(413);
    expect(await status('<a/>', { 'content-type': 'text/xml' })).toBe(415);
  });

  it('for another agency, by either number or by two that disagree, is not allowed', async () => {
    const before = await count();
    const employers = [
      { enterpriseNumber: OTHER },
      { employerId: 15170023 },
      { enterpriseNumber: AGENCY, employerId: 15170023 },
    ];
    for (const employer of [...employers, { enterpriseNumber: '0431150351' }, { enterpriseNumber: '0000000000' }])
      expect((await post(temp({ employer }))).statusCode, JSON.stringify(employer)).toBe(403);
    expect(await count()).toBe(before);
    expect((await post(temp({ employer: { enterpriseNumber: 403449823, employerId: '000935467' } }))).statusCode).toBe(
      201,
    );
  });
});

describe('an idempotency key', () => {
  const key = () => ({ 'idempotency-key': `"${crypto.randomUUID()}"` });

  it('gives the first answer again, also to many at once', async () => {
    const [headers, body] = [key(), temp()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(body, headers)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.json<Told>().declarationStatus.declarationId)).size).toBe(1);
    expect((await post(body, headers)).headers.location).toBe(answers[0]?.headers.location);
  });

  it('with another body is a conflict; of another client it is another key', async () => {
    const headers = key();
    const body = temp();
    await post(body, headers);
    const before = await count();
    expect((await post(temp(), headers)).statusCode).toBe(409);
    expect(await count()).toBe(before);
    const theirs = { ...body, employer: { enterpriseNumber: OTHER } };
    expect((await post(theirs, headers, stranger)).statusCode).toBe(201);
  });

  it('must be a UUID', async () => {
    expect((await post(temp(), { 'idempotency-key': 'again' })).statusCode).toBe(400);
    expect((await post(temp(), { 'idempotency-key': crypto.randomUUID() })).statusCode).toBe(201);
  });
});
