import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as paths from '../../src/web/paths.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { type Heard, heardWhile } from '../heard.ts';
import { serviceOf } from '../rest/client.ts';
import { declareFor, OWNER } from './routes.arrange.ts';

/**
 * Row policies let only what cannot leak a row choose along an index; all else is asked of every row of the agency, which nobody notices before
 * there are many. Here what the portal asks is planned as its own role, in the name it asks in.
 */

const TEMPO = '0403449823';
let portal: TestApp;
let cookie: string;
beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  await declareFor(portal, OWNER);
  cookie = await portal.signInAsStaff('94022722580', TEMPO, 'view');
  await portal.db.query(`
    insert into relations select (jsonb_populate_record(r, jsonb_build_object('period_id', lpad(n::text, 12, '0'),
      'start_date', date '2015-01-01' + n, 'end_date', date '2015-01-01' + n, 'worker_id', another.worker_id))).*
    from relations r, generate_series(1, 2000) n, worker_numbers another where another.insz = '94022722580'`);
  await portal.db.query(`
    insert into declarations overriding system value select (jsonb_populate_record(d, jsonb_build_object('seq', -n,
      'declaration_id', lpad(n::text, 12, '0'), 'period_id', lpad(n::text, 12, '0'), 'insz', n::text))).*
    from declarations d, generate_series(1, 2000) n`);
  await portal.db.query('analyze');
});
afterAll(() => portal.close());

interface Plan {
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** What each index of the statement's plan is asked for. */
async function soughtBy({ begin, text, values }: Heard): Promise<{ index: string; by: string }[]> {
  const client = new pg.Client(portal.connection);
  await client.connect();
  try {
    await client.query(begin);
    await client.query(
      'set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
    );
    const { rows } = await client.query(`explain (format json) ${text}`, values);
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'];
    return nodesOf(plan).flatMap((node) =>
      node['Index Name'] ? [{ index: node['Index Name'], by: node['Index Cond'] ?? '' }] : [],
    );
  } finally {
    await client.end();
  }
}

it('a service’s search for a worker reads his declarations alone', async () => {
  const service = await serviceOf(portal, TEMPO);
  const search = { employer: { enterpriseNumber: TEMPO }, worker: { ssin: OWNER } };
  const heard = await heardWhile(async () => {
    const { statusCode } = await service.call('POST', 'declarations/search', search);
    expect(statusCode).toBe(200);
  });
  const [found] = heard.filter(({ text }) => /from declarations d/.test(text));
  const sought = found ? await soughtBy(found) : [];
  expect(sought).toContainEqual({
    index: 'declarations_apart_by_person',
    by: expect.stringMatching(/agency_number = .*insz = ANY/),
  });
  expect(sought.map(({ index }) => index)).not.toContain('declarations_by_receipt');
});

describe('where the planner has no other index, as it would not take it among many rows', () => {
  beforeAll(async () => {
    await portal.db.query(
      'drop index relations_by_agency_and_worker, relations_lately_by_agency, declarations_refused_by_period',
    );
  });

  const after = Buffer.from('2026-11-20T10:00:00Z 7').toString('base64url');
  it.each([
    ['deep page', `after=${after}`, /ROW\(\(?CASE .* < ROW\(/],
    ['days of receipt', 'from=2026-11-01&to=2026-11-20', /CASE .* >= .*CASE .* < /],
    ['refused, deep page', `result=B&after=${after}`, /ROW\(\(?CASE .* < ROW\(/],
  ])('the desk’s table is read from its place on: %s', async (_, query, by) => {
    const heard = await heardWhile(async () => {
      const { statusCode } = await portal.app.inject({ url: `${paths.DECLARATIONS}?${query}`, headers: { cookie } });
      expect(statusCode).toBe(200);
    });
    const [page] = heard.filter(({ text }) => /with page as/.test(text));
    const sought = page ? await soughtBy(page) : [];
    expect(sought).toContainEqual({
      index: expect.stringMatching(/^declarations_(by_receipt|refused)$/),
      by: expect.stringMatching(by),
    });
  });

  it('an intake reads of a worker only the periods around the days it declares', async () => {
    const declaration = temp({ worker: { insz: OWNER }, startDate: '2026-12-01', endDate: '2026-12-01' });
    const about = { channel: 'import', now: portal.house.clock.now() } as const;
    const heard = await heardWhile(() => portal.house.intake.receive([{ declaration, sourceKey: null }], about));
    const [reading] = heard.filter(({ text }) => /around as materialized/.test(text));
    const sought = reading ? await soughtBy(reading) : [];
    expect(sought).toContainEqual({
      index: 'relations_by_worker',
      by: expect.stringMatching(/worker_id = .*CASE .* >= around\.first/),
    });
  });
});
