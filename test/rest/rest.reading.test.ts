import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { addEnterprise } from '../records.ts';
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
const count = async () => Number((await portal.db.query('select count(*) as n from declarations')).rows[0].n);

describe('another agency', () => {
  it('finds nothing of ours, and cannot tell it from what does not exist', async () => {
    const { declarationId, period } = await told(temp());
    for (const [ours, unknown] of [
      [`declarations/${declarationId}`, 'declarations/999999999901'],
      [`periods/${period?.id}`, 'periods/999999999901'],
    ] as const) {
      const [a, b] = [await stranger.call('GET', ours), await stranger.call('GET', unknown)];
      expect([a.statusCode, { ...a.json(), instance: '' }]).toEqual([404, { ...b.json(), instance: '' }]);
    }
    const employer = { enterpriseNumber: OTHER };
    const change = { dimonaCancel: { periodId: period?.id }, employer };
    expect((await told(change, stranger)).anomalies.map(({ errorId }) => errorId)).toEqual(['00913-354']);
    for (const what of ['declarations', 'periods', 'relations']) {
      const { items } = (await stranger.call('POST', `${what}/search`, { employer })).json();
      expect(JSON.stringify(items)).not.toMatch(`${declarationId}|/periods/${period?.id}`);
      expect(
        (await stranger.call('POST', `${what}/search`, { employer: { enterpriseNumber: AGENCY } })).statusCode,
      ).toBe(403);
    }
  });
});

describe('searching', () => {
  it.each(['declarations', 'periods', 'relations'])('%s, page by page, finds each once', async (what) => {
    for (let n = 0; n < 5; n++) await post(temp());
    const ids: string[] = [];
    let url: string | null = `/REST/dimona/v2/${what}/search?pageSize=3&page=1`;
    while (url) {
      const answer = await service.call('POST', url, { employer: { enterpriseNumber: AGENCY } });
      expect(answer.statusCode).toBe(200);
      const { items, next }: { items: { href?: string; worker: { ssin: string } }[]; next: string | null } =
        answer.json();
      expect(items.length).toBeLessThanOrEqual(3);
      ids.push(...items.map((item) => item.href ?? item.worker.ssin));
      url = next?.slice(ORIGIN.length) ?? null;
    }
    const table = { declarations: 'declarations', periods: 'relations', relations: 'relations' }[what];
    const key = what === 'relations' ? 'count(distinct worker_id)' : 'count(*)';
    const live = what === 'relations' ? 'and not cancelled' : '';
    const { rows } = await portal.db.query(`select ${key} as n from ${table} where agency_number = $1 ${live}`, [
      AGENCY,
    ]);
    expect(ids).toHaveLength(Number(rows[0].n));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('narrows to a worker and to days, and writes down whose data was seen', async () => {
    const mine = temp();
    const { period } = await told(mine);
    const body = {
      employer: { enterpriseNumber: AGENCY },
      worker: { ssin: mine.worker.ssin },
      startDate: '2026-11-27',
      endDate: '2026-12-31',
    };
    const found = await service.call('POST', 'periods/search', body);
    expect(found.json().items.map((item: { periodId: string }) => item.periodId)).toEqual([period?.id]);
    const { rows } = await portal.db.query('select * from access_rows order by id desc limit 1');
    expect(rows[0]).toMatchObject({
      actor_kind: 'agency',
      actor_agency: AGENCY,
      actor_client: service.clientId,
      subjects: [mine.worker.ssin],
      purpose: 'agency-view',
      channel: 'service',
      result_count: 1,
    });
    expect((await service.call('POST', 'periods/search', { ...body, startDate: '2026-11-28' })).json().items).toEqual(
      [],
    );
    const declared = (await service.call('POST', 'declarations/search', body)).json().items;
    expect(declared.map((item: { worker: { ssin: string } }) => item.worker.ssin)).toEqual([mine.worker.ssin]);
    const nobody = { ...body, worker: { ssin: '85073003328' } };
    for (const what of ['declarations', 'periods', 'relations'])
      expect((await service.call('POST', `${what}/search`, nobody)).json().items, what).toEqual([]);
    for (const what of ['declarations', 'periods'])
      expect((await service.call('POST', `${what}/search`, { ...body, periodId: '' })).json().items, what).toEqual([]);
    const relation = (await service.call('POST', 'relations/search', body)).json().items[0];
    expect(relation).toMatchObject({ worker: mine.worker, startDate: '2026-11-23', endDate: '2026-11-27' });
  });

  it('refuses pages and searches that are none', async () => {
    const body = { employer: { enterpriseNumber: AGENCY } };
    for (const query of ['pageSize=0', 'pageSize=501', 'pageSize=x', 'page=2', 'after=%00', 'after=Jzsn'])
      expect((await service.call('POST', `declarations/search?${query}`, body)).statusCode, query).toBe(400);
    const keyed = (key: string) => `after=${Buffer.from(key).toString('base64url')}`;
    for (const [what, ...keys] of [
      ['declarations', 'i', '-1', '1e3', '9'.repeat(30), '2026-11-23|900000000016'],
      ['relations', 'i', '9'.repeat(30)],
      ['periods', '1', 'i', '2026-02-30|900000000016', '2026-11-23|', '2026-11-23|a\0'],
    ] as const)
      for (const key of keys)
        expect((await service.call('POST', `${what}/search?${keyed(key)}`, body)).statusCode, `${what} ${key}`).toBe(
          400,
        );
    expect((await service.call('POST', 'periods/search', { ...body, startDate: 'soon' })).json().errors).toMatchObject([
      { field: 'startDate' },
    ]);
  });
});

describe('addresses of the service', () => {
  it('need a token that counts, and no cookie opens them', async () => {
    const cookie = await portal.signInAs('85073003328');
    for (const authorization of [undefined, 'Bearer x', `Bearer ${'x'.repeat(43)}`, 'Basic abc', 'Bearer'])
      for (const url of ['declarations/1', 'periods/1']) {
        const headers = { cookie, ...(authorization ? { authorization } : {}) };
        const answer = await portal.app.inject({ url: `/REST/dimona/v2/${url}`, headers });
        expect([answer.statusCode, answer.headers['www-authenticate']?.toString().slice(0, 22)]).toEqual([
          401,
          `Bearer realm="dimona"${authorization ? ',' : ''}`,
        ]);
        expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      }
  });

  it('tell what they know: 404 for unknown ones, 405 for another method', async () => {
    const told = async (method: 'GET' | 'POST', url: string) => {
      const { statusCode, headers } = await service.call(method, url);
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      return [statusCode, headers.allow];
    };
    expect(await told('GET', '/REST/dimona/v2/nothing')).toEqual([404, undefined]);
    expect(await told('GET', 'declarations')).toEqual([405, 'POST']);
    expect(await told('POST', 'periods/1')).toEqual([405, 'GET']);
  });
});

describe('whatever is sent', () => {
  const anything = fc.oneof(fc.json(), fc.string({ unit: 'binary', maxLength: 200 }));
  const paths = [
    'employer',
    'worker',
    'dimonaIn',
    'dimonaIn.features',
    'dimonaIn.features.usingEmployer',
    'dimonaIn.startDate',
    'worker.ssin',
    'worker.familyName',
    'dimonaIn.plannedHoursNumber',
  ];

  it('is answered with 201, 400, 403 or 415, and is in the ledger exactly when it is 201', async () => {
    const mutated = fc.tuple(fc.constantFrom(...paths), fc.jsonValue()).map(([path, value]) => {
      const body = structuredClone(temp()) as Record<string, unknown>;
      const steps = path.split('.');
      const last = steps.pop() ?? '';
      const at = steps.reduce((from, step) => from[step] as Record<string, unknown>, body);
      at[last] = value;
      return JSON.stringify(body);
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, mutated), async (body) => {
        const before = await count();
        const answer = await post(body);
        expect([201, 400, 403, 413], `${answer.statusCode} ${body}`).toContain(answer.statusCode);
        expect(await count()).toBe(before + (answer.statusCode === 201 ? 1 : 0));
        expect(answer.body).not.toMatch(/at .*\.ts:|undefined|select |insert /);
      }),
      { numRuns: 400 },
    );
  });

  it('deep nesting, great numbers and half characters are no fault of ours', async () => {
    const bodies = [
      '['.repeat(100_000),
      `{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
      JSON.stringify(temp({}, { plannedHoursNumber: 1e308 })),
      JSON.stringify(temp()).replace('Dvořák', '\\ud800'),
      JSON.stringify(temp({}, { startDate: '9999-12-31', endDate: '0001-01-01' })),
      JSON.stringify(temp({}, { features: { workerType: 'x'.repeat(10_000), jointCommissionNumber: 322 } })),
    ];
    for (const body of bodies) expect([201, 400], body.slice(0, 60)).toContain((await post(body)).statusCode);
  });
});
