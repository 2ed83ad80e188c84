import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseWhatRanOut, retention } from '../../src/commands/retention.ts';
import { readConfig } from '../../src/config.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { textOf } from '../house/sources.ts';
import { inszNumber } from '../records.ts';
import { actAsAgent, CITIZEN, lookUp } from '../support/support.example.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
});
afterAll(() => portal.close());

it('what is kept how long stands in the handbook as the code does it', () => {
  const rows = retention(readConfig('command', {})).map(({ what, howLong }) => `| ${what} | ${howLong} |`);
  const table = ['| what | how long |', '|---|---|', ...rows].join('\n');
  expect(textOf('docs/operations.md')).toContain(`## How long things are kept\n\n${table}\n`);
});

it('every table of the database says how long its rows are kept', async () => {
  const { rows } = await portal.db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  );
  const told = retention(readConfig('command', {})).flatMap(({ tables }) => tables);
  expect(told.sort()).toEqual(rows.map(({ name }) => name).sort());
});

it('a look-up is forgotten after its time and not before, and its access rows stay', async () => {
  const agent = await actAsAgent(portal);
  await portal.signInAs(CITIZEN);
  await lookUp(portal, agent, { insz: CITIZEN });
  await lookUp(portal, agent, { insz: CITIZEN });
  const left = async (table: string) => (await portal.db.query(`select count(*)::int as n from ${table}`)).rows[0].n;
  await portal.db.query(`update support_lookups set ends_at = '2026-10-24T09:05:00Z'`);
  await portal.db.query(
    `update support_lookups set ends_at = '2026-10-24T08:59:00Z' where lookup_id = (select min(lookup_id) from support_lookups)`,
  );
  const rows = await left('access_rows');
  await eraseWhatRanOut(portal.house);
  expect([await left('support_lookups'), await left('access_rows')]).toEqual([1, rows]);
});

it('what cannot be erased does not keep the rest', async () => {
  const done: string[] = [];
  const kind = (what: string, erase: () => Promise<unknown>) => ({ what, howLong: '', tables: [], erase });
  await eraseWhatRanOut(portal.house, [
    kind('stuck', () => Promise.reject(new Error(`no ${inszNumber(1)}`))),
    kind('fine', async () => done.push('fine')),
    { ...kind('kept', async () => done.push('kept')), erase: null },
  ]);
  expect(done).toEqual(['fine']);
});
