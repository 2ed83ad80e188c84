import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { ShiftsTable } from '../platform/tables.notices.ts';
import { LAST_DAY, type Tables } from '../platform/tables.ts';
import type { Shift } from './shift.ts';

type Tx = Transaction<Tables>;
type At = Kysely<Tables>;

/** A shift whose eve it is, with its worker. */
export interface Expected extends Shift {
  workerId: string;
}

/** Shifts that workers noted. Every read of somebody's takes his scope. */
export const shiftsStore = {
  async insert(scope: WorkerScope, tx: Tx, shift: Shift, now: string): Promise<void> {
    await tx
      .insertInto('shifts')
      .values({
        shift_id: shift.id,
        worker_id: scope.workerId,
        day: shift.day,
        agency_name: shift.agencyName,
        agency_number: shift.agencyNumber,
        company: shift.company,
        start_hour: shift.startHour,
        end_hour: shift.endHour,
        made_at: now,
      })
      .execute();
  },

  async remove(scope: WorkerScope, tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('shifts').where('shift_id', '=', id).where('worker_id', '=', scope.workerId).execute();
  },

  async count(scope: WorkerScope, tx: Tx): Promise<number> {
    const { n } = await tx
      .selectFrom('shifts')
      .select((row) => row.fn.countAll<string>().as('n'))
      .where('worker_id', '=', scope.workerId)
      .executeTakeFirstOrThrow();
    return Number(n);
  },

  /** By day. */
  async between(scope: WorkerScope, at: At, from: string, to: string): Promise<Shift[]> {
    const rows = await at
      .selectFrom('shifts')
      .selectAll()
      .where('worker_id', '=', scope.workerId)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .orderBy('day')
      .orderBy('start_hour')
      .orderBy('shift_id')
      .execute();
    return rows.map(shiftOf);
  },

  /** The number of the agency of exactly that name, capitals or not, if there is one. */
  async agencyCalled(at: At, name: string): Promise<string | null> {
    const { rows } = await sql<{ number: string }>`
      select enterprise_number as number from enterprises
      where kind = 'agency' and (enterprise_number = ${name.replace(/[. ]/g, '')}
        or lower(name collate "und-x-icu") = lower(${name}::text collate "und-x-icu")) limit 2`.execute(at);
    return rows.length === 1 ? (rows[0]?.number ?? null) : null;
  },

  /** Shifts of a day that nobody looked at yet, on which nothing is declared for their worker; all of that day count as looked at from now on. */
  async undeclared(tx: Tx, day: string, now: string): Promise<Expected[]> {
    const { rows } = await sql<Selectable<ShiftsTable> & { declared: boolean }>`
      with due as (select shift_id from shifts where day = ${day}::date and looked_at is null order by shift_id limit 500 for update skip locked)
      update shifts s set looked_at = ${now}::timestamptz from due where s.shift_id = due.shift_id
      returning s.*, exists (select from relations r where r.worker_id = s.worker_id and not r.cancelled
        and r.start_date <= s.day and ${sql.raw(LAST_DAY)} >= s.day
        and (s.agency_number is null or r.agency_number = s.agency_number)) as declared`.execute(tx);
    return rows.filter(({ declared }) => !declared).map((row) => ({ ...shiftOf(row), workerId: row.worker_id }));
  },

  /** A shift of the worker's, for a notice. */
  async find(scope: WorkerScope, at: At, id: string): Promise<Shift | null> {
    const row = await at
      .selectFrom('shifts')
      .selectAll()
      .where('shift_id', '=', id)
      .where('worker_id', '=', scope.workerId)
      .executeTakeFirst();
    return row ? shiftOf(row) : null;
  },
};

export type ShiftsStore = typeof shiftsStore;

function shiftOf(row: Selectable<ShiftsTable>): Shift {
  return {
    id: row.shift_id,
    day: row.day,
    agencyName: row.agency_name,
    agencyNumber: row.agency_number,
    company: row.company,
    startHour: row.start_hour,
    endHour: row.end_hour,
  };
}
