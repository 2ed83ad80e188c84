import { cookieName, hashOf, newToken } from '../../src/identity/sessions.ts';
import type { StaffRight, Visitor } from '../../src/identity/visitor.ts';
import { ORIGIN, type TestApp } from '../app.ts';

/** Somebody who asks: what the rights see of him, and how to be him. */
export interface Somebody {
  name: string;
  visitor: Visitor;
  session: { assurance: number; agency?: StaffRight; support?: true; minutesAgo?: number } | null;
}

const AGENCY = '0403449823';
const INSZ: Record<StaffRight | 'worker', string> = {
  worker: '85073003328',
  view: '98472899765',
  declare: '94022722580',
  manage: '01050399864',
};

function somebody(name: string, session: NonNullable<Somebody['session']>, now: string): Somebody {
  const { assurance, agency, support, minutesAgo = 0 } = session;
  const person = {
    workerId: '1',
    insz: INSZ.worker,
    givenName: null,
    familyName: 'Peeters',
    method: 'eid',
    assurance,
    provenAt: new Date(Date.parse(now) - minutesAgo * 60_000).toISOString(),
    previousVisitAt: null,
    mayChoose: agency !== undefined || support !== undefined,
  };
  const staff = { agencyNumber: AGENCY, agencyName: 'Tempo', right: agency ?? 'view' };
  if (support) return { name, session, visitor: { kind: 'support', ...person } };
  return { name, session, visitor: agency ? { kind: 'agency', ...person, ...staff } : { kind: 'worker', ...person } };
}

/** Everybody who can come to the door, in the order of the printed table. */
export function everybody(now: string): Somebody[] {
  return [
    { name: 'nobody', visitor: { kind: 'anonymous' }, session: null },
    somebody('worker, level 300', { assurance: 300 }, now),
    somebody('worker, level 500', { assurance: 500 }, now),
    somebody('worker, level 500, an hour ago', { assurance: 500, minutesAgo: 60 }, now),
    somebody('colleague who views', { assurance: 500, agency: 'view' }, now),
    somebody('colleague who declares', { assurance: 400, agency: 'declare' }, now),
    somebody('officer', { assurance: 450, agency: 'manage' }, now),
    somebody('officer, level 300', { assurance: 300, agency: 'manage' }, now),
    somebody('support agent', { assurance: 400, support: true }, now),
    somebody('support agent, level 300', { assurance: 300, support: true }, now),
  ];
}

/** Makes the people known: a worker, three colleagues of an agency, one of whom is a support agent as well. */
export async function arrange(portal: TestApp): Promise<void> {
  for (const right of ['view', 'declare', 'manage'] as const) await portal.signInAsStaff(INSZ[right], AGENCY, right);
  await portal.signInAs(INSZ.worker);
  await portal.db.query(
    `insert into support_agents (worker_id, added_at) select worker_id, now() from worker_numbers where insz = $1`,
    [INSZ.view],
  );
}

/** A session of just that kind, new for every question; @returns the headers that show it. */
export async function headersOf({ db, house }: TestApp, { session }: Somebody): Promise<Record<string, string>> {
  if (!session) return {};
  const token = newToken();
  const { assurance, agency, support, minutesAgo = 0 } = session;
  const insz = INSZ[support ? 'view' : (agency ?? 'worker')];
  const now = house.clock.now();
  const begun = new Date(Date.parse(now) - minutesAgo * 60_000).toISOString();
  await db.query(
    `insert into sessions (token_hash, worker_id, insz, family_name, method, assurance, created_at, last_seen_at, agency_number,
       may_choose, acts_for_support)
     select $1, worker_id, insz, 'Peeters', 'eid', $2, $3, $4, $5, $6, $7 from worker_numbers where insz = $8`,
    [
      hashOf(token, house.secret),
      assurance,
      begun,
      now,
      agency ? AGENCY : null,
      agency !== undefined || support !== undefined,
      support === true,
      insz,
    ],
  );
  return { cookie: `${cookieName(ORIGIN, 'session')}=${token}` };
}
