import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import type { Employer, Person, Result } from './declaration.ts';
import type { KnownPerson } from './declarations.book.ts';
import { contentOf, type LedgerEntry } from './ledger.ts';

/** The first answer to a declaration, as it is given again. */
export interface Answered {
  declarationId: string;
  sourceKey: string | null;
  fingerprint: string | null;
  periodId: string | null;
  result: Result;
  anomalies: string[];
}

const NAMES = sql`worker_id as "workerId", given_name as "givenName", family_name as "familyName", birth_date as "birthDate"`;

export const declarationsStore = {
  async answered(tx: Transaction<Tables>, ids: string[], sourceKeys: string[]): Promise<Answered[]> {
    if (ids.length + sourceKeys.length === 0) return [];
    const rows = await tx
      .selectFrom('declarations')
      .select(['declaration_id', 'source_key', 'fingerprint', 'period_id', 'result', 'anomalies'])
      .where((test) =>
        test.or([
          test('declaration_id', '=', sql<string>`any(${ids}::text[])`),
          test('source_key', '=', sql<string>`any(${sourceKeys}::text[])`),
        ]),
      )
      .execute();
    return rows.map((row) => ({
      declarationId: row.declaration_id,
      sourceKey: row.source_key,
      fingerprint: row.fingerprint,
      periodId: row.period_id,
      result: row.result,
      anomalies: row.anomalies,
    }));
  },

  /** The enterprise numbers that the directory has, by number and by NSSO number. */
  async agencies(
    tx: Transaction<Tables>,
    employers: Employer[],
  ): Promise<{ numbers: Set<string>; byNsso: Map<string, string> }> {
    const numbers = [...new Set(employers.flatMap((employer) => employer.enterpriseNumber ?? []))];
    const nssos = [...new Set(employers.flatMap((employer) => employer.nssoNumber ?? []))];
    const rows = await tx
      .selectFrom('enterprises')
      .select(['enterprise_number', 'nsso_number'])
      .where((test) =>
        test.or([
          test('enterprise_number', '=', sql<string>`any(${numbers}::text[])`),
          test('nsso_number', '=', sql<string>`any(${nssos}::text[])`),
        ]),
      )
      .execute();
    return {
      numbers: new Set(rows.map((row) => row.enterprise_number)),
      byNsso: new Map(
        rows.flatMap((row) => (row.nsso_number ? [[row.nsso_number, row.enterprise_number] as const] : [])),
      ),
    };
  },

  /** Makes numbers known (a worker each, unless known) and tells whose all the others are; `made` is who was made now. */
  async workersOf(
    tx: Transaction<Tables>,
    make: string[],
    all: string[],
  ): Promise<{ byInsz: Map<string, string>; made: Set<string> }> {
    const sorted = [...make].sort(); // always in the same order: two intakes never wait for each other crosswise
    const made = await sql<{ worker_id: string; insz: string }>`
      with wanted as (select unnest(${sorted}::text[]) as insz),
      made as (
        insert into workers (insz)
        select insz from wanted where not exists (select 1 from worker_numbers known where known.insz = wanted.insz) order by insz
        on conflict (insz) do nothing returning worker_id, insz),
      numbered as (insert into worker_numbers (insz, worker_id) select insz, worker_id from made on conflict do nothing)
      select worker_id, insz from made`.execute(tx);
    const known = await tx
      .selectFrom('worker_numbers')
      .select(['insz', 'worker_id'])
      .where('insz', '=', sql<string>`any(${all}::text[])`)
      .execute();
    return {
      byInsz: new Map(known.map((row) => [row.insz, row.worker_id])),
      made: new Set(made.rows.map((row) => row.worker_id)),
    };
  },

  /** Known workers (somebody declared them before) who bear one of these family names, in capitals or not. */
  async workersByName(tx: Transaction<Tables>, persons: Person[]): Promise<KnownPerson[]> {
    const names = [...new Set(persons.flatMap((person) => person.familyName ?? []))];
    if (names.length === 0) return [];
    const { rows } = await sql<KnownPerson>`
      select ${NAMES}, true as "isDeclared" from workers
      where lower(family_name collate "und-x-icu") in (select lower(name collate "und-x-icu") from unnest(${names}::text[]) as name)
        and exists (select from relations where relations.worker_id = workers.worker_id)`.execute(tx);
    return rows;
  },

  async namesOf(tx: Transaction<Tables>, workerIds: string[]): Promise<KnownPerson[]> {
    const { rows } = await sql<KnownPerson>`
      select ${NAMES}, exists (select from relations where relations.worker_id = workers.worker_id) as "isDeclared"
      from workers where worker_id = any(${workerIds}::bigint[])`.execute(tx);
    return rows;
  },

  /** One intake at a time for a worker, to judge what stands then. @returns whether all are still there: two may have become one */
  async lockWorkers(tx: Transaction<Tables>, workerIds: string[]): Promise<boolean> {
    if (workerIds.length === 0) return true;
    const { rows } =
      await sql`select from workers where worker_id = any(${workerIds}::bigint[]) order by worker_id for no key update`.execute(
        tx,
      );
    return rows.length === workerIds.length;
  },

  /** Keeps the names of those who had none; a card's names, once known, stay. */
  async nameWorkers(tx: Transaction<Tables>, named: { workerId: string; person: Person }[]): Promise<void> {
    if (named.length === 0) return;
    const rows = JSON.stringify(
      named.map(({ workerId, person }) => ({
        worker_id: workerId,
        given_name: person.givenName ?? null,
        family_name: person.familyName ?? null,
        birth_date: person.birthDate ?? null,
      })),
    );
    await sql`
      update workers set
        given_name = coalesce(workers.given_name, told.given_name),
        family_name = coalesce(workers.family_name, told.family_name),
        birth_date = coalesce(workers.birth_date, told.birth_date)
      from jsonb_to_recordset(${rows}::jsonb) as told(worker_id bigint, given_name text, family_name text, birth_date date)
      where workers.worker_id = told.worker_id
        and (workers.family_name is null or workers.given_name is null or workers.birth_date is null)`.execute(tx);
  },

  /** Forgets workers made for declarations that were then refused: nobody stays known by a refused declaration. */
  async forgetWorkers(tx: Transaction<Tables>, workerIds: string[]): Promise<void> {
    if (workerIds.length === 0) return;
    await tx.deleteFrom('worker_numbers').where('worker_id', '=', sql<string>`any(${workerIds}::bigint[])`).execute();
    await tx.deleteFrom('workers').where('worker_id', '=', sql<string>`any(${workerIds}::bigint[])`).execute();
  },

  async inszOf(tx: Transaction<Tables>, workerIds: string[]): Promise<Map<string, string>> {
    if (workerIds.length === 0) return new Map();
    const rows = await tx
      .selectFrom('workers')
      .select(['worker_id', 'insz'])
      .where('worker_id', '=', sql<string>`any(${workerIds}::bigint[])`)
      .execute();
    return new Map(rows.map((row) => [row.worker_id, row.insz]));
  },

  /** The next counters for ids of our own. */
  async numbers(tx: Transaction<Tables>, count: number): Promise<number[]> {
    if (count === 0) return [];
    const { rows } = await sql<{
      n: string;
    }>`select nextval('portal_numbers') as n from generate_series(1, ${count}::int)`.execute(tx);
    return rows.map((row) => Number(row.n));
  },

  /** Writes the entries in the order of receipt: one statement. */
  async append(tx: Transaction<Tables>, entries: LedgerEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const rows = JSON.stringify(
      entries.map(({ declaration, ...entry }) => ({
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
      })),
    );
    await sql`
      insert into declarations
        (declaration_id, source_key, kind, period_id, agency_number, insz, received_at, channel, sender, fingerprint, result, anomalies, content)
      select declaration_id, source_key, kind, period_id, agency_number, insz, received_at, channel, sender, fingerprint, result, anomalies, content
      from rows from (jsonb_to_recordset(${rows}::jsonb) as (declaration_id text, source_key text, kind text, period_id text,
        agency_number text, insz text, received_at timestamptz, channel text, sender text, fingerprint text, result text, anomalies text[], content jsonb))
        with ordinality as told(declaration_id, source_key, kind, period_id, agency_number, insz, received_at, channel, sender, fingerprint, result, anomalies, content, place)
      order by place`.execute(tx);
  },
};

export type DeclarationsStore = typeof declarationsStore;
