import type { RelationsTable } from '../platform/tables.ts';
import type { Kept, Named } from './declarations.batch.ts';
import type { KnownPerson } from './declarations.book.ts';
import { type Run, shaped } from './declarations-sql.store.ts';
import { contentOf, type LedgerEntry } from './ledger.ts';

type RelationRow = Record<keyof RelationsTable, unknown>;

/** What a batch keeps, relations as rows of their table. */
export interface Rows extends Omit<Kept, 'begun' | 'changed'> {
  begun: RelationRow[];
  changed: RelationRow[];
}

const WORKER = 'worker_id bigint, insz text, given_name text, family_name text, birth_date date';
const ENTRY =
  'declaration_id, source_key, kind, period_id, agency_number, insz, received_at, channel, sender, fingerprint, result, anomalies, content';
const CHANGED =
  'start_date date, start_hour text, end_date date, end_hour text, planned_hours smallint, cancelled boolean, verdict text, ' +
  'received_at timestamptz, decided_by text, due_at timestamptz, warnings text[], anomalies text[]';
const changedColumns = CHANGED.split(', ').map((column) => column.split(' ', 1)[0]);

/** In this order, whatever there is, rows are written: two intakes take them alike. */
const PARTS = ['entries', 'begun', 'changed', 'workers', 'newWorkers', 'tidings'] as const;
type Part = (typeof PARTS)[number];

const STANDS = 'where (select yes from standing)';
const WRITES: Record<Part, string> = {
  entries: `kept as (
    insert into declarations (${ENTRY})
    select ${ENTRY}
    from rows from (jsonb_to_recordset(:entries::jsonb) as (declaration_id text, source_key text, kind text, period_id text, agency_number text,
      insz text, received_at timestamptz, channel text, sender text, fingerprint text, result text, anomalies text[], content jsonb))
      with ordinality as entry(${ENTRY}, place)
    ${STANDS} order by place)`,
  begun: `begun as (insert into relations select * from jsonb_populate_recordset(null::relations, :begun::jsonb) ${STANDS})`,
  changed: `changed as (
    update relations r set (${changedColumns}) = (select ${changedColumns.map((column) => `after.${column}`)})
    from jsonb_to_recordset(:changed::jsonb) as after(period_id text, ${CHANGED})
    ${STANDS} and r.period_id = after.period_id)`,
  // `any` although the join says it: so the index serves
  workers: `counted as (
    update workers w set version = w.version + 1, given_name = coalesce(w.given_name, told.given_name),
      family_name = coalesce(w.family_name, told.family_name), birth_date = coalesce(w.birth_date, told.birth_date)
    from jsonb_to_recordset(:workers::jsonb) as told(${WORKER})
    ${STANDS} and w.worker_id = told.worker_id and w.worker_id = any(:ids::bigint[]))`,
  newWorkers: `made as (
    insert into workers (worker_id, insz, given_name, family_name, birth_date, version) overriding system value
    select worker_id, insz, given_name, family_name, birth_date, 1 from jsonb_to_recordset(:newWorkers::jsonb) as new(${WORKER})
    ${STANDS} order by insz),
  numbered as (
    insert into worker_numbers (insz, worker_id)
    select insz, worker_id from jsonb_to_recordset(:newWorkers::jsonb) as new(${WORKER}) ${STANDS} order by insz)`,
  tidings: `staged as materialized (select enqueue_job('tidings', tidings) as job from jsonb_array_elements(:tidings::jsonb) as tidings ${STANDS})`,
};

/**
 * Keeps a batch in one statement, whole or not at all. It locks the workers in the order of their ids, so that two intakes never wait for each
 * other crosswise; `standing` is whether nobody changed anything for one of them since he was read, and nothing is written where it is false.
 * A row that must follow from a declaration at the same moment is one more of the WRITES: so a job for those that somebody waits for.
 */
const write = shaped<Part, { yes: boolean }>(
  (has) => `
  with locked as materialized (
    select worker_id, version from workers where worker_id = any(:ids::bigint[]) order by worker_id for no key update),
  standing as materialized (
    select coalesce(array_agg(version order by worker_id), '{}') = :versions::bigint[] as yes from locked),
  ${PARTS.flatMap((part) => (has(part) ? WRITES[part] : [])).join(',\n  ')}
  select yes${has('tidings') ? ', (select count(job) from staged)' : ''} from standing`,
);

/**
 * @param read everybody whose periods the batch was judged on
 * @returns false, and nothing is kept, when one of them changed since
 */
export async function writeKept(run: Run, read: KnownPerson[], rows: Rows): Promise<boolean> {
  const people = read.toSorted((a, b) => Number(a.workerId) - Number(b.workerId));
  const parts = PARTS.filter((part) => rows[part].length > 0);
  const [answer] = await write(run, parts, {
    ids: people.map(({ workerId }) => workerId),
    versions: people.map(({ version }) => version),
    entries: JSON.stringify(rows.entries.map(entryRow)),
    begun: JSON.stringify(rows.begun),
    changed: JSON.stringify(rows.changed),
    workers: JSON.stringify(rows.workers.map(workerRow)),
    newWorkers: JSON.stringify(rows.newWorkers.map(workerRow)),
    tidings: JSON.stringify(rows.tidings),
  });
  return answer?.yes === true;
}

function entryRow({ declaration, ...entry }: LedgerEntry) {
  return {
    declaration_id: declaration.declarationId,
    source_key: entry.sourceKey,
    kind: declaration.kind,
    period_id: declaration.periodId ?? null,
    agency_number: entry.agencyNumber,
    insz: entry.insz,
    received_at: declaration.receivedAt,
    channel: entry.channel,
    sender: entry.sender,
    fingerprint: entry.fingerprint,
    result: entry.result,
    anomalies: entry.anomalies,
    content: contentOf(declaration),
  };
}

function workerRow({ workerId, insz, givenName, familyName, birthDate }: Named) {
  return { worker_id: workerId, insz, given_name: givenName, family_name: familyName, birth_date: birthDate };
}
