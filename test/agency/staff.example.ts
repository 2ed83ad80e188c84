import { operatorScope } from '../../src/identity/visitor.ts';
import { OWN, type TestApp } from '../app.ts';
import { inszNumber } from '../records.ts';

/** Two agencies and the people who act for them. */
export const TEMPO = '0403449823';
export const RANDWERK = '0407585882';
export const OFFICER = inszNumber(1);
export const SECOND = inszNumber(2);
export const VIEWER = inszNumber(3);
export const OUTSIDER = inszNumber(4);

export async function addAgencies({ db }: TestApp): Promise<void> {
  await db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency'), ($2, 'Randwerk', 'agency'), ('0566988259', 'De Zwaan', 'user')`,
    [TEMPO, RANDWERK],
  );
}

export const enter = (portal: TestApp, agencyNumber: string, insz: string, right: string) =>
  portal.house.staff.add(
    { operator: operatorScope(agencyNumber), now: portal.house.clock.now() },
    { insz, right: right as 'view', givenName: null, familyName: null },
  );

/** Chooses a capacity; @returns the status, where it leads and the cookie of the session that goes on. */
export async function choose(portal: TestApp, cookie: string, capacity: string, back?: string) {
  const answer = await portal.app.inject({
    method: 'POST',
    url: '/capacity',
    headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ capacity, ...(back !== undefined && { return: back }) }).toString(),
  });
  const [own] = answer.cookies;
  return { status: answer.statusCode, to: answer.headers.location, cookie: `${own?.name}=${own?.value}` };
}

/** Somebody who signed in and acts for an agency; @returns the Cookie header. */
export async function actFor(portal: TestApp, agencyNumber: string, insz: string, familyName: string): Promise<string> {
  const cookie = await portal.signInAs(insz, { givenName: 'An', familyName });
  return (await choose(portal, cookie, agencyNumber)).cookie;
}

export async function post(portal: TestApp, cookie: string, url: string, fields: Record<string, string>) {
  const answer = await portal.app.inject({
    method: 'POST',
    url,
    headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
  return { status: answer.statusCode, to: answer.headers.location };
}

export async function keyOf({ db }: TestApp, insz: string, agencyNumber = TEMPO): Promise<string> {
  const { rows } = await db.query<{ staff_key: string }>(
    `select staff_key from agency_staff join worker_numbers using (worker_id) where insz = $1 and agency_number = $2`,
    [insz, agencyNumber],
  );
  return rows[0]?.staff_key ?? '';
}

export async function rightOf({ db }: TestApp, insz: string, agencyNumber = TEMPO): Promise<string | null> {
  const { rows } = await db.query<{ right_held: string }>(
    `select right_held from agency_staff join worker_numbers using (worker_id) where insz = $1 and agency_number = $2`,
    [insz, agencyNumber],
  );
  return rows[0]?.right_held ?? null;
}
