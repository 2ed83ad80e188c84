import { sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { BatchRow, HistoryRow } from './batches.rows.ts';
import { type FormBatch, sourceKeyOf } from './batches.ts';
import type { Result } from './declaration.ts';

/** How long the other portals leave a batch alone after its portal was last heard of. */
const LEASE = sql`clock_timestamp() + interval '10 seconds'`;
/** A file that has not come in whole by then never will. */
const ABANDONED = sql`clock_timestamp() - interval '1 hour'`;

const BATCH = sql`batch_id, agency_number, sender, file_name, received_at, state, file_hash, form_count, accepted, warned, refused, finished_at`;

interface Row {
  batch_id: string;
  agency_number: string;
  sender: string;
  file_name: string | null;
  received_at: string;
  state: FormBatch['state'];
  file_hash: string;
  form_count: number;
  accepted: number;
  warned: number;
  refused: number;
  finished_at: string | null;
}

/** Batches and the bytes of those that are not declared yet. */
export const batchesStore = {
  async begin(db: Database, batch: Pick<FormBatch, 'id' | 'agencyNumber' | 'sender' | 'fileName' | 'receivedAt'>) {
    const { id, agencyNumber, sender, fileName, receivedAt } = batch;
    await sql`insert into batches (batch_id, agency_number, sender, file_name, received_at, state, claimed_until)
      values (${id}, ${agencyNumber}, ${sender}, ${fileName}, ${receivedAt}, 'receiving', clock_timestamp())`.execute(
      db.read,
    );
  },

  async keepPart(db: Database, id: string, part: number, bytes: Buffer): Promise<void> {
    await db.transaction((tx) =>
      sql`insert into batch_parts (batch_id, part, bytes) values (${id}, ${part}, ${bytes})`.execute(tx),
    );
  },

  /** Forgets a file that did not come in, or came before. */
  async forget(db: Database, id: string): Promise<void> {
    await sql`delete from batches where batch_id = ${id} and state = 'receiving'`.execute(db.read);
  },

  /** The file is in, whole. @returns false when its agency sent it before */
  async complete(db: Database, id: string, fileHash: string, forms: number): Promise<boolean> {
    try {
      await sql`update batches set state = 'declaring', file_hash = ${fileHash}, form_count = ${forms}, claimed_until = null
        where batch_id = ${id}`.execute(db.read);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === '23505') return false;
      throw error;
    }
  },

  async find(db: Database, scope: AgencyScope, by: { id: string } | { fileHash: string }): Promise<FormBatch | null> {
    const which = 'id' in by ? sql`batch_id = ${by.id}` : sql`file_hash = ${by.fileHash}`;
    const { rows } = await sql<Row>`select ${BATCH} from batches
      where ${which} and agency_number = ${scope.agencyNumber} and state <> 'receiving'`.execute(db.read);
    return rows[0] ? batchOf(rows[0]) : null;
  },

  async list(db: Database, scope: AgencyScope, most: number): Promise<FormBatch[]> {
    const { rows } = await sql<Row>`select ${BATCH} from batches
      where agency_number = ${scope.agencyNumber} and state <> 'receiving'
      order by received_at desc, batch_id desc limit ${most}`.execute(db.read);
    return rows.map(batchOf);
  },

  /** Takes the oldest batch that nobody works on; null where there is none. */
  async claim(db: Database, portal: string): Promise<FormBatch | null> {
    return db.transaction(async (tx) => {
      const { rows } = await sql<Row>`update batches set claimed_by = ${portal}, claimed_until = ${LEASE}
        where batch_id = (select batch_id from batches
          where state = 'declaring' and (claimed_until is null or claimed_until < clock_timestamp())
          order by received_at limit 1 for update skip locked)
        returning ${BATCH}`.execute(tx);
      return rows[0] ? batchOf(rows[0]) : null;
    });
  },

  /** Notes how far a batch is. @returns false when another portal has taken it over */
  async progress(db: Database, id: string, portal: string, results: Record<Result, number>): Promise<boolean> {
    const { numAffectedRows } = await sql`update batches
      set accepted = ${results.A}, warned = ${results.W}, refused = ${results.B}, claimed_until = ${LEASE}
      where batch_id = ${id} and claimed_by = ${portal} and state = 'declaring'`.execute(db.read);
    return numAffectedRows === 1n;
  },

  /** Every form is declared: the bytes are no longer needed. */
  async finish(db: Database, id: string, portal: string, now: string): Promise<void> {
    await db.transaction(async (tx) => {
      await sql`update batches set state = 'done', finished_at = ${now}, claimed_by = null, claimed_until = null
        where batch_id = ${id} and claimed_by = ${portal}`.execute(tx);
      await sql`delete from batch_parts where batch_id = ${id}
        and exists (select from batches where batch_id = ${id} and state = 'done')`.execute(tx);
    });
  },

  /** Lets go of a batch that is not done. */
  async release(db: Database, id: string, portal: string): Promise<void> {
    await sql`update batches set claimed_until = null where batch_id = ${id} and claimed_by = ${portal}`.execute(
      db.read,
    );
  },

  /** The bytes as they came, a part at a time. */
  async *bytes(db: Database, id: string): AsyncGenerator<Buffer> {
    for (let part = 0; ; part++) {
      const { rows } = await sql<{ bytes: Buffer }>`select bytes from batch_parts
        where batch_id = ${id} and part = ${part}`.execute(db.read);
      if (!rows[0]) return;
      yield rows[0].bytes;
    }
  },

  async sweep(db: Database): Promise<void> {
    await sql`delete from batches where state = 'receiving' and claimed_until < ${ABANDONED}`.execute(db.read);
  },

  /** The declarations of forms `from` to `to`. In the transaction of the access row. */
  async forms(
    tx: Transaction<Tables>,
    scope: AgencyScope,
    batch: FormBatch,
    { from, to }: { from: number; to: number },
  ): Promise<BatchRow[]> {
    const keys = Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => sourceKeyOf(batch, from + i));
    const { rows } = await sql<BatchRow>`
      select d.seq, d.source_key, d.declaration_id, d.kind, d.period_id, d.result, d.anomalies, d.content,
        case when d.result <> 'B' or d.insz = d.content #>> '{worker,insz}' then d.insz end as insz
      from unnest(${keys}::text[]) with ordinality as asked(key, place) join declarations d on d.source_key = asked.key
      where d.agency_number = ${scope.agencyNumber} order by asked.place`.execute(tx);
    return rows;
  },

  async nssoNumber(tx: Transaction<Tables>, { agencyNumber }: AgencyScope): Promise<string | null> {
    const row = await tx
      .selectFrom('enterprises')
      .select('nsso_number')
      .where('enterprise_number', '=', agencyNumber)
      .executeTakeFirst();
    return row?.nsso_number ?? null;
  },

  /** Everything accepted of these periods, in order of receipt: what they add up to tells what each did. */
  async histories(tx: Transaction<Tables>, scope: AgencyScope, periods: string[]): Promise<HistoryRow[]> {
    const { rows } = await sql<HistoryRow>`
      select seq, declaration_id, period_id, kind, received_at, result, anomalies, agency_number, content
      from declarations
      where period_id = any(${periods}::text[]) and result <> 'B' and kind <> 'DAILY' and agency_number = ${scope.agencyNumber}
      order by period_id, seq`.execute(tx);
    return rows;
  },
};

export type BatchesStore = typeof batchesStore;

function batchOf(row: Row): FormBatch {
  return {
    id: row.batch_id,
    agencyNumber: row.agency_number,
    sender: row.sender,
    fileName: row.file_name,
    receivedAt: row.received_at,
    state: row.state,
    fileHash: row.file_hash,
    forms: row.form_count,
    results: { A: row.accepted, W: row.warned, B: row.refused },
    finishedAt: row.finished_at,
  };
}
