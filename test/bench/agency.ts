import { createHash } from 'node:crypto';
import type pg from 'pg';
import { CLIENT_SCOPES } from '../../src/identity/visitor.ts';

/** A service of an agency with a token that counts for a day, in a database of made-up people. */
export interface Service {
  agency: string;
  user: string;
  /** Of all workers, in an order that says nothing. */
  inszs: string[];
}

/** Its token; the database holds what it hashes to. */
export const TOKEN = createHash('sha256').update('a service of a benchmark').digest('base64url');

/** As the owner of the tables. */
export async function openService(db: pg.Client): Promise<Service> {
  const { rows } = await db.query<Service>(
    `select min(enterprise_number) filter (where kind = 'agency') as agency, min(enterprise_number) filter (where kind = 'user') as "user",
      (select array_agg(insz order by md5(insz)) from workers) as inszs
     from enterprises`,
  );
  const [service] = rows;
  if (!service) throw new Error('nobody was made up here');
  const [scope] = CLIENT_SCOPES;
  await db.query(`insert into clients values ('bench', $1, '{"keys":[]}', $2, now())`, [service.agency, [scope]]);
  await db.query(`insert into access_tokens values (sha256($1), 'bench', $2, now() + interval '1 day')`, [
    Buffer.from(TOKEN),
    [scope],
  ]);
  return service;
}

/** Body of an IN for one day. */
export function dayOf({ agency, user }: Service, ssin: string, day: string): string {
  const features = {
    jointCommissionNumber: '322',
    workerType: 'OTH',
    usingEmployer: { enterpriseNumber: user, jointCommissionNumber: 'XXX' },
  };
  return JSON.stringify({
    employer: { enterpriseNumber: agency },
    worker: { ssin, givenName: 'An', familyName: 'Peeters' },
    dimonaIn: { startDate: day, endDate: day, features },
  });
}
