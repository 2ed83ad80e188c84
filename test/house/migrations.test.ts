import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, migrations, pendingMigrations } from '../../src/platform/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { textOf } from './sources.ts';

/** SHA-256 of every migration that a release has run somewhere. What stands here never changes: a mistake is mended by a new migration. */
const FROZEN: Record<string, string> = {
  '2026-11-23-01-records.sql': 'f70284a455fa831ebac72aa67841563186240721ee1acb70c27d78a97c44d73c',
  '2026-11-23-02-visitors.sql': 'd1d5b57b1c4324b5f3a8068853e0068f8e5ff1ab1583efc057ed40b5682dacd3',
  '2026-11-24-01-agencies.sql': 'd8bb2ae1b70027690e358e2cc58bd2b22bedc0e5ed5f5414e86719df598e9b8c',
  '2026-11-24-03-clients.sql': 'ea2c449d564a3751833b2636cd9f91723c5604ffc1da7b96ca385c874c9da6ae',
  '2026-11-24-02-intake.sql': '6539d5f00be4cfbfd124373593d1da60f9434e69510e3bbd6ad7e384cb63689e',
  '2026-11-24-07-staff.sql': '4b0688942dc21c66b8b1379bac709425bfa5bbe2ff059094cb336e209c50b424',
  '2026-11-24-06-drafts.sql': '4683cbc0b2acdc944bfe43c01a5795ef5e2dc46a5f7e2b8bb494ef719412cd58',
  '2026-11-25-50-keys.sql': '212205d4b76832101f0e368951608ba83cde9b51b3ef6313525155a48e9ea317',
  '2026-11-25-10-batches.sql': '5a8ee4782f1d770ac81caf5f8e8852dc876defa1869da94b39579c92b9dea979',
  '2026-11-25-40-sign-out-hint.sql': '1f6793b1c9217f815efedc14fc53c8d54d73e72497352868785d72cd8e33ff6a',
  '2026-11-25-30-sign-in-steps.sql': '9bfc3dd51ea3146ee2070b15225d9cc4a05b26379ef3a865fc7ba5a8b9c111b5',
  '2026-11-24-05-desk.sql': '1cc1921590cba732cd254cc956fc05a906de89ee65c3f9cea0b789ff27c0fadb',
  '2026-11-25-91-shifts.sql': '1b39adaca90ed661a99af31199388ad41e4f286b560458304b0a48400107d817',
  '2026-11-25-92-notices.sql': '7be74ac15883bef7c4748f0dba6085e92996d0e82e24f7301a6b0b9ff110d5f9',
  '2026-11-25-82-unsealed.sql': '758fa2c4f38ff558e2e06e98a7c9d36881fe21a877e97505b552b5427c93c645',
  '2026-11-25-81-support.sql': '56c94ee0e4dbf48f45d5729b7ce55debe31a8b043bf739391bc6cc0dd512fde4',
  '2026-11-25-71-feeds.sql': '958bf9fb8c6b52fe318bff428aa8f573ae2e7ca580c89bc3544c3650724db908',
  '2026-11-25-70-verification.sql': '138f0400a164c4fcdd21edb75f4897ece1849997605613dc746674e51913f050',
  '2026-11-25-90-reports.sql': 'db731a87ac5b475aa682a03818d581ad06e4da1b85148575a16fa4123879197c',
  '2026-11-25-80-sealing.sql': 'a3d2b08435df4bedb09a415fe61cfc961c647b372895f6329f528f47f9bd6963',
  '2026-11-25-61-deliveries.sql': '6193a28499d49ca39d9197b5b371da8af3c46221540b4c85e92272662a7ed5bc',
  '2026-11-26-93-ebox-notices.sql': '0d24c1f5ff178532dd6c6b0df9dd5df4344afab599391db7a7aa0927c679e242',
  '2026-11-26-94-ahead.sql': '87d4eca44e94f0588a74f9b5f6d9204519e06c73aa31162d721a1334bf117381',
  '2026-11-26-96-lost-notices.sql': 'dbad32b05c1975fe6f7b12462a2e4efcb5d5c9ebfb355a6e76db84236bf88671',
  '2026-11-26-97-lean-intake.sql': '17b06e30e6bc26208e438a00b6dc2c78913d3b5ed946949b3c8ca591b5951393',
  '2026-11-26-98-second-hold.sql': '6fe7832dee7342ef9ec1ac63af743dbb01db1d4d0c0a80fc8cf6d505818fc293',
  '2026-11-26-99-generated.sql': '8dc06f9eba96ce2d4ec1b9c10221206fbdb0966c18e084e8c414c5abe29ed085',
  '2026-11-27-01-ready-once.sql': '7707a9364b5482b39a36a13afb98b5f834b0785078d09a393921e4e262049f5c',
  '2026-11-27-02-name-and-birth-date.sql': '5d57b102c5b5d055240fe79f30ea246f0fc284f4619d70138ed0438a0b249ee0',
  '2026-11-27-03-house-first.sql': '9f4bbed5646666d542fd789cb8ff377628b0b9dcbbe06e8d9b52e83b13f81684',
  '2026-11-27-04-sent-records.sql': 'b500c7d8a7acbe84986277ac27e05e65ac0627db2b2afff91f09fa0baa7397ae',
  '2026-11-27-05-fewer-pages.sql': '5b20647e2c04ac50cdd1993c2e67f23787133dfb3a0a336b360b086150fefdd3',
  '2026-11-27-06-through-policies.sql': '69b73502ff70e3f902872fc87efb0291073dc1c8d5cbad2d2cbe3d97e5cdf29d',
  '2026-11-27-07-own-periods.sql': 'ea999370be3b7f527faae3f75a0108a9a1134aa3f41499db1a7ae308d164f6e5',
  '2026-11-27-08-one-random-leaf.sql': 'ce345d478e947e97ffe08f63ec9099aa55b2b19ca7bcb6d9e24307cf23c7c277',
  '2026-11-25-60-addresses.sql': 'b2b26f5068f06a1f78c54dcbea5e2c8380dd036445972cb056eee1b55e23b65d',
};

const digest = (name: string) =>
  createHash('sha256')
    .update(textOf(`migrations/${name}`))
    .digest('hex');

let database: TestDatabase;
let owner: pg.Client;
let portal: pg.Client;

beforeAll(async () => {
  database = await openTestDatabase();
  owner = new pg.Client({ ...database.connection, user: 'postgres' });
  portal = new pg.Client(database.connection);
  await Promise.all([owner.connect(), portal.connect()]);
});

afterAll(async () => {
  await Promise.all([owner.end(), portal.end()]);
  await database.close();
});

describe('migrations', () => {
  it('have names that say when and what, in order', () => {
    const names = migrations();
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^20\d\d-[01]\d-[0-3]\d-\d\d-[a-z]+(-[a-z]+)*\.sql$/);
    expect(names).toEqual([...names].sort());
    expect(new Set(names.map((name) => name.slice(0, 13))).size).toBe(names.length);
  });

  it('are what earlier releases ran', () => {
    for (const [name, sha256] of Object.entries(FROZEN)) expect(digest(name), name).toBe(sha256);
    const missing = migrations().filter((name) => !(name in FROZEN));
    expect(
      missing.map((name) => `'${name}': '${digest(name)}',`),
      'freeze these',
    ).toEqual([]);
  });

  it('do nothing the second time', async () => {
    expect(await pendingMigrations(owner)).toEqual([]);
    expect(await migrate(owner, 'portal')).toEqual([]);
  });

  it('are refused on a database that is ahead, and before one that ran', async () => {
    await owner.query('begin');
    await owner.query(`insert into migrations (name) values ('2099-01-01-01-later.sql')`);
    await expect(pendingMigrations(owner)).rejects.toThrow('2099-01-01-01-later.sql');
    await owner.query(`delete from migrations where name = '2099-01-01-01-later.sql' or name = $1`, [migrations()[0]]);
    await expect(pendingMigrations(owner)).rejects.toThrow('comes before');
    await owner.query('rollback');
  });
});

describe('the portal’s role', () => {
  const refused = (sql: string) => expect(portal.query(sql), sql).rejects.toMatchObject({ code: '42501' });

  it('owns nothing and is nobody special', async () => {
    const owned = await owner.query(`select relname from pg_class where relowner = 'portal'::regrole
      union all select nspname from pg_namespace where nspowner = 'portal'::regrole
      union all select proname from pg_proc where proowner = 'portal'::regrole`);
    expect(owned.rows).toEqual([]);
    const { rows } = await owner.query(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = 'portal'`,
    );
    expect(Object.values(rows[0] as object)).toEqual([false, false, false, false, false]);
    const { rows: memberships } = await owner.query(`select from pg_auth_members where member = 'portal'::regrole`);
    expect(memberships).toEqual([]);
  });

  it('adds to the ledger and the access rows and changes nothing in them', async () => {
    const { rows } = await owner.query<{ relname: string }>(`select relname from pg_class where relkind in ('r', 'p')
      and (relname = 'declarations' or relname like 'access_rows%')`);
    expect(rows.length).toBeGreaterThan(2);
    for (const { relname } of rows) {
      const column = relname === 'declarations' ? 'result' : 'purpose';
      await refused(`update ${relname} set ${column} = 'A'`);
      await refused(`delete from ${relname}`);
      await refused(`truncate ${relname}`);
      await refused(`select * from ${relname} for update`);
    }
    for (const table of ['declarations', 'access_rows']) {
      const { rows: may } = await owner.query(
        `select has_table_privilege('portal', $1, 'insert') and has_table_privilege('portal', $1, 'select') as yes`,
        [table],
      );
      expect(may, table).toEqual([{ yes: true }]);
    }
  });

  it('reaches no partition but through its table', async () => {
    const { rows } = await owner.query(`select relname from pg_class where relispartition and relkind = 'r'
      and relnamespace = 'public'::regnamespace and has_table_privilege('portal', oid, 'select, insert, update, delete, truncate')`);
    expect(rows).toEqual([]);
  });

  it('runs no DDL', async () => {
    for (const sql of [
      'create table mine (id int)',
      'create schema mine',
      'alter table workers add column extra text',
      'drop table relations',
      'create index on relations (user_key)',
      'alter table declarations disable trigger all',
      `create function mine() returns int language sql as 'select 1'`,
      `select pgboss.create_queue('mine', '{"policy":"standard"}')`,
      `select pgboss.job_table_run('create table mine (id int)')`,
      'create table pgboss.mine (id int)',
      'alter table pgboss.job add column extra text',
    ])
      await refused(sql);
  });

  it('gives itself no right', async () => {
    await portal.query('grant update, delete on declarations to portal'); // PostgreSQL only warns
    await refused('delete from declarations');
  });

  it('neither forgets a migration nor marks an installation', async () => {
    await refused('delete from migrations');
    await refused(`insert into installation (purpose) values ('production')`);
  });
});
