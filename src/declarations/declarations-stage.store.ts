import { copyField } from '../platform/db.records.ts';

/** How the rows that an intake keeps come to the statement that writes them. */
export type Brought = 'entries' | 'begun' | 'changed' | 'workers' | 'newWorkers';

/** Columns of a ledger entry, in the order of `sent_declaration`. */
export const ENTRY =
  'declaration_id, source_key, kind, period_id, agency_number, insz, received_at, channel, sender, fingerprint, result, anomalies, content';
/** What a declaration may change of a relation. */
export const CHANGED =
  'start_date, start_hour, end_date, end_hour, planned_hours, cancelled, verdict, received_at, decided_by, due_at, warnings, anomalies';

/** Rows as they come with the statement itself, a list of records each: for a few. */
export const SENT: Record<Brought, string> = {
  entries: `unnest(:entries::sent_declaration[]) with ordinality as entry(${ENTRY}, place)`,
  begun: 'unnest(:begun::sent_relation[]) as begun',
  changed: 'unnest(:changed::sent_relation[]) as after',
  workers: 'unnest(:workers::told_worker[]) as told',
  newWorkers: 'unnest(:newWorkers::told_worker[]) as new',
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
  entries: '(place integer, like sent_declaration)',
  begun: '(like sent_relation)',
  changed: '(like sent_relation)',
  workers: '(like told_worker)',
  newWorkers: '(like told_worker)',
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
