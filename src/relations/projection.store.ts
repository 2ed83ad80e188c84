import type { Selectable } from 'kysely';
import type { RelationsTable } from '../platform/tables.ts';
import type { RelationState } from './relation.ts';

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

/** The state as a row, its columns in the order of the table and of type `sent_relation`. */
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

/** How the intake's rows of `relations` are read and made. */
export const projectionStore = { stateOf, rowOf };

export type ProjectionStore = typeof projectionStore;
