import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgencyClient } from '../../src/identity/visitor.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { xml, xmlIn } from '../declarations/batches.example.ts';
import { addEnterprise } from '../records.ts';

const AGENCY = '0403449823';
const FORMS = 5_000;
const NOW = '2026-11-20T09:00:00Z';
const visitor: AgencyClient = {
  kind: 'client',
  clientId: 'killed',
  agencyNumber: AGENCY,
  nssoNumber: null,
  scopes: [],
};
const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-killed-'));
const file = path.join(folder, 'large.xml');
let portal: TestApp;

beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
  await addEnterprise(portal, AGENCY);
  writeFileSync(file, xml(...Array.from({ length: FORMS }, (_, n) => xmlIn(n % 900, daysOf(n)))));
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true });
});

function daysOf(n: number): { start: string; end: string } {
  const day = new Date(Date.UTC(2026, 10, 23 + Math.floor(n / 900))).toISOString().slice(0, 10);
  return { start: day, end: day };
}

const standing = async () =>
  (await portal.db.query('select state, accepted from batches')).rows[0] as
    | { state: string; accepted: number }
    | undefined;
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 100_000; !(await isSo()); ) {
    if (Date.now() > end) throw new Error(`it did not come to that: ${JSON.stringify(await standing())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a portal that is killed in the middle of a batch: another goes on, and every form is declared once', async () => {
  const child = spawn(process.execPath, [
    path.join(import.meta.dirname, 'batch.child.ts'),
    JSON.stringify({ connection: portal.connection, visitor, file, now: NOW }),
  ]);
  const gone = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  await until(async () => ((await standing())?.accepted ?? 0) > 300);
  child.kill('SIGKILL');
  expect(await gone).toBe('SIGKILL');
  expect((await standing())?.state).toBe('declaring');

  await until(async () => {
    await portal.house.batches.sweep();
    return (await standing())?.state === 'done';
  });
  const sent = { name: 'again.xml', bytes: createReadStream(file) as AsyncIterable<Buffer> };
  const again = await portal.house.batches.receive(visitor, sent, NOW, 0);
  expect(again.isKnown).toBe(true);
  expect(again.batch).toMatchObject({ state: 'done', forms: FORMS, results: { A: FORMS, W: 0, B: 0 } });
  const { rows } = await portal.db.query(
    'select count(*)::int as all, count(distinct source_key)::int as forms, (select count(*)::int from relations) as relations from declarations',
  );
  expect(rows).toEqual([{ all: FORMS, forms: FORMS, relations: FORMS }]);
  expect((await portal.db.query('select count(*)::int as n from batch_parts')).rows).toEqual([{ n: 0 }]);
}, 240_000);
