import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SignedInWorker } from '../../src/identity/visitor.ts';
import { overviewsActions } from '../../src/overviews/overviews.actions.ts';
import { DatabaseUnavailable } from '../../src/platform/db.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import { ORIGIN, openTestApp, type TestApp } from '../app.ts';
import { declareFor, OWNER } from '../house/routes.arrange.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:01:00Z' });
});
afterAll(() => portal.close());

it('an overview whose process was killed is made by another, once, and its order was never lost', async () => {
  const cookie = await portal.signInAs(OWNER);
  await declareFor(portal, OWNER);
  const { rows } = await portal.db.query('select worker_id from worker_numbers where insz = $1', [OWNER]);
  const errand = {
    connection: portal.connection,
    at: '2026-11-23T09:00:00Z',
    workerId: rows[0].worker_id,
    insz: OWNER,
  };
  const script = path.join(import.meta.dirname, 'ordering.child.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(errand)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const id = String(said);

  const stateOf = async () =>
    (await portal.db.query('select state, pdf, code_hash from overviews where overview_id = $1', [id])).rows[0];
  expect(await stateOf()).toMatchObject({ state: 'preparing', pdf: null, code_hash: null });
  const written = `select count(*)::int as n from access_rows where purpose = 'export' and subject_insz = $1`;
  expect((await portal.db.query(written, [OWNER])).rows[0].n).toBe(1);

  await Promise.all([portal.house.overviews.sweep(), portal.house.overviews.sweep()]);
  await portal.house.overviews.settled();
  const made = await stateOf();
  expect(made.state).toBe('ready');
  const answer = await portal.app.inject({ url: `/overviews/${id}/overview.pdf`, headers: { cookie } });
  expect(answer.rawPayload.subarray(0, 8).toString()).toBe('%PDF-1.7');

  await portal.house.overviews.sweep();
  await portal.house.overviews.settled();
  expect(await stateOf()).toEqual(made);
}, 60_000);

it('an overview that met a database that was away is made later, not given up', async () => {
  const cookie = await portal.signInAs(OWNER);
  const { db, clock, log } = portal.house;
  const { rows } = await portal.db.query('select worker_id from worker_numbers where insz = $1', [OWNER]);
  const visitor = { kind: 'worker', workerId: rows[0].worker_id, insz: OWNER } as SignedInWorker;
  const meets = () => Promise.reject(new DatabaseUnavailable('terminating connection'));
  const tools = {
    db,
    clock,
    log,
    publicUrl: ORIGIN,
    relations: { whole: meets, brief: meets },
  } as unknown as Parameters<typeof overviewsActions>[0];
  const away = overviewsActions(tools);
  const { filter } = parseFilter({}, clock.today());
  const id = await away.order(visitor, {
    filter,
    language: 'nl',
    sections: ['list'],
    fullInsz: false,
    requestId: 'test',
  });
  await away.settled();
  const stateOf = async () =>
    (await portal.db.query('select state from overviews where overview_id = $1', [id])).rows[0].state;
  expect(await stateOf()).toBe('preparing');
  // an older release left it, which had a choice less
  await portal.db.query(
    `update overviews set requested_at = requested_at - interval '1 minute', filter = filter - 'user' where overview_id = $1`,
    [id],
  );
  await portal.house.overviews.sweep();
  await portal.house.overviews.settled();
  expect(await stateOf()).toBe('ready');
  expect((await portal.app.inject({ url: `/overviews/${id}`, headers: { cookie } })).statusCode).toBe(200);
});
