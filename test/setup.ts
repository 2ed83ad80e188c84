import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/migrate.ts';
import { holdEmbedded } from '../src/platform/postgres.embedded.ts';
import { removeAbandoned, testHome } from './home.ts';

/** Every test file copies the template: months that no test lives in would be half of its files. */
const FEWER_MONTHS = `
  do $$
  declare part text;
  begin
    for part in
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent in ('access_rows'::regclass, 'access_seals'::regclass)
        and c.relname ~ '_\\d{4}_\\d\\d$' and right(c.relname, 7) not between '2026_09' and '2027_03'
    loop
      execute format('drop table %I', part);
    end loop;
  end $$`;

/** One embedded PostgreSQL for the whole run, in a folder of its own, with a migrated template that test files copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeAbandoned();
  const { home, remove } = testHome('test');
  const cluster = await holdEmbedded(home);
  const { host, port } = cluster;
  const admin = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await admin.connect();
  await admin.query('create database template_interim');
  const owner = new pg.Client({ host, port, user: 'postgres', database: 'template_interim' });
  await owner.connect();
  await migrate(owner, 'portal');
  await owner.query(FEWER_MONTHS);
  await owner.end();
  await admin.end();
  project.provide('postgres', { host, port, template: 'template_interim' });
  return async () => {
    await cluster.release();
    remove();
  };
}
