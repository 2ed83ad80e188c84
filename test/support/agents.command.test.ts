import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../command.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { inszNumber } from '../records.ts';

const AGENT = inszNumber(41);
const masked = `••.••.••-•••.${AGENT.slice(9)}`;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const staff = (...args: string[]) => run(database.connection, ['staff', ...args, '--support'], { input: `${AGENT}\n` });

it('the operator adds, unlocks, lists and removes agents, each time with a row and never with a number', async () => {
  expect((await staff('list')).out).toBe('support agents: nobody\n');
  expect(await staff('add', '--insz', '-')).toEqual({ code: 0, out: `${masked}: added, support agent\n`, err: '' });
  expect((await staff('add', '--insz', AGENT)).out).toBe(`${masked}: known, support agent\n`);
  await database.db.query('update support_agents set failed = 20, locked_at = now()');
  expect((await staff('list')).out).toMatch(
    /^support agents: 1\n {2}••\.••\.••-•••\.\d\d {2}name not known, since 20\d\d-\d\d-\d\d, locked\n$/,
  );
  expect((await staff('unlock', '--insz', '-')).out).toBe(`${masked}: unlocked\n`);
  expect((await database.db.query('select failed, locked_at from support_agents')).rows).toEqual([
    { failed: 0, locked_at: null },
  ]);
  expect((await staff('remove', '--insz', '-')).out).toBe(`${masked}: removed\n`);
  expect(await staff('unlock', '--insz', '-')).toMatchObject({ code: 1, err: `${masked} is no support agent\n` });
  const { rows } = await database.db.query(
    `select subject_insz, actor_kind, channel, detail from access_rows order by id`,
  );
  expect(rows).toEqual(
    ['added', 'unlocked', 'removed'].map((act) => {
      return { subject_insz: AGENT, actor_kind: 'system', channel: 'command', detail: { act, desk: 'support' } };
    }),
  );
  for (const wrong of [['promote', '--insz', '-'], ['add'], ['add', '--insz', '-', '--agency', '0403449823']])
    expect((await staff(...wrong)).code, wrong.join(' ')).toBe(2);
});
