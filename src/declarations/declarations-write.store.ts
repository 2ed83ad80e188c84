import { recordsOf } from '../platform/db.records.ts';
import type { Database } from '../platform/db.ts';
import type { RelationsTable } from '../platform/tables.ts';
import type { Kept, Named } from './declarations.batch.ts';
import type { KnownPerson } from './declarations.book.ts';
import { type Run, shaped } from './declarations-sql.store.ts';
import {
  type Brought,
  CHANGED,
  ENTRY,
  PREPARATION,
  SENT,
  STAGED,
  staged,
  stageOf,
} from './declarations-stage.store.ts';
import { contentOf, type LedgerEntry, ownColumn } from './ledger.ts';

type RelationRow = Record<keyof RelationsTable, unknown>;

/** What a batch keeps, relations as rows of their table. */
export interface Rows extends Omit<Kept, 'begun' | 'changed'> {
  begun: RelationRow[];
  changed: RelationRow[];
}

/** In this order, whatever there is, rows are written: two intakes take them alike. */
const PARTS = ['entries', 'begun', 'changed', 'workers', 'newWorkers', 'tidings'] as const;
type Part = (typeof PARTS)[number];

const STANDS = 'where (select yes from standing)';
const WRITES: Record<Part, (rows: string) => string> = {
  entries: (rows) =>
    `kept as (insert into declarations (${ENTRY}) select ${ENTRY} from ${rows} ${STANDS} order by place)`,
  begun: (rows) => `begun as (insert into relations select * from ${rows} ${STANDS})`,
  changed: (rows) => `changed as (
    update relations r set (${CHANGED}) = (select ${CHANGED.replace(/\w+/g, 'after.$&')})
    from ${rows} ${STANDS} and r.period_id = after.period_id)`,
  // `any` although the join says it: so the index serves
  workers: (rows) => `counted as (
    update workers w set version = w.version + 1, given_name = coalesce(w.given_name, told.given_name),
      family_name = coalesce(w.family_name, told.family_name), birth_date = coalesce(w.birth_date, told.birth_date)
    from ${rows} ${STANDS} and w.worker_id = told.worker_id and w.worker_id = any(:ids::bigint[]))`,
  newWorkers: (rows) => `made as (
    insert into workers (worker_id, insz, given_name, family_name, birth_date, version) overriding system value
    select worker_id, insz, given_name, family_name, birth_date, 1 from ${rows} ${STANDS} order by insz),
  numbered as (
    insert into worker_numbers (insz, worker_id) select insz, worker_id from ${rows} ${STANDS} order by insz)`,
  tidings: () =>
    `staged as materialized (select enqueue_job('tidings', tidings) as job from jsonb_array_elements(:tidings::jsonb) as tidings ${STANDS})`,
};

/**
 * Keeps a batch in one statement, whole or not at all. It locks the workers in the order of their ids, so that two intakes never wait for each
 * other crosswise; `standing` is whether nobody changed anything for one of them since he was read, and nothing is written where it is false.
 * A row that must follow from a declaration at the same moment is one more of the WRITES: so a job for those that somebody waits for.
 */
const writing = (sources: Record<Brought, string>) =>
  shaped<Part, { yes: boolean }>(
    (has) => `
  with locked as materialized (
    select worker_id, version from workers where worker_id = any(:ids::bigint[]) order by worker_id for no key update),
  standing as materialized (
    select coalesce(array_agg(version order by worker_id), '{}') = :versions::bigint[] as yes from locked),
  ${PARTS.flatMap((part) => (has(part) ? WRITES[part](part === 'tidings' ? '' : sources[part]) : [])).join(',\n  ')}
  select yes${has('tidings') ? ', (select count(job) from staged)' : ''} from standing`,
  );
const writeSent = writing(SENT);
const writeStaged = writing(STAGED);

/**
 * @param read everybody whose periods the batch was judged on
 * @returns false, and nothing is kept, when one of them changed since
 */
export async function writeKept(run: Run, read: KnownPerson[], rows: Rows): Promise<boolean> {
  const parts = partsOf(rows);
  const sent = parts.map((part) => [
    part,
    part === 'tidings' ? JSON.stringify(rows.tidings) : recordsOf(valuesOf(part, rows)),
  ]);
  const [answer] = await writeSent(run, parts, { ...expected(read), ...Object.fromEntries(sent) });
  return answer?.yes === true;
}

/** The same for thousands of rows, which go ahead by COPY. */
export function writeMany(db: Database, read: KnownPerson[], rows: Rows): Promise<boolean> {
  const parts = partsOf(rows);
  return db.bulk(PREPARATION, async ({ copy, run }) => {
    for (const part of parts)
      if (part !== 'tidings') await copy(stageOf(part), staged(placed(part, valuesOf(part, rows))));
    const [answer] = await writeStaged(run, parts, { ...expected(read), tidings: JSON.stringify(rows.tidings) });
    return answer?.yes === true;
  });
}

/** Values in the order of the columns of a part's type. */
function valuesOf(part: Brought, rows: Rows): unknown[][] {
  if (part === 'entries') return rows.entries.map((entry) => Object.values(entryRow(entry)));
  if (part === 'begun' || part === 'changed') return rows[part].map((row) => Object.values(row));
  return rows[part].map((worker) => Object.values(workerRow(worker)));
}

/** Entries keep their order also where they are brought ahead. */
function placed(part: Brought, values: unknown[][]): unknown[][] {
  return part === 'entries' ? values.map((row, place) => [place, ...row]) : values;
}

function partsOf(rows: Rows): Part[] {
  return PARTS.filter((part) => rows[part].length > 0);
}

/** Everybody as he was read: locked in this order, and nothing is written when one has changed. */
function expected(read: KnownPerson[]): { ids: string[]; versions: number[] } {
  const people = read.toSorted((a, b) => Number(a.workerId) - Number(b.workerId));
  return { ids: people.map(({ workerId }) => workerId), versions: people.map(({ version }) => version) };
}

function entryRow({ declaration, ...entry }: LedgerEntry) {
  return {
    declaration_id: declaration.declarationId,
    source_key: entry.sourceKey,
    kind: declaration.kind,
    period_id: ownColumn(declaration.periodId),
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
