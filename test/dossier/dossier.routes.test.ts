import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LEFT_OUT, ROWS } from '../../src/dossier/dossier.store.ts';
import { FILES } from '../../src/dossier/dossier.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { codeFor, declareFor, makeFeed, makeOverview, makeReport, OWNER, STRANGER } from '../house/routes.arrange.ts';

let portal: TestApp;
let cookie: string;
let secrets: string[];
let periodId: string;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  cookie = await portal.signInAs(OWNER);
  periodId = await declareFor(portal, OWNER);
  const id = await makeOverview(portal, cookie);
  const feed = await makeFeed(portal, cookie);
  await makeReport(portal, cookie);
  const staff = await portal.signInAsStaff(STRANGER, '0403449823', 'view');
  await portal.app.inject({ url: '/agency/declarations', headers: { cookie: staff } });
  secrets = [await codeFor(portal, id), feed.secret, cookie.split('=')[1] ?? ''];
});
afterAll(() => portal.close());

/** The files of an archive, by its central directory (APPNOTE 4.3.12). */
function unzipped(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [packed, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(zip.subarray(begin, begin + packed)).toString());
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

const take = async (who: string) => {
  const answer = await portal.app.inject({ url: '/my-data.zip', headers: { cookie: who, 'accept-language': 'en' } });
  expect(answer.statusCode).toBe(200);
  return { headers: answer.headers, files: unzipped(answer.rawPayload) };
};

describe('everything of a worker as one archive', () => {
  it('holds every file, each with something of his where there is something', async () => {
    const { headers, files } = await take(cookie);
    expect(headers['content-disposition']).toBe('attachment; filename="interim-at-work-2026-11-23.zip"');
    expect([...files.keys()].sort()).toEqual(['README.txt', 'relations.schema.json', ...FILES].sort());
    const rows = (name: string) => JSON.parse(files.get(name) ?? '') as Record<string, unknown>[];
    const others = [
      'relations.csv',
      'relations.json',
      'agencies.json',
      'keys.json',
      'addresses.json',
      'deliveries.json',
      'shifts.json',
      'notices.json',
    ];
    for (const name of FILES.filter((name) => !others.includes(name)))
      expect(rows(name).length, name).toBeGreaterThan(0);
    expect(files.get('relations.json')).toContain(periodId);
    expect(files.get('relations.csv')).toContain(periodId);
    expect(rows('person.json')[0]).toMatchObject({ insz: OWNER, family_name: 'Dvořák' });
    expect(rows('access.json').map(({ purpose }) => purpose)).toEqual(
      expect.arrayContaining(['sign-in', 'export', 'agency-view']),
    );
    for (const name of FILES) expect(files.get('README.txt')).toContain(name);
  });

  it('holds no secret, and no number of anybody else', async () => {
    const text = [...(await take(cookie)).files.values()].join('\n');
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toContain(STRANGER);
    expect(text).not.toMatch(/_hash|"pdf":/);
  });

  it('holds nothing of another worker', async () => {
    const { files } = await take(await portal.signInAs(STRANGER, { familyName: 'Peeters' }));
    const text = [...files.values()].join('\n');
    for (const foreign of [OWNER, periodId, 'Dvořák']) expect(text).not.toContain(foreign);
    expect(JSON.parse(files.get('agencies.json') ?? '')).toMatchObject([
      { agency_number: '0403449823', right_held: 'view' },
    ]);
  });

  it('is written down before it is given', async () => {
    const rows = async () =>
      (await portal.db.query(`select * from access_rows where channel = 'zip' and subject_insz = $1`, [OWNER])).rows;
    const before = (await rows()).length;
    await take(cookie);
    const [row] = (await rows()).slice(before);
    expect(row).toMatchObject({ purpose: 'export', actor_insz: OWNER, subject_insz: OWNER });
  });

  it('breaks off where a part cannot be read: half an archive never looks whole', async () => {
    await portal.db.query('alter table feeds rename to feeds_away');
    const failed = await portal.app.inject({ url: '/my-data.zip', headers: { cookie } }).then(
      ({ rawPayload }) => rawPayload.includes(Buffer.from([0x50, 0x4b, 5, 6])) === false,
      () => true,
    );
    await portal.db.query('alter table feeds_away rename to feeds');
    expect(failed).toBe(true);
  });
});

it('every table with something of a worker has a file, or a reason why not', async () => {
  const { rows } = await portal.db.query<{ name: string }>(`
    select distinct c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'worker_id' and t.table_type = 'BASE TABLE'`);
  const text = Object.values(ROWS).join(' ');
  const missing = rows.filter(({ name }) => !new RegExp(`(from|join) ${name}\\b`).test(text) && !(name in LEFT_OUT));
  expect(missing, 'add a line to ROWS in src/dossier/dossier.store.ts, or a reason to LEFT_OUT').toEqual([]);
});

describe('the schema of relations.json', () => {
  const schema = async () => {
    const { headers, body } = await portal.app.inject({ url: '/schemas/relations.json' });
    expect(headers['content-type']).toBe('application/schema+json; charset=utf-8');
    return z.fromJSONSchema(JSON.parse(body));
  };

  it('is met by what the portal hands out, with and without rows', async () => {
    const published = await schema();
    for (const url of [
      '/relations.json?year=all&pageSize=all',
      '/relations.json?type=STU&sector=other&from=2026-01-01',
    ]) {
      const { body } = await portal.app.inject({ url, headers: { cookie } });
      expect(published.safeParse(JSON.parse(body)).error, url).toBeUndefined();
    }
    expect(
      published.safeParse(JSON.parse((await take(cookie)).files.get('relations.json') ?? '')).error,
    ).toBeUndefined();
  });

  it('is not met by something else', async () => {
    const published = await schema();
    const { body } = await portal.app.inject({ url: '/relations.json?year=all', headers: { cookie } });
    const good = JSON.parse(body);
    expect(good.items).toHaveLength(1);
    const [item] = good.items;
    for (const bad of [
      { ...item, startDate: '2026-02-30' },
      { ...item, extra: 1 },
      { ...item, status: 'soon' },
    ])
      expect(published.safeParse({ ...good, items: [bad] }).success).toBe(false);
  });
});
