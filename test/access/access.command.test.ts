import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealingStore } from '../../src/access/sealing.store.ts';
import { run } from '../command.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { inszNumber } from '../records.ts';
import { access, MONTHS, writer } from './access.example.ts';

let database: TestDatabase;
let sealing: ReturnType<typeof sealingStore>;
let write: ReturnType<typeof writer>;

beforeAll(async () => {
  database = await openTestDatabase();
  sealing = sealingStore(database.portal);
  write = writer(database);
});
afterAll(() => database.close());
beforeEach(() => database.db.query('truncate access_rows, access_seals, access_unsealed restart identity'));

describe('the command', () => {
  it('verifies, prints a head that it takes again, and names the row that a superuser changed', async () => {
    await write(...MONTHS.map((at) => access(at)));
    await sealing.seal();
    const sound = await run(database.connection, ['access', 'verify']);
    expect([sound.code, sound.err]).toEqual([0, '']);
    expect(sound.out).toMatch(
      /^2026-09: 1 links, sound\n2026-10: 3 links, sound\n2026-11: 2 links, sound\n0 rows wait for their seal\nhead 2026-11:2:[\da-f]{64}\n$/,
    );
    const head = sound.out.trim().split(' ').at(-1) ?? '';
    expect((await run(database.connection, ['access', 'verify', '--head', head])).code).toBe(0);
    await database.db.query(`update access_rows set subject_insz = '${inszNumber(7)}' where id = 3`);
    const broken = await run(database.connection, ['access', 'verify', '--head', head]);
    expect([broken.code, broken.out, broken.err]).toEqual([
      1,
      '',
      'broken in 2026-10: row 3 was changed, or its seal was\n',
    ]);
    expect((await run(database.connection, ['access', 'verify', '--head', 'x'])).code).toBe(2);
  });

  it('exports as JSON lines and CSV, of everybody or one person, and writes that down first', async () => {
    await write(
      access(MONTHS[2] as string),
      access(MONTHS[3] as string, { subject: [inszNumber(2), inszNumber(3)], detail: { a: '=1+1' } }),
    );
    const reason = ['--reason', 'Data protection officer, question 12'];
    const all = await run(database.connection, ['access', 'export', ...reason, '--to', '2026-11-30']);
    expect(all.err).toBe('');
    const lines = all.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ subjects }) => subjects)).toContainEqual([inszNumber(2), inszNumber(3)]);
    expect(lines.find(({ purpose }) => purpose === 'access-export')?.subjects ?? ['everybody']).toEqual(['everybody']);
    const one = await run(
      database.connection,
      ['access', 'export', ...reason, '--insz', '-', '--csv', '--to', '2026-11-30'],
      { input: `${inszNumber(3)}\n` },
    );
    expect(one.err).toBe('');
    expect(one.out.split('\n')[0]).toBe(
      'id,at,actorKind,actorInsz,actorAgency,actorClient,subjects,purpose,channel,detail,resultCount,requestId',
    );
    expect(one.out).toContain(`${inszNumber(2)} ${inszNumber(3)}`);
    expect(one.out).not.toContain('sign-in,screen,"{""method""');
    const { rows } = await database.db.query(
      `select subject_insz, actor_kind, detail ->> 'reason' as reason from access_rows where purpose = 'access-export' order by id`,
    );
    expect(rows).toEqual([
      { subject_insz: 'everybody', actor_kind: 'system', reason: reason[1] },
      { subject_insz: inszNumber(3), actor_kind: 'system', reason: reason[1] },
    ]);
    for (const wrong of [
      [],
      ['--reason', ''],
      ['--reason', `of ${inszNumber(1)}`],
      [...reason, '--from', 'yesterday'],
      [...reason, '--insz', '12'],
    ])
      expect((await run(database.connection, ['access', 'export', ...wrong])).code, wrong.join(' ')).toBe(2);
  });
});
