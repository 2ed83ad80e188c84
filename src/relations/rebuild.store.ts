import { sql } from 'kysely';
import { acceptedFrom, type LedgerRow } from '../declarations/ledger.ts';
import type { Database } from '../platform/db.ts';
import { fold } from './fold.ts';
import { rowOf } from './projection.store.ts';
import type { OwnedState } from './relation.ts';

export interface Rebuilt {
  periods: number;
  /** Periods whose row is missing, differs, or stands without a declaration. */
  differing: string[];
}

const BATCH = 5_000;
const SHOWN = 20;

/**
 * Makes the projection anew from the accepted declarations, in order of receipt, and compares it with what stands; without `checkOnly` what
 * differs is put right. One transaction: readers see the old rows or the new ones. Memory stays flat.
 */
export async function rebuild(
  db: Database,
  checkOnly: boolean,
  progress: (done: number, total: number) => void,
): Promise<Rebuilt> {
  return db.longTransaction(async (tx) => {
    // the intake waits, readers do not
    await sql`lock table declarations, relations in share row exclusive mode`.execute(tx);
    await sql`create temp table rebuilt (like relations) on commit drop`.execute(tx);
    const counted = await sql<{
      n: number;
    }>`select count(*)::int as n from declarations where result <> 'B' and kind <> 'DAILY'`.execute(tx);
    await sql`
      declare ledger no scroll cursor for
      select d.declaration_id, d.period_id, d.kind, d.received_at, d.result, d.anomalies, d.agency_number, d.content, n.worker_id
      from declarations d left join worker_numbers n on n.insz = d.insz
      where d.result <> 'B' and d.kind <> 'DAILY' order by d.period_id, d.seq`.execute(tx);

    let current = null as OwnedState | null;
    let ready: object[] = [];
    let periods = 0;
    let done = 0;
    const flush = async () => {
      await sql`insert into rebuilt select * from jsonb_populate_recordset(null::relations, ${JSON.stringify(ready)}::jsonb)`.execute(
        tx,
      );
      periods += ready.length;
      ready = [];
    };
    for (;;) {
      const { rows } = await sql<
        LedgerRow & { worker_id: string }
      >`fetch forward ${sql.lit(BATCH)} from ledger`.execute(tx);
      for (const row of rows) {
        const begun: OwnedState | null = current?.state.periodId === row.period_id ? current : null;
        if (current && !begun) ready.push(rowOf(current.state, current.workerId));
        current = { workerId: begun?.workerId ?? row.worker_id, state: fold(begun?.state ?? null, acceptedFrom(row)) };
      }
      done += rows.length;
      if (rows.length < BATCH && current) ready.push(rowOf(current.state, current.workerId));
      await flush();
      progress(done, counted.rows[0]?.n ?? done);
      if (rows.length < BATCH) break;
    }
    const differing = await sql<{ period_id: string }>`
      (select period_id from (select * from rebuilt except select * from relations) made)
      union (select period_id from (select * from relations except select * from rebuilt) standing)
      order by 1 limit ${sql.lit(SHOWN)}`.execute(tx);
    if (!checkOnly) {
      // an intake that read what stood until now judges anew
      await sql`
        update workers set version = version + 1 where worker_id in (
          select worker_id from (select * from rebuilt except select * from relations) made
          union select worker_id from (select * from relations except select * from rebuilt) standing)`.execute(tx);
      await sql`delete from relations where not exists (select from rebuilt where rebuilt.period_id = relations.period_id)`.execute(
        tx,
      );
      await sql`
        delete from relations using rebuilt where rebuilt.period_id = relations.period_id and rebuilt is distinct from relations`.execute(
        tx,
      );
      await sql`insert into relations select * from rebuilt on conflict (period_id) do nothing`.execute(tx);
    }
    return { periods, differing: differing.rows.map((row) => row.period_id) };
  });
}
