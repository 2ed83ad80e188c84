import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/platform/calendar-days.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';

const INSZ = '85073003328';
const AGENCIES = ['0403449823', '0403019261'] as const;
const COUNT = 1_000;
/** Far above what a page takes (tens of milliseconds) and far below what makes a person wait. */
const PATIENCE = 800;

let portal: TestApp;
let cookie: string;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  for (const [n, number] of AGENCIES.entries())
    await portal.db.query(`insert into enterprises (enterprise_number, name, kind) values ($1, $2, 'agency')`, [
      number,
      `Agency ${n + 1}`,
    ]);
  // two a day, of two agencies, for 500 days up to today
  const received = Array.from({ length: COUNT }, (_, n) => {
    const day = addDays('2026-11-23', -Math.floor(n / 2));
    return {
      sourceKey: null,
      declaration: temp({
        employer: { enterpriseNumber: AGENCIES[n % 2] as string },
        worker: { insz: INSZ },
        startDate: day,
        endDate: day,
        receivedAt: `${addDays(day, -1)}T09:00:00Z`,
      }),
    };
  });
  const about = { channel: 'import', now: portal.house.clock.now() } as const;
  for (let n = 0; n < COUNT; n += 100) {
    const outcomes = await portal.house.intake.receive(received.slice(n, n + 100), about);
    expect(outcomes.map(({ result }) => result).filter((result) => result !== 'A')).toEqual([]);
  }
  cookie = await portal.signInAs(INSZ);
}, 60_000);

afterAll(() => portal.close());

async function seen(url: string): Promise<{ body: string; sent: number; ms: number }> {
  const headers = { cookie, 'accept-encoding': 'br' };
  const times: number[] = [];
  for (let n = 0; ; n++) {
    const began = performance.now();
    const answer = await portal.app.inject({ url, headers });
    times.push(performance.now() - began);
    expect(answer.statusCode).toBe(200);
    if (n < 4) continue;
    const ms = times.sort((a, b) => a - b)[2] as number;
    return { body: brotliDecompressSync(answer.rawPayload).toString(), sent: answer.rawPayload.length, ms };
  }
}

const rowsIn = (html: string) => new Set(html.match(/\/relations\/9\d{11}/g)).size;

describe('a worker with 1,000 relations', () => {
  it.each([
    ['the list, 25 of them', '/relations', 25, 20_000],
    ['the list, all on one page', '/relations?pageSize=all', COUNT, 80_000],
    ['a month', '/relations/calendar/2026-10', 62, 20_000],
  ])('sees %s at once', async (_, url, rows, bytes) => {
    const { body, sent, ms } = await seen(url);
    expect(rowsIn(body)).toBe(rows);
    expect(sent).toBeLessThan(bytes);
    expect(ms).toBeLessThan(PATIENCE);
    process.stdout.write(`${url}: ${ms.toFixed(0)} ms, ${sent} bytes\n`);
  });

  it('sees his year at once, every day of it filled', async () => {
    const { body, sent, ms } = await seen('/relations/calendar?year=2026');
    // 1 January to 23 November, two relations a day
    expect(body).toContain('654');
    expect(sent).toBeLessThan(30_000);
    expect(ms).toBeLessThan(PATIENCE);
    process.stdout.write(`year: ${ms.toFixed(0)} ms, ${sent} bytes\n`);
  });

  it('takes all of them along as data at once', async () => {
    const { body, ms } = await seen('/relations.json?year=all&pageSize=all');
    expect(JSON.parse(body).items).toHaveLength(COUNT);
    expect(ms).toBeLessThan(2 * PATIENCE);
    process.stdout.write(`json: ${ms.toFixed(0)} ms\n`);
  });
});
