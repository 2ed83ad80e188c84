import type { LightMyRequestResponse } from 'fastify';
import { OWN, type TestApp } from '../app.ts';

/** Staff at work in a test: who they are, and the form in their hands. */

export const TEMPO = '0403449823';
export const RANDWERK = '0407585882';
export const ZWAAN = '0566988259';

const AGENCIES: [string, string, string, string][] = [
  [TEMPO, 'Tempo Interim', 'agency', 'Aalst'],
  [RANDWERK, 'Randwerk', 'agency', 'Gent'],
  [ZWAAN, 'Brouwerij De Zwaan', 'user', 'Mechelen'],
];

export interface Staff {
  cookie: string;
  workerId: string;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, fields: Record<string, string>): Promise<LightMyRequestResponse>;
}

/** Signs somebody in and lets him act for an agency of the directory. */
export async function staffOf(
  portal: TestApp,
  insz: string,
  agencyNumber = TEMPO,
  right: 'view' | 'declare' | 'manage' = 'declare',
): Promise<Staff> {
  for (const [number, name, kind, city] of AGENCIES)
    await portal.db.query(
      'insert into enterprises (enterprise_number, name, kind, city) values ($1, $2, $3, $4) on conflict do nothing',
      [number, name, kind, city],
    );
  const first = await portal.signInAs(insz);
  const { rows } = await portal.db.query('select worker_id from worker_numbers where insz = $1', [insz]);
  const workerId = String(rows[0].worker_id);
  await portal.db.query(
    `insert into agency_staff (agency_number, worker_id, right_held, added_at) values ($1, $2, $3, now()) on conflict do nothing`,
    [agencyNumber, workerId, right],
  );
  const headers = { ...OWN, 'content-type': 'application/x-www-form-urlencoded' };
  const chosen = await portal.app.inject({
    method: 'POST',
    url: '/capacity',
    headers: { ...headers, cookie: first },
    payload: `capacity=${agencyNumber}`,
  });
  const session = chosen.cookies.find(({ name }) => name.endsWith('session'));
  if (!session) throw new Error(`no capacity: ${chosen.statusCode}`);
  const cookie = `${session.name}=${session.value}`;
  return {
    cookie,
    workerId,
    get: (url) => portal.app.inject({ url, headers: { cookie, 'accept-language': 'nl' } }),
    post: (url, fields) =>
      portal.app.inject({
        method: 'POST',
        url,
        headers: { ...headers, cookie, 'accept-language': 'nl' },
        payload: new URLSearchParams(fields).toString(),
      }),
  };
}

/** An ordinary week of temp work from Tuesday 24 November 2026, as typed. */
export const WEEK: Record<string, string> = {
  kind: 'IN',
  insz: '85.07.30-033.28',
  givenName: 'Lotte',
  familyName: 'Maes',
  workerType: 'OTH',
  jointCommittee: '322',
  userNumber: 'BE 0566.988.259',
  userCommittee: 'XXX',
  startDate: '2026-11-24',
  endDate: '2026-11-27',
};
export const LOTTE = '85073003328';

/** Keeps a form. @returns the address of its draft */
export async function draftOf(staff: Staff, fields: Record<string, string>): Promise<string> {
  const kept = await staff.post('/agency/drafts', fields);
  if (kept.statusCode !== 303) throw new Error(`not kept: ${kept.statusCode}`);
  return String(kept.headers.location);
}

export function send(staff: Staff, draft: string): Promise<LightMyRequestResponse> {
  return staff.post('/agency/declarations', { draft: draft.split('/').at(-1) ?? '' });
}

/** Declares by form. @returns the ids of what was declared */
export async function declareByForm(
  portal: TestApp,
  staff: Staff,
  fields: Record<string, string>,
): Promise<{ declarationId: string; periodId: string }> {
  const sent = await send(staff, await draftOf(staff, fields));
  const declarationId = String(sent.headers.location).match(/\/agency\/declarations\/(\d+)\/receipt/)?.[1] ?? '';
  if (declarationId === '') throw new Error(`not declared: ${sent.statusCode} ${sent.headers.location}`);
  const { rows } = await portal.db.query('select period_id from declarations where declaration_id = $1', [
    declarationId,
  ]);
  return { declarationId, periodId: rows[0].period_id };
}
