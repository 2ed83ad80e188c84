import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCode } from '../../src/overviews/code.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { codeFor, declareFor, makeOverview, OWNER, STRANGER } from '../house/routes.arrange.ts';

let portal: TestApp;
let cookie: string;
let id: string;
let code: string;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  cookie = await portal.signInAs(OWNER);
  await declareFor(portal, OWNER);
  id = await makeOverview(portal, cookie);
  code = await codeFor(portal, id);
});
afterAll(() => portal.close());

const get = (url: string, headers = {}) => portal.app.inject({ url, headers: { 'accept-language': 'en', ...headers } });
const stateOf = (body: string) => /data-state="(\w+)"/.exec(body)?.[1];
const pdf = async () => (await get(`/overviews/${id}/overview.pdf`, { cookie })).rawPayload;
const rows = async () =>
  (await portal.db.query(`select * from access_rows where purpose = 'verification' order by id`)).rows;

describe('a genuine overview', () => {
  it('is told to be so, with initials, period, number, moment and hash, and nothing else of the worker', async () => {
    const { statusCode, body, headers } = await get(`/verify/${code}`);
    expect([statusCode, stateOf(body)]).toEqual([200, 'genuine']);
    expect(body).toContain('Ł. D.');
    expect(body).toContain('1 January 2025 – 31 December 2027');
    expect(body).toContain('1 work relation');
    expect(body).toContain('Monday 23 November 2026');
    expect(body).toContain(
      createHash('sha256')
        .update(await pdf())
        .digest('hex'),
    );
    for (const hidden of ['Dvořák', 'Łukasz', OWNER, OWNER.slice(-2).concat('<'), 'Tempo', id])
      expect(body).not.toContain(hidden);
    expect([headers['cache-control'], headers['referrer-policy']]).toEqual(['no-store', 'no-referrer']);
  });

  it('is found by the code as people type it', async () => {
    const typed = encodeURIComponent(code.toLowerCase().replace(/(.{4})/g, '$1 '));
    const { statusCode, headers } = await get(`/verify?code=${typed}`);
    expect([statusCode, headers.location]).toEqual([303, `/verify/${code}`]);
    expect(stateOf((await get(`/verify/${code.toLowerCase()}`)).body)).toBe('genuine');
  });

  it('is compared by hash without a script: the same, altered by one byte, and no hash', async () => {
    const file = await pdf();
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').toUpperCase();
    const told = async (sha256: string) =>
      /data-tone="(\w+)"/.exec((await get(`/verify/${code}?sha256=${encodeURIComponent(sha256)}`)).body)?.[1];
    expect(await told(hash(file))).toBe('onTime');
    const altered = Buffer.from(file);
    altered[1000] = (altered[1000] ?? 0) ^ 1;
    expect(await told(hash(altered))).toBe('late');
    expect(await told('no hash')).toBe('cancelled');
  });

  it('tells its worker that somebody looked, in a row without a number of anybody but his', async () => {
    const before = (await rows()).length;
    await get(`/verify/${code}`);
    const after = await rows();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({
      actor_kind: 'system',
      actor_insz: null,
      subject_insz: OWNER,
      detail: { reference: id.slice(0, 8).toUpperCase() },
    });
  });
});

describe('a code that leads nowhere', () => {
  it('gets the same words, whatever is wrong with it, and leaves no row', async () => {
    const before = (await rows()).length;
    const wrong = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
    const bodies = [];
    for (const asked of [newCode(), wrong, 'ABC', encodeURIComponent("' or 1=1 --")]) {
      const { statusCode, body } = await get(`/verify/${asked}`);
      expect([statusCode, stateOf(body)], asked).toEqual([404, 'unknown']);
      const same = body.replaceAll(/value="[^"]*"|href="\/verify[^"]*"/g, '');
      bodies.push(same);
    }
    expect(new Set(bodies).size).toBe(1);
    expect(await rows()).toHaveLength(before);
  });

  it('is not told what stands in the database: only a hash of the code is kept', async () => {
    const { rows: kept } = await portal.db.query('select * from overviews where overview_id = $1', [id]);
    expect(JSON.stringify({ ...kept[0], pdf: null })).not.toContain(code);
  });

  it('ran out when its time is over', async () => {
    await portal.db.query(`update overviews set verifiable_until = '2026-11-23T08:59:59Z' where overview_id = $1`, [
      id,
    ]);
    expect((await get(`/verify/${code}`)).statusCode).toBe(404);
    await portal.db.query(`update overviews set verifiable_until = '2028-11-22T09:00:00Z' where overview_id = $1`, [
      id,
    ]);
    expect((await get(`/verify/${code}`)).statusCode).toBe(200);
  });
});

describe('revoking', () => {
  const revoke = (who: string) =>
    portal.app.inject({ method: 'POST', url: `/overviews/${id}/revocation`, headers: { ...OWN, cookie: who } });

  it('is its worker’s right alone, is seen by whoever has the code, and happens once', async () => {
    const stranger = await portal.signInAs(STRANGER);
    expect((await revoke(stranger)).statusCode).toBe(404);
    expect(stateOf((await get(`/verify/${code}`)).body)).toBe('genuine');
    expect((await revoke(cookie)).headers.location).toBe(`/overviews/${id}`);
    const { statusCode, body } = await get(`/verify/${code}`);
    expect([statusCode, stateOf(body)]).toEqual([200, 'revoked']);
    const { body: page } = await get(`/overviews/${id}`, { cookie });
    expect(page).not.toContain(`/overviews/${id}/revocation`);
    expect((await revoke(cookie)).statusCode).toBe(303);
  });

  it('outlives the file: the row stays as long as the code counts', async () => {
    await portal.db.query(`update overviews set expires_at = '2026-01-01T00:00:00Z' where overview_id = $1`, [id]);
    await portal.house.overviews.sweep();
    expect(stateOf((await get(`/verify/${code}`)).body)).toBe('revoked');
    const gone = `/overviews/${id}/overview.pdf`;
    expect((await get(gone, { cookie })).headers['content-type']).toMatch(/^application\/problem\+json/);
    // who comes by an old bookmark reads what to do
    const told = await get(gone, { cookie, accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect([told.statusCode, told.headers['content-type']]).toEqual([410, 'text/html; charset=utf-8']);
    expect(told.body).toContain('href="/overviews"');
    expect((await get(gone, { accept: 'text/html' })).statusCode).toBe(401);
    expect((await get('/overviews', { cookie })).body).toContain(`/overviews/${id}`);
    await portal.db.query(`update overviews set verifiable_until = '2026-01-01T00:00:00Z' where overview_id = $1`, [
      id,
    ]);
    await portal.house.overviews.sweep();
    expect((await portal.db.query('select from overviews where overview_id = $1', [id])).rowCount).toBe(0);
  });
});

it('whoever guesses is stopped after a while', async () => {
  const answers = [];
  for (let i = 0; i < 70; i++) answers.push((await get(`/verify/${newCode()}`, { 'x-test': '1' })).statusCode);
  expect(answers.at(-1)).toBe(429);
}, 60_000);
