import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeNumber } from '../../src/workers/number-change.actions.ts';
import { numberChangeStore } from '../../src/workers/number-change.store.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { inszNumber } from '../records.ts';

const NOW = '2026-11-23T09:00:00Z';
const [OLD, NEW] = [inszNumber(31), inszNumber(32)] as [string, string];

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
});
afterAll(() => portal.close());

const rows = async (text: string, values: unknown[] = []) => (await portal.db.query(text, values)).rows;

/** A worker with a user name, choices and notices: some told, some in a digest that has not gone. */
async function worker(insz: string, userName: string, kinds: string[], keys: string[]): Promise<string> {
  await portal.signInAs(insz);
  const [{ id }] = await rows(`update workers set awaited = true where insz = $1 returning worker_id::text as id`, [
    insz,
  ]);
  for (const kind of kinds)
    await rows(`insert into notice_choices (worker_id, kind, mail, ebox, daily) values ($1, $2, true, false, true)`, [
      id,
      kind,
    ]);
  await rows(`insert into key_accounts select $1, $2, $2, 'a hash', $3, $3`, [id, userName, NOW]);
  for (const key of keys) {
    const bundle = randomUUID();
    await rows(
      `insert into notice_bundles (bundle_id, worker_id, channel, digest_day, due_at, secret_hash)
       values ($1::uuid, $2, 'mail', '2026-11-23', '2026-11-24T06:00:00Z', uuid_send($1::uuid))`,
      [bundle, id],
    );
    await rows(
      `insert into notices (worker_id, kind, key, channel, bundle_id, at, about) values ($1, 'declared', $2, 'mail', $3, $4, 'x')`,
      [id, key, bundle, NOW],
    );
  }
  return id;
}

it('two workers who are one person keep what both chose and were told, and the user name of the worker who stays', async () => {
  // the older key stays
  const kept = await worker(OLD, 'lotte', ['declared', 'report'], ['d1', 'd2']);
  const gone = await worker(NEW, 'lotte.new', ['declared', 'changed'], ['d3']);
  const person = { givenName: null, familyName: null, birthDate: null };
  const change = { oldInsz: OLD, newInsz: NEW, effectiveOn: '2026-11-01', person };
  expect(await changeNumber(portal.house.db, numberChangeStore, change, NOW)).toMatchObject({ result: 'merged' });

  const kinds = await rows('select kind from notice_choices where worker_id = $1 order by 1', [kept]);
  expect(kinds.map(({ kind }) => kind)).toEqual(['changed', 'declared', 'report']);
  const told = await rows('select key from notices where worker_id = $1 order by 1', [kept]);
  expect(told.map(({ key }) => key)).toEqual(['d1', 'd2', 'd3']);
  expect(await rows('select from notice_bundles where worker_id = $1 and gone_at is null', [kept])).toHaveLength(3);
  expect(await rows('select user_name from key_accounts')).toEqual([{ user_name: 'lotte' }]);
  expect(await rows('select awaited from workers where worker_id = $1', [kept])).toEqual([{ awaited: true }]);
  for (const table of ['notice_choices', 'notices', 'notice_bundles', 'key_accounts'])
    expect(await rows(`select from ${table} where worker_id = $1`, [gone]), table).toHaveLength(0);
});
