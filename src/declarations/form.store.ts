import { type Selectable, sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import type { DeclarationsTable, Tables } from '../platform/tables.ts';
import type { Declaration, Result } from './declaration.ts';
import type { Declared, Draft, Name, Writer } from './form.judged.ts';
import type { Filled, Standing } from './form.ts';

type Tx = Transaction<Tables>;

/** Everything the form reads and keeps. Every read takes a scope; what is another's is not found. */
export const formStore = {
  async keep(tx: Tx, writer: Writer, draft: { id: string; filled: Filled; now: string; expiresAt: string }) {
    await tx
      .insertInto('drafts')
      .values({
        draft_id: draft.id,
        agency_number: writer.agencyNumber,
        worker_id: writer.workerId,
        fields: JSON.stringify(draft.filled),
        made_at: draft.now,
        expires_at: draft.expiresAt,
        declaration_id: null,
      })
      .execute();
  },

  async find(tx: Tx, writer: Writer, id: string): Promise<Draft | null> {
    const row = await tx
      .selectFrom('drafts')
      .leftJoin('declarations', 'declarations.declaration_id', 'drafts.declaration_id')
      .select(['drafts.fields', 'drafts.expires_at', 'drafts.declaration_id'])
      .select(['declarations.result', 'declarations.anomalies'])
      .where('drafts.draft_id', '=', id)
      .where('drafts.agency_number', '=', writer.agencyNumber)
      .where('drafts.worker_id', '=', writer.workerId)
      .executeTakeFirst();
    if (!row) return null;
    const { declaration_id: declarationId, result, anomalies } = row;
    return {
      filled: row.fields as Filled | null,
      expiresAt: row.expires_at,
      answer: declarationId && result && anomalies ? { declarationId, result, anomalies } : null,
    };
  },

  /** Notes what a draft became; one that was accepted need not be known any longer. */
  async sent(tx: Tx, writer: Writer, id: string, answer: { declarationId: string; result: Result }): Promise<void> {
    const { declarationId: declaration_id, result } = answer;
    await tx
      .updateTable('drafts')
      .set(result === 'B' ? { declaration_id } : { declaration_id, fields: null })
      .where('draft_id', '=', id)
      .where('agency_number', '=', writer.agencyNumber)
      .where('worker_id', '=', writer.workerId)
      .execute();
  },

  /** Empties expired drafts; a day later they are forgotten. */
  async expire(tx: Tx, now: string): Promise<void> {
    await tx
      .updateTable('drafts')
      .set({ fields: null })
      .where('expires_at', '<', now)
      .where('fields', 'is not', null)
      .execute();
    await tx
      .deleteFrom('drafts')
      .where('expires_at', '<', sql<string>`${now}::timestamptz - interval '1 day'`)
      .execute();
  },

  /** A period that the agency declared, as it stands. */
  async standing(tx: Tx, { agencyNumber }: AgencyScope, periodId: string): Promise<Standing | null> {
    const { rows } = await sql<Standing>`
      select r.period_id as "periodId", w.insz, w.given_name as "givenName", w.family_name as "familyName",
        (select declaration_id from declarations d
          where d.period_id = r.period_id and d.kind = 'IN' and d.result <> 'B') as "declarationId",
        r.worker_type as "workerType", r.joint_committee as "jointCommittee", r.user_number as "userNumber",
        coalesce(u.name, r.user_name) as "userName", r.user_address as "userAddress",
        r.user_joint_committee as "userJointCommittee", r.start_date as "startDate", r.start_hour as "startHour",
        r.end_date as "endDate", r.end_hour as "endHour", r.planned_hours as "plannedHours", r.cancelled
      from relations r join workers w using (worker_id)
        left join enterprises u on u.enterprise_number = r.user_number
      where r.period_id = ${periodId} and r.agency_number = ${agencyNumber}`.execute(tx);
    return rows[0] ?? null;
  },

  /** The name of a worker whom this agency declared before; null for anybody else, known elsewhere or not. */
  async knownName(tx: Tx, { agencyNumber }: AgencyScope, insz: string): Promise<Name | null> {
    const { rows } = await sql<Name>`
      select w.given_name as "givenName", w.family_name as "familyName"
      from worker_numbers n join workers w using (worker_id)
      where n.insz = ${insz}
        and exists (select from relations r where r.worker_id = n.worker_id and r.agency_number = ${agencyNumber})`.execute(
      tx,
    );
    return rows[0] ?? null;
  },

  /** A declaration of the agency, refused or not, by whatever way it came. */
  async declared(tx: Tx, { agencyNumber }: AgencyScope, declarationId: string): Promise<Declared | null> {
    const row = await tx
      .selectFrom('declarations')
      .selectAll()
      .where('declaration_id', '=', declarationId)
      .where('agency_number', '=', agencyNumber)
      .executeTakeFirst();
    return row ? declaredFrom(row) : null;
  },
};

export type FormStore = typeof formStore;

function declaredFrom(row: Selectable<DeclarationsTable>): Declared {
  const { declaration_id: declarationId, period_id: periodId } = row;
  const declaration: Declaration = {
    ...(row.content as Pick<Declaration, 'employer'>),
    kind: row.kind,
    declarationId,
    ...(periodId === null ? {} : { periodId }),
    receivedAt: row.received_at,
  };
  return { declaration, insz: row.insz, result: row.result, anomalies: row.anomalies };
}
