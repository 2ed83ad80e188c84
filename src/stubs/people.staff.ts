import type pg from 'pg';
import { FIRMS } from './people.companies.ts';
import { DEMO_PEOPLE } from './people.list.ts';

/** Who acts for which firm, by the keys of `people.list.ts`. The first one tells whether they were added before. */
const STAFF = [
  { key: 'officer', firm: FIRMS.tempo, right: 'manage' },
  { key: 'viewer', firm: FIRMS.tempo, right: 'view' },
  { key: 'otherSector', firm: FIRMS.flexforce, right: 'declare' },
] as const;

/**
 * Lets the demo's staff act for their firms, once: whoever was taken off on the page of colleagues does not come back at the next start.
 * @param now instant
 */
export async function demoStaff(db: pg.ClientBase, now: string): Promise<void> {
  await demoAgent(db, now);
  const people = STAFF.flatMap(({ key, firm, right }) => {
    const person = DEMO_PEOPLE.find((one) => one.key === key);
    return person ? [{ ...person, agencyNumber: firm.enterpriseNumber, right }] : [];
  });
  const known = await db.query('select from worker_numbers where insz = $1', [people[0]?.insz]);
  if (known.rowCount !== 0) return;
  const rows = JSON.stringify(
    people.map(({ insz, givenName, familyName, birthDate, agencyNumber, right }) => {
      return { insz, givenName, familyName, birthDate, agencyNumber, right };
    }),
  );
  await db.query(
    `with staff as (select * from jsonb_to_recordset($1::jsonb) as staff
       (insz text, "givenName" text, "familyName" text, "birthDate" date, "agencyNumber" text, "right" text)),
     made as (
       insert into workers (insz, given_name, family_name, birth_date)
       select insz, "givenName", "familyName", "birthDate" from staff
       where not exists (select from worker_numbers known where known.insz = staff.insz) returning worker_id, insz),
     numbered as (insert into worker_numbers (insz, worker_id) select insz, worker_id from made),
     person as (select worker_id, insz from made union all select worker_id, insz from worker_numbers)
     insert into agency_staff (agency_number, worker_id, right_held, given_name, family_name, added_at)
     select "agencyNumber", worker_id, "right", "givenName", "familyName", $2 from staff join person using (insz)
     on conflict do nothing`,
    [rows, now],
  );
}

/** The demo's agent of the support desk, once as well. */
async function demoAgent(db: pg.ClientBase, now: string): Promise<void> {
  const agent = DEMO_PEOPLE.find((one) => one.key === 'agent');
  await db.query(
    `with made as (
       insert into workers (insz, given_name, family_name, birth_date) select $1, $2, $3, $4::date
       where not exists (select from worker_numbers known where known.insz = $1) returning worker_id, insz),
     numbered as (insert into worker_numbers (insz, worker_id) select insz, worker_id from made)
     insert into support_agents (worker_id, added_at) select worker_id, $5 from made`,
    [agent?.insz, agent?.givenName, agent?.familyName, agent?.birthDate, now],
  );
}
