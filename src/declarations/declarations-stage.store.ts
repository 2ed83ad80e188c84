import { copyField } from '../platform/db.bulk.ts';

/** How the rows that an intake keeps come to the statement that writes them. */
export type Brought = 'entries' | 'begun' | 'changed' | 'workers' | 'newWorkers';

const WORKER = 'worker_id bigint, insz text, given_name text, family_name text, birth_date date';
export const ENTRY =
  'declaration_id, source_key, kind, period_id, agency_number, insz, received_at, channel, sender, fingerprint, result, anomalies, content';
const CHANGED =
  'start_date date, start_hour text, end_date date, end_hour text, planned_hours smallint, cancelled boolean, verdict text, ' +
  'received_at timestamptz, decided_by text, due_at timestamptz, warnings text[], anomalies text[]';
/** Columns of a relation that changed, its period first. */
export const CHANGED_COLUMNS = ['period_id', ...CHANGED.split(', ').map((column) => column.split(' ', 1)[0] ?? '')];

const COLUMNS =
  'declaration_id text, source_key text, kind text, period_id text, agency_number text, insz text, received_at timestamptz, channel text, ' +
  'sender text, fingerprint text, result text, anomalies text[], content jsonb';

/** Rows as they come with the statement itself: for a few. */
export const SENT: Record<Brought, string> = {
  entries: `rows from (json_to_recordset(:entries::json) as (${COLUMNS})) with ordinality as entry(${ENTRY}, place)`,
  begun: 'json_populate_recordset(null::relations, :begun::json)',
  changed: `json_to_recordset(:changed::json) as after(period_id text, ${CHANGED})`,
  workers: `json_to_recordset(:workers::json) as told(${WORKER})`,
  newWorkers: `json_to_recordset(:newWorkers::json) as new(${WORKER})`,
};

/** Rows that were brought by COPY before: for thousands. */
export const STAGED: Record<Brought, string> = {
  entries: 'staged_entries as entry',
  begun: 'staged_begun',
  changed: 'staged_changed as after',
  workers: 'staged_workers as told',
  newWorkers: 'staged_new_workers as new',
};
const STAGES: Record<Brought, string> = {
  entries: `(place integer, ${COLUMNS})`,
  begun: '(like relations)',
  changed: `(period_id text, ${CHANGED})`,
  workers: `(${WORKER})`,
  newWorkers: `(${WORKER})`,
};
export const stageOf = (part: Brought) => STAGED[part].split(' ', 1)[0] ?? '';
const BROUGHT = Object.keys(STAGES) as Brought[];
/** Makes the stages of a connection. */
export const PREPARATION = BROUGHT.map(
  (part) => `create temporary table if not exists ${stageOf(part)} ${STAGES[part]} on commit delete rows`,
).join('; ');

/** Rows in COPY's text format, their values in the order of the stage's columns. */
export function staged(rows: unknown[][]): string {
  return `${rows.map((values) => values.map(copyField).join('\t')).join('\n')}\n`;
}
