import { sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';

/** A declaration that somebody ticked off before. */
export interface Standing {
  declarationId: string;
  by: string;
  at: string;
}

/** Ticking declarations off, and taking that back. Always in the order of the ledger: two of these never wait for each other crosswise. */
export const verificationsStore = {
  /** Ticks off what is not ticked off yet. @returns how many that were now. */
  async add(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    who: { workerId: string; at: string },
    declarationIds: string[],
  ): Promise<number> {
    const { rows } = await sql`
      insert into verifications (declaration_seq, worker_id, at)
      select seq, ${who.workerId}::bigint, ${who.at}::timestamptz from declarations
      where declaration_id = any(${declarationIds}::text[]) and agency_number = ${scope.agencyNumber} order by seq
      on conflict (declaration_seq) where undone_at is null do nothing returning declaration_seq`.execute(tx);
    return rows.length;
  },

  /** Takes back what stands. @returns how many that were now. */
  async undo(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    who: { workerId: string; at: string },
    declarationIds: string[],
  ): Promise<number> {
    const { rows } = await sql`
      with standing as materialized (
        select v.verification_id from verifications v join declarations d on d.seq = v.declaration_seq
        where d.declaration_id = any(${declarationIds}::text[]) and d.agency_number = ${scope.agencyNumber} and v.undone_at is null
        order by d.seq for update of v)
      update verifications v set undone_by = ${who.workerId}::bigint, undone_at = ${who.at}::timestamptz
      from standing where v.verification_id = standing.verification_id and v.undone_at is null
      returning v.verification_id`.execute(tx);
    return rows.length;
  },

  /** Who ticked these off, of those that are; `besides` leaves out what one person did at one moment. */
  async standing(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    declarationIds: string[],
    besides: { workerId: string; at: string } | null = null,
  ): Promise<Standing[]> {
    const { rows } = await sql<Standing>`
      select d.declaration_id as "declarationId", concat_ws(' ', w.given_name, w.family_name) as by, v.at
      from declarations d join verifications v on v.declaration_seq = d.seq and v.undone_at is null
      join workers w on w.worker_id = v.worker_id
      where d.declaration_id = any(${declarationIds}::text[]) and d.agency_number = ${scope.agencyNumber}
        and (${besides?.workerId ?? null}::bigint is null
          or (v.worker_id, v.at) is distinct from (${besides?.workerId ?? null}::bigint, ${besides?.at ?? null}::timestamptz))
      order by d.seq`.execute(tx);
    return rows;
  },
};
