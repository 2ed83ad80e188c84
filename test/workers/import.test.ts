import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../command.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { inszNumber } from '../records.ts';
import { form, message } from './idflux.example.ts';

const [A, B, C] = [inszNumber(21), inszNumber(22), inszNumber(23)] as [string, string, string];
const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-idflux-'));

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.db.query('truncate workers, worker_numbers, number_changes, merged_workers cascade'));

const numbers = async () =>
  (
    await database.db.query(
      'select n.insz, w.insz as own from worker_numbers n join workers w using (worker_id) order by 1',
    )
  ).rows;

async function importing(name: string, content: string | Buffer) {
  const file = path.join(folder, name);
  const results = path.join(folder, 'results.jsonl');
  writeFileSync(file, content);
  const told = await run(database.connection, ['import', file, '--results', results]);
  const lines = readFileSync(results, 'utf8').split('\n').filter(Boolean);
  return { ...told, lines: lines.map((line) => JSON.parse(line)) };
}

const three = message(
  form({ oldInsz: A, newInsz: B }),
  form({ oldInsz: B, newInsz: C, status: '2' }),
  form({ oldInsz: C, newInsz: A }),
  form({ newInsz: A }),
);

describe('import of an IDFLUX message', () => {
  it('told by its root, gives a result for each form, and the same again', async () => {
    const told = await importing('changes.xml', three);
    expect(told.code).toBe(0);
    expect(told.lines).toEqual([
      { line: 3, result: 'linked', reason: null },
      { line: 10, result: 'linked', reason: null },
      { line: 17, result: 'refused', reason: 'the new number was replaced by the old one before' },
      { line: 24, result: 'none', reason: 'no number of a person changed' },
    ]);
    expect(told.out).toContain('4 changes of number: 0 merged, 2 linked, 0 known, 1 none, 1 refused');
    expect(told.out).toContain('line 17: the new number was replaced by the old one before');
    expect(told.out + told.err).not.toMatch(/\d{11}/);
    const own = [A, B, C].map((insz) => ({ insz, own: C }));
    expect(await numbers()).toEqual(own);
    const again = await importing('changes.xml.gz', gzipSync(three));
    expect(again.lines.map(({ result }) => result)).toEqual(['known', 'known', 'refused', 'none']);
    expect(await numbers()).toEqual(own);
  });

  it('that is broken is refused whole, with line and column', async () => {
    const told = await importing('broken.xml', three.replace('</IDFLUX>', '<Thing/></IDFLUX>'));
    expect(told.code).toBe(1);
    expect(told.err).toMatch(/line 31, column \d+: Thing in IDFLUX/);
    expect(await numbers()).toEqual([]);
    const cut = await importing('cut.xml.gz', gzipSync(three).subarray(0, 200));
    expect([cut.code, await numbers()]).toEqual([1, []]);
    expect(cut.err).toMatch(/^line \d+, column \d+: /);
  });

  it('beside declarations in one command: each file by its own root', async () => {
    writeFileSync(path.join(folder, 'one.xml'), '<Dimona></Dimona>');
    writeFileSync(path.join(folder, 'two.xml'), message(form({ oldInsz: A, newInsz: B })));
    const files = ['one.xml', 'two.xml'].map((name) => path.join(folder, name));
    const told = await run(database.connection, ['import', ...files]);
    expect(told.code).toBe(0);
    expect(told.out).toContain('0 declarations');
    expect(told.out).toContain('1 linked');
  });
});
