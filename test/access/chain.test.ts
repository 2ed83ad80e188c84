import { spawn } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealingStore } from '../../src/access/sealing.store.ts';
import { verifyAccess } from '../../src/access/verify.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { inszNumber } from '../records.ts';
import { access, MONTHS, writer } from './access.example.ts';

let database: TestDatabase;
let portal: pg.Client;
let sealing: ReturnType<typeof sealingStore>;
let write: ReturnType<typeof writer>;

beforeAll(async () => {
  database = await openTestDatabase();
  portal = new pg.Client(database.connection);
  await portal.connect();
  sealing = sealingStore(database.portal);
  write = writer(database);
});
afterAll(async () => {
  await portal.end();
  await database.close();
});
beforeEach(() => database.db.query('truncate access_rows, access_seals, access_unsealed restart identity'));

/** As many years as the database keeps, counted from today as the database does. */
const oldest = () => Temporal.Now.plainDateISO('UTC').subtract({ years: 10 }).toString().slice(0, 7);

const verified = async (noted: Parameters<typeof verifyAccess>[1]['noted'] = null) => {
  const client = await database.portal.connect();
  return verifyAccess(client, { noted, oldest: oldest() }).finally(() => client.end());
};

describe('the chain of access rows', () => {
  it('has a link for every row, and one that anchors each month to the one before', async () => {
    await write(
      ...MONTHS.map((at) => access(at)),
      access('2026-11-03T00:00:00Z', { subject: [inszNumber(2), inszNumber(3)] }),
    );
    expect(await verified()).toMatchObject({ sound: true, heads: [], waiting: 5 });
    expect(await sealing.seal()).toBe(5);
    expect(await sealing.seal()).toBe(0);
    const found = await verified();
    expect(found).toMatchObject({ sound: true, waiting: 0 });
    expect(found.sound && found.heads.map(({ month, number }) => [month, number])).toEqual([
      ['2026-09', 1],
      ['2026-10', 3],
      ['2026-11', 3],
    ]);
    const { rows } = await database.db.query(
      'select month::text, number, anchor_month::text from access_seals where anchor_month is not null order by month',
    );
    expect(rows).toEqual([
      { month: '2026-10-01', number: '1', anchor_month: '2026-09-01' },
      { month: '2026-11-01', number: '1', anchor_month: '2026-10-01' },
    ]);
  });

  const TAMPERED: [string, string, RegExp][] = [
    ['a purpose', `update access_rows set purpose = 'export' where id = 2`, /^row 2 was changed/],
    ['a detail', `update access_rows set detail = '{"method": "csam"}' where id = 3`, /^row 3 was changed/],
    [
      'an instant',
      `update access_rows set at = at + interval '1 microsecond' where id = 3`,
      /^row 3 was changed: its instant/,
    ],
    [
      'an instant into another month',
      `update access_rows set at = at + interval '40 days' where id = 2`,
      /^row 2 was changed: its instant/,
    ],
    [
      'a subject among many',
      `update access_rows set subjects[2] = '${inszNumber(9)}' where id = 5`,
      /^row 5 was changed/,
    ],
    ['a row taken away', 'delete from access_rows where id = 2', /^row 2 was removed/],
    [
      'a row and its seal taken away',
      'with gone as (delete from access_rows where id = 2) delete from access_seals where access_id = 2',
      /^row 3 follows on link 2, which is missing/,
    ],
    [
      'the end of an old month',
      `with gone as (delete from access_rows where id = 3) delete from access_seals where access_id = 3`,
      /^the chain of 2026-10 is not what it was at its link 3/,
    ],
    [
      'a row put in',
      `insert into access_rows (at, actor_kind, subject_insz, purpose, channel) values ('2026-10-02T00:00:00Z', 'system', 'x', 'sign-in', 'screen')`,
      /^row 6 was put there by another way/,
    ],
    [
      'a copy of a row',
      `insert into access_rows (id, at, actor_kind, subject_insz, purpose, channel) overriding system value values (2, '2026-10-02T00:00:00Z', 'system', 'x', 'sign-in', 'screen')`,
      /^row 2 was put there by another way/,
    ],
    [
      'a seal made anew for a changed row',
      `with changed as (update access_rows set purpose = 'export' where id = 2) update access_seals set seal = sha256('mine') where access_id = 2`,
      /^row 2 was changed/,
    ],
  ];
  it.each(TAMPERED)('names what a superuser did: %s', async (_, sql, told) => {
    await write(
      ...MONTHS.map((at) => access(at)),
      access('2026-11-03T00:00:00Z', { subject: [inszNumber(2), inszNumber(3)] }),
    );
    await sealing.seal();
    await database.db.query(sql);
    const found = await verified();
    if (found.sound) throw new Error('nothing was found');
    expect(`${found.broken.row === null ? '' : `row ${found.broken.row} `}${found.broken.what}`).toMatch(told);
  });

  it('tells of a row that went before it was sealed', async () => {
    await write(access(MONTHS[0] as string));
    await database.db.query('delete from access_rows');
    await write(access(MONTHS[1] as string));
    expect(await sealing.seal()).toBe(1);
    expect(await verified()).toMatchObject({
      sound: false,
      broken: { row: '1', what: 'was removed before it was sealed' },
    });
  });

  it('tells of a row that was changed before it was sealed, and never seals it', async () => {
    await write(access(MONTHS[0] as string), access(MONTHS[1] as string));
    await database.db.query(`update access_rows set purpose = 'export' where id = 1`);
    expect(await sealing.seal()).toBe(1);
    expect(await verified()).toMatchObject({
      sound: false,
      broken: { row: '1', what: 'was changed before it was sealed' },
    });
  });

  it('that was cut off at its end is found by a head that was noted before', async () => {
    await write(...MONTHS.map((at) => access(at)));
    await sealing.seal();
    const head = await sealing.head();
    await write(access('2026-11-05T00:00:00Z'));
    await sealing.seal();
    expect(await verified(head)).toMatchObject({ sound: true });
    await database.db.query(
      `with gone as (delete from access_rows where id in (4, 5)) delete from access_seals where access_id in (4, 5)`,
    );
    expect(await verified()).toMatchObject({ sound: true });
    expect(await verified(head)).toMatchObject({
      sound: false,
      broken: { what: 'link 2 is not the one that was noted' },
    });
  });
});

describe('the sealer', () => {
  it('passes over no row, whatever the order of commits', async () => {
    const late = new pg.Client(database.connection);
    await late.connect();
    await late.query('begin');
    const { rows } = await late.query<{ id: string; at: string }>(
      `insert into access_rows (at, actor_kind, subject_insz, purpose, channel) values ('2026-10-31T23:59:59Z', 'worker', 'x', 'sign-in', 'screen') returning id`,
    );
    await late.query(`insert into access_unsealed select id, at, access_digest(a) from access_rows a where id = $1`, [
      rows[0]?.id,
    ]);
    await write(access('2026-10-31T23:59:59.5Z'), access('2026-11-01T00:00:00Z'));
    expect(await sealing.seal()).toBe(2);
    await late.query('commit');
    await late.end();
    expect(await sealing.seal()).toBe(1);
    const found = await verified();
    expect(found).toMatchObject({ sound: true, waiting: 0 });
    // the newest month vouches for what came late on the one before
    await database.db.query('delete from access_rows where id = 1; delete from access_seals where access_id = 1');
    expect(await verified()).toMatchObject({ sound: false, broken: { month: '2026-11' } });
  });

  it('is one of many, none of which seals a row twice or leaves one', async () => {
    const writers = Array.from({ length: 40 }, (_, i) =>
      write(...Array.from({ length: 30 }, () => access(`2026-1${i % 2}-05T00:00:00Z`))),
    );
    const sealers = Array.from({ length: 12 }, async () => sealing.seal());
    const sealed = (await Promise.all([...sealers, ...writers])).reduce<number>((sum, n) => sum + (n ?? 0), 0);
    const rest = await sealing.seal();
    expect(sealed + rest).toBe(1_200);
    expect(await verified()).toMatchObject({ sound: true, waiting: 0 });
  });

  it('that is killed leaves every row to the next', async () => {
    await write(...Array.from({ length: 3_000 }, () => access('2026-11-05T00:00:00Z')));
    const script = `import { openDatabase } from './src/platform/db.ts'; import { sealingStore } from './src/access/sealing.store.ts';
      const db = openDatabase({ connection: ${JSON.stringify(database.patient)}, log: { warn() {} } });
      process.stdout.write('begun'); await sealingStore(db).seal(); process.exit();`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    // the server may still be at work for the dead one, and lets nobody seal beside it
    for (let looks = 0; looks < 400; looks++) {
      const found = await verified();
      if (!found.sound || found.waiting === 0) break;
      if ((await sealing.seal()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rows } = await database.db.query('select count(*)::int as n from access_seals where access_id is not null');
    expect(rows).toEqual([{ n: 3_000 }]);
    expect(await verified()).toMatchObject({ sound: true, waiting: 0 });
  });
});

describe('the portal’s role', () => {
  it('can neither make, change nor take away a seal, nor take a row off the list of those that wait', async () => {
    await write(access(MONTHS[0] as string));
    for (const sql of [
      `insert into access_seals (month, number, sealed_at, seal) values ('2026-11-01', 1, now(), '')`,
      `update access_seals set seal = ''`,
      'delete from access_seals',
      'truncate access_seals',
      'delete from access_unsealed',
      'update access_unsealed set id = 9',
      'update access_rows set purpose = purpose',
      'delete from access_rows',
      `select append_access_seal('2026-11-01', '', 1, now(), null)`,
      `select anchor_access_month('2026-11-01', '2026-10-01')`,
      'drop table access_rows_2026_11',
    ])
      await expect(portal.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  });

  it('drops months after ten years and not before, whatever it asks, and makes those to come', async () => {
    const first = (years: number, months: number) =>
      Temporal.Now.plainDateISO('UTC').with({ day: 1 }).subtract({ years }).add({ months });
    const name = (day: Temporal.PlainDate) => `access_rows_${day.toString().slice(0, 7).replace('-', '_')}`;
    const [gone, kept, ahead] = [first(10, -1), first(10, 0), first(0, 24)];
    for (const month of [gone, kept])
      await database.db.query(
        `create table ${name(month)} partition of access_rows for values from ('${month}') to ('${month.add({ months: 1 })}')`,
      );
    await database.db.query(`drop table if exists ${name(ahead)}`);
    await write(
      access(`${gone}T00:00:00Z`),
      access(`${gone.add({ months: 1 }).subtract({ days: 1 })}T23:00:00Z`),
      access(`${kept}T00:00:00Z`),
    );
    await sealing.seal();
    expect(await sealing.keep()).toEqual([name(gone)]);
    const { rows } = await database.db.query('select id from access_rows');
    expect(rows).toEqual([{ id: '3' }]);
    const { rows: made } = await database.db.query('select to_regclass($1) is not null as yes', [name(ahead)]);
    expect(made).toEqual([{ yes: true }]);
    expect(await verified()).toMatchObject({ sound: true });
    expect(await sealing.keep()).toEqual([]);
    await database.db.query(`drop table ${name(kept)}`);
  });
});
