import { choose } from '../agency/staff.example.ts';
import { OWN, type TestApp } from '../app.ts';
import { inszNumber } from '../records.ts';

/** An agent of the support desk, and the citizen who called him. */
export const AGENT = inszNumber(31);
export const SECOND_AGENT = inszNumber(32);
export const CITIZEN = inszNumber(33);

/** Lets somebody be an agent, signs him in and lets him act as one; @returns the Cookie header. */
export async function actAsAgent(portal: TestApp, insz = AGENT, familyName = 'Claes'): Promise<string> {
  await portal.signInAs(insz, { givenName: 'Sofie', familyName }); // makes him known
  await portal.db.query(
    `insert into support_agents (worker_id, added_at) select worker_id, now() from worker_numbers where insz = $1 on conflict do nothing`,
    [insz],
  );
  const cookie = await portal.signInAs(insz, { givenName: 'Sofie', familyName });
  return (await choose(portal, cookie, 'support')).cookie;
}

export const BECAUSE = { reason: 'sign-in', caseNumber: 'C-2026/118' };

export async function post(portal: TestApp, cookie: string, url: string, fields: Record<string, string> = {}) {
  const answer = await portal.app.inject({
    method: 'POST',
    url,
    headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
  return { status: answer.statusCode, to: String(answer.headers.location ?? ''), body: answer.body };
}

/** Looks somebody up; @returns the address of the look-up, or of the desk that says why not. */
export async function lookUp(portal: TestApp, cookie: string, whom: Record<string, string>): Promise<string> {
  return (await post(portal, cookie, '/support/lookups', { ...BECAUSE, ...whom })).to;
}
