import { type Selectable, sql, type Transaction } from 'kysely';
import type { RelationsTable, Tables } from '../platform/tables.ts';
import type { OwnedState, RelationState } from './relation.ts';

type Row = Selectable<RelationsTable>;

/** The row of table `relations` as a state, without its worker. */
export function stateOf(row: Row): RelationState {
  return {
    periodId: row.period_id,
    agencyNumber: row.agency_number,
    jointCommittee: row.joint_committee,
    workerType: row.worker_type,
    userKey: row.user_key,
    userNumber: row.user_number,
    userName: row.user_name,
    userAddress: row.user_address,
    userJointCommittee: row.user_joint_committee,
    startDate: row.start_date,
    startHour: row.start_hour,
    endDate: row.end_date,
    endHour: row.end_hour,
    plannedHours: row.planned_hours,
    cancelled: row.cancelled,
    verdict: row.verdict,
    receivedAt: row.received_at,
    decidedBy: row.decided_by,
    dueAt: row.due_at,
    warnings: row.warnings,
    anomalies: row.anomalies,
  };
}

/** The state as a row, arrays and address as JSON: the shape that `json_to_recordset` reads back. */
export function rowOf(state: RelationState, workerId: string): Record<keyof RelationsTable, unknown> {
  return {
    period_id: state.periodId,
    worker_id: workerId,
    agency_number: state.agencyNumber,
    joint_committee: state.jointCommittee,
    worker_type: state.workerType,
    user_key: state.userKey,
    user_number: state.userNumber,
    user_name: state.userName,
    user_address: state.userAddress,
    user_joint_committee: state.userJointCommittee,
    start_date: state.startDate,
    start_hour: state.startHour,
    end_date: state.endDate,
    end_hour: state.endHour,
    planned_hours: state.plannedHours,
    cancelled: state.cancelled,
    verdict: state.verdict,
    received_at: state.receivedAt,
    decided_by: state.decidedBy,
    due_at: state.dueAt,
    warnings: state.warnings,
    anomalies: state.anomalies,
  };
}

/** Reads and writes the projection for the intake. All inside the intake's transaction; workers are locked before. */
export const projectionStore = {
  async byPeriod(tx: Transaction<Tables>, periodIds: string[]): Promise<OwnedState[]> {
    if (periodIds.length === 0) return [];
    const rows = await tx
      .selectFrom('relations')
      .selectAll()
      .where('period_id', '=', sql<string>`any(${periodIds}::text[])`)
      .execute();
    return rows.map((row) => ({ workerId: row.worker_id, state: stateOf(row) }));
  },

  /** Live periods of these workers with these agencies that touch the days from..to. */
  async live(
    tx: Transaction<Tables>,
    of: { workerIds: string[]; agencies: string[]; from: string; to: string | null },
  ): Promise<OwnedState[]> {
    if (of.workerIds.length === 0) return [];
    let query = tx
      .selectFrom('relations')
      .selectAll()
      .where('worker_id', '=', sql<string>`any(${of.workerIds}::bigint[])`)
      .where('agency_number', '=', sql<string>`any(${of.agencies}::text[])`)
      .where('cancelled', '=', false)
      .where((test) => test.or([test('end_date', '>=', of.from), test('end_date', 'is', null)]));
    if (of.to !== null) query = query.where('start_date', '<=', of.to);
    return (await query.execute()).map((row) => ({ workerId: row.worker_id, state: stateOf(row) }));
  },

  /**
   * Writes each state as the row of its period, new or changed: one statement.
   * @throws Error when another intake has just begun a period of that id for somebody else: the ledger must not hold both
   */
  async save(tx: Transaction<Tables>, owned: OwnedState[]): Promise<void> {
    if (owned.length === 0) return;
    const rows = JSON.stringify(owned.map(({ state, workerId }) => rowOf(state, workerId)));
    const { numAffectedRows } = await sql`
      insert into relations
      select * from jsonb_populate_recordset(null::relations, ${rows}::jsonb)
      on conflict (period_id) do update set
        start_date = excluded.start_date, start_hour = excluded.start_hour,
        end_date = excluded.end_date, end_hour = excluded.end_hour, planned_hours = excluded.planned_hours,
        cancelled = excluded.cancelled, verdict = excluded.verdict, received_at = excluded.received_at,
        decided_by = excluded.decided_by, due_at = excluded.due_at,
        warnings = excluded.warnings, anomalies = excluded.anomalies
      where relations.worker_id = excluded.worker_id and relations.agency_number = excluded.agency_number`.execute(tx);
    if (Number(numAffectedRows) !== owned.length) throw new Error('a period was begun for two workers at once');
  },
};

export type ProjectionStore = typeof projectionStore;
