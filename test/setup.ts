import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/migrate.ts';
import { holdEmbedded, homeFor } from '../src/platform/postgres.embedded.ts';

/** One embedded PostgreSQL for the whole run, in a folder of its own, with a migrated template that test files copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const checkout = path.join(import.meta.dirname, '..');
  const name = path.basename(mkdtempSync(path.join(homeOfTests(), 'test-')));
  const home = homeFor(checkout, name, false);
  const cluster = await holdEmbedded(home);
  const { host, port } = cluster;
  const admin = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await admin.connect();
  await admin.query('create database template_interim');
  const owner = new pg.Client({ host, port, user: 'postgres', database: 'template_interim' });
  await owner.connect();
  await migrate(owner, 'portal');
  await owner.end();
  await admin.end();
  project.provide('postgres', { host, port, template: 'template_interim' });
  return async () => {
    await cluster.release();
    rmSync(home.root, { recursive: true, force: true });
  };

  function homeOfTests(): string {
    const parent = path.dirname(homeFor(checkout, 'tests', false).root);
    mkdirSync(parent, { recursive: true });
    return parent;
  }
}
