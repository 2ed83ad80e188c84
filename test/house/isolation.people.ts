import type { TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { makeOverview } from './routes.arrange.ts';

export const AT = '2026-11-23T09:00:00Z';

/** Somebody of whom everything is on record that is held twice, and his session. */
export interface Held {
  workerId: string;
  periodId: string;
  cookie: string;
}

/** Somebody with one of everything that is held: a relation and its declaration, an overview, a report, a shift. */
export async function holding(portal: TestApp, insz: string, agency: string): Promise<Held> {
  const { db, house } = portal;
  await db.query(`insert into enterprises (enterprise_number, name, kind) values ($1, 'Agency ' || $1, 'agency')`, [
    agency,
  ]);
  const declaration = temp({ employer: { enterpriseNumber: agency }, worker: { insz } });
  const about = { channel: 'import', now: AT } as const;
  const refused = { ...declaration, startDate: '2026-11-31' };
  const received = [declaration, refused].map((one) => ({ declaration: one, sourceKey: null }));
  const [outcome] = await house.intake.receive(received, about);
  const cookie = await portal.signInAs(insz);
  await makeOverview(portal, cookie);
  const { rows } = await db.query('select worker_id from worker_numbers where insz = $1', [insz]);
  const workerId = String(rows[0].worker_id);
  await db.query(
    `insert into shifts (shift_id, worker_id, day, agency_name, company, made_at) values ('s' || $1, $1::bigint, '2026-11-18', 'Tempo', 'De Zwaan', $2)`,
    [workerId, AT],
  );
  await db.query(
    `insert into reports (report_id, worker_id, kind, agency_number, agency_name, first_day, last_day, note, state, sent_at, due_on)
     values ('r' || $1, $1::bigint, 'notDeclared', $2, 'Tempo', '2026-11-18', '2026-11-18', '', 'sent', $3, '2026-12-07')`,
    [workerId, agency, AT],
  );
  return { workerId, periodId: outcome?.periodId ?? '', cookie };
}
