import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { agency, insz, otherAgency, temp } from '../declarations/intake.example.ts';

/** A filter at every door. */

let portal: TestApp;
let cookie: string;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency'), ($2, 'Randwerk', 'agency')`,
    [agency, otherAgency],
  );
  const week = temp({ startDate: '2026-11-09', endDate: '2026-11-13' });
  const december = temp({
    employer: { enterpriseNumber: otherAgency },
    workerType: 'STU',
    plannedHours: 8,
    startDate: '2026-12-02',
    endDate: '2026-12-02',
  });
  const received = [week, december].map((declaration) => ({ declaration, sourceKey: null }));
  const outcomes = await portal.house.intake.receive(received, { channel: 'import', now: portal.house.clock.now() });
  expect(outcomes.filter(({ result }) => result === 'B')).toEqual([]);
  cookie = await portal.signInAs(insz);
});
afterAll(() => portal.close());

async function seen(url: string): Promise<string> {
  const answer = await portal.app.inject({ url, headers: { cookie } });
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

describe('the choices of a month', () => {
  it('are those of its own days, not of the next month’s first week', async () => {
    const november = await seen('/relations/calendar/2026-11');
    expect(november).toContain('Tempo Interim');
    expect(november).not.toContain('Randwerk');
    expect(await seen('/relations/calendar/2026-12')).toContain('Randwerk');
  });
});
