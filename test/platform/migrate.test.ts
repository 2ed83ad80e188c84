import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { migrate, migrations, pendingMigrations } from '../../src/platform/migrate.ts';

const { host, port, template } = inject('postgres');
const name = `test_${randomBytes(6).toString('hex')}`;
const role = `reader "${name}"`;
let admin: pg.Client;
let owner: pg.Client;

const open = async (config: pg.ClientConfig) => {
  const client = new pg.Client({ host, port, user: 'postgres', ...config });
  await client.connect();
  return client;
};

beforeAll(async () => {
  admin = await open({ database: 'postgres' });
});
afterAll(async () => {
  await owner.end();
  await admin.query(`drop database ${name} with (force)`);
  await admin.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  await admin.end();
});

/** A new database: empty, or as another. */
async function anew(like = 'template1'): Promise<void> {
  await owner?.end();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${like}`);
  owner = await open({ database: name });
}

const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('an empty database', () => {
  beforeEach(() => anew());

  test('is brought up to date once, and a second time nothing runs', async () => {
    expect(await fault(pendingMigrations(owner))).toContain('migrations');
    expect(await migrate(owner, role)).toEqual(migrations());
    expect(await pendingMigrations(owner)).toEqual([]);
    expect(await migrate(owner, role)).toEqual([]);
  });

  test('is brought there once by two at the same moment', async () => {
    const other = await open({ database: name });
    const ran = await Promise.all([migrate(owner, role), migrate(other, role)]);
    await other.end();
    expect(ran.flat().sort()).toEqual(migrations());
  });

  test('keeps the ones before a failing one, and nothing of that', async () => {
    await owner.query('create table sessions (mine int)');
    expect(await fault(migrate(owner, role))).toMatch(/migration 2026-11-23-02-visitors\.sql failed: .*sessions/);
    expect((await owner.query('select name from migrations')).rows).toEqual([{ name: migrations()[0] }]);
    expect((await owner.query("select to_regclass('sign_in_challenges') as found")).rows).toEqual([{ found: null }]);
    await owner.query('drop table sessions');
    expect(await migrate(owner, role)).toEqual(migrations().slice(1));
  });
});

describe('a database that is up to date', () => {
  beforeEach(() => anew(template));

  test('a portal at work never stands without its rights while an operator migrates', async () => {
    await migrate(owner, role);
    const portal = await open({ database: name, user: role });
    let isDone = false;
    const reading = (async () => {
      const faults: string[] = [];
      while (!isDone) faults.push(await fault(portal.query('select from relations, declarations, sessions limit 1')));
      return faults.filter((message) => message !== 'none');
    })();
    for (let i = 0; i < 30; i++) await migrate(owner, role);
    isDone = true;
    const faults = await reading;
    await portal.end();
    expect(faults).toEqual([]);
  });

  describe('a history that is not ours is refused', () => {
    test('a migration this version does not know', async () => {
      await owner.query("insert into migrations (name) values ('2099-01-01-01-later.sql')");
      expect(await fault(migrate(owner, role))).toContain('does not know: 2099-01-01-01-later.sql');
    });

    test('a migration put before one that ran', async () => {
      await owner.query('delete from migrations where name = $1', [migrations()[0]]);
      expect(await fault(migrate(owner, role))).toContain('ran already');
    });
  });

  test('the portal may do what it must and nothing more', async () => {
    await migrate(owner, role);
    const { rows } = await owner.query(
      `select table_name as t, string_agg(lower(privilege_type), ' ' order by privilege_type) as may from information_schema.role_table_grants
     where grantee = $1 group by 1`,
      [role],
    );
    const may = Object.fromEntries(rows.map((row) => [row.t, row.may]));
    expect(may).toMatchObject({
      declarations: 'insert select',
      access_rows: 'insert select',
      migrations: 'select',
      installation: 'select',
    });
    expect(Object.values(may).join(' ')).not.toMatch(/truncate|references|trigger/);
    const { rows: owned } = await owner.query(
      'select relname from pg_class join pg_roles r on r.oid = relowner where rolname = $1',
      [role],
    );
    expect(owned).toEqual([]);
    const { rows: anybodys } = await owner.query(
      `select proname from pg_proc where prosecdef and has_function_privilege('public', oid, 'execute')`,
    );
    expect(anybodys, 'what reads or writes as the owner is nobody else’s').toEqual([]);
    const { rows: tables } = await owner.query(
      "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition",
    );
    expect(tables.map((row) => row.relname).filter((table) => !may[table])).toEqual([]);
  });

  test('a right that somebody added is taken back', async () => {
    await migrate(owner, role);
    await owner.query(`grant delete on declarations to ${pg.escapeIdentifier(role)}`);
    await migrate(owner, role);
    const portal = await open({ database: name, user: role });
    expect(await fault(portal.query('delete from declarations'))).toContain('permission denied');
    await portal.end();
  });
});
