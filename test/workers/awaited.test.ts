import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Tables } from '../../src/platform/tables.ts';
import { awaitedStore } from '../../src/workers/awaited.store.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { inszNumber } from '../records.ts';

const NOW = '2026-11-23T09:00:00Z';
const TEMPO = '0403449823';
const ME = inszNumber(51);

let portal: TestApp;
let cookie: string;
let workerId: string;
beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency')`,
    [TEMPO],
  );
  cookie = await portal.signInAs(ME);
  workerId = (await rows('select worker_id::text as id from worker_numbers where insz = $1', [ME]))[0].id;
});
beforeEach(async () => {
  await portal.db.query('delete from notice_choices; delete from report_events; delete from report_drafts;');
  await portal.db.query('delete from reports; update workers set awaited = false; delete from pgboss.job');
});
afterAll(() => portal.close());

const rows = async (text: string, values: unknown[] = []) => (await portal.db.query(text, values)).rows;
const isAwaited = async () => (await rows('select awaited from workers where worker_id = $1', [workerId]))[0].awaited;
const post = (url: string, fields: Record<string, string> = {}) =>
  portal.app.inject({
    method: 'POST',
    url,
    headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
const lastOf = (answer: { headers: Record<string, unknown> }) => String(answer.headers.location).split('/').at(-1);

let days = 0;
const nextDay = () => `2026-11-${String(1 + (days++ % 20)).padStart(2, '0')}`;
async function reported(): Promise<string> {
  const told = { agency: 'Tempo Interim', company: 'Brouwerij De Zwaan', firstDay: nextDay() };
  return lastOf(await post('/reports', { draft: lastOf(await post('/reports/drafts', told)) ?? '' })) ?? '';
}
/** How many jobs one more declaration stages. */
async function staged(): Promise<number> {
  const startDate = new Date(Date.UTC(2026, 11, 1 + days++)).toISOString().slice(0, 10);
  const about = { employer: { enterpriseNumber: TEMPO }, worker: { insz: ME }, receivedAt: NOW };
  const declaration = temp({ ...about, startDate, endDate: startDate });
  await portal.house.intake.receive([{ declaration, sourceKey: null }], { channel: 'service', now: NOW });
  const jobs = await rows(`delete from pgboss.job where name = 'tidings' returning id`);
  return jobs.length;
}

it('ends with the last report that is closed, however it is closed', async () => {
  const [first, second] = [await reported(), await reported()];
  expect([await isAwaited(), await staged()]).toEqual([true, 1]);
  await post(`/reports/${first}/withdrawals`);
  expect([await isAwaited(), await staged()]).toEqual([true, 1]);
  await rows(`update reports set state = 'answered' where report_id = $1`, [second]);
  await post(`/reports/${second}/confirmations`);
  expect([await isAwaited(), await staged()]).toEqual([false, 0]);
  await reported();
  expect([await isAwaited(), await staged()]).toEqual([true, 1]);
});

it('lasts as long as he chose to hear of declarations, whatever becomes of reports, and the other way round', async () => {
  await rows(
    `insert into notice_choices (worker_id, kind, mail, ebox, daily) values ($1, 'declared', true, false, true)`,
    [workerId],
  );
  const report = await reported();
  await post(`/reports/${report}/withdrawals`);
  expect(await isAwaited()).toBe(true);
  await reported();
  await post('/notices', {});
  expect((await rows('select from notice_choices')).length).toBe(0);
  expect(await isAwaited()).toBe(true);
});

/** Begins, and stays open until it is let go. */
function opened(work: (tx: Transaction<Tables>) => Promise<unknown>) {
  const [isDone, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const committed = portal.house.db.transaction(async (tx) => {
    await work(tx);
    isDone.resolve();
    await letGo.promise;
  });
  const end = () => {
    letGo.resolve();
    return committed;
  };
  return { done: isDone.promise, end };
}
async function somebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await rows(waiting)).length === 0) await pause(5);
}
const choose = (tx: Transaction<Tables>) =>
  tx
    .insertInto('notice_choices')
    .values({ worker_id: workerId, kind: 'changed', mail: true, ebox: false, daily: false })
    .execute();

it('is never lost between one reason that ends and another that begins, whichever comes first', async () => {
  for (const isClosingFirst of [true, false]) {
    await portal.db.query('delete from notice_choices');
    const report = await reported();
    const begins = async (tx: Transaction<Tables>) => {
      await choose(tx);
      await awaitedStore.settle(tx, workerId);
    };
    const ends = async (tx: Transaction<Tables>) => {
      await tx.updateTable('reports').set({ state: 'closed' }).where('report_id', '=', report).execute();
      await awaitedStore.settle(tx, workerId);
    };
    const first = opened(isClosingFirst ? ends : begins);
    await first.done;
    const second = portal.house.db.transaction(isClosingFirst ? begins : ends);
    await somebodyWaits();
    await first.end();
    await second;
    expect([await isAwaited(), await staged()], String(isClosingFirst)).toEqual([true, 1]);
  }
});

it('begins anew an intake that read him before somebody waited', async () => {
  const before = (await rows('select version from workers where worker_id = $1', [workerId]))[0].version;
  await reported();
  const [{ version }] = await rows('select version from workers where worker_id = $1', [workerId]);
  expect(Number(version)).toBeGreaterThan(Number(before));
});
