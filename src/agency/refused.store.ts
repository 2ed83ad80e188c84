import { sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';

export const refusedStore = {
  /**
   * Of refused INs, by their `seq`: the first later IN that was accepted for the same person, user company and first day, and stands. It put the
   * refused one right.
   */
  async declaredAgain(scope: AgencyScope, tx: Transaction<Tables>, seqs: string[]): Promise<Map<string, string>> {
    const { rows } = await sql<{ seq: string; declaration_id: string }>`
      select d.seq, later.declaration_id from declarations d join worker_numbers w on w.insz = d.insz cross join lateral (
        select n.declaration_id from relations r join declarations n on n.period_id = r.period_id
        where r.agency_number = d.agency_number and r.worker_id = w.worker_id and not r.cancelled
          and n.seq > d.seq and n.kind = 'IN' and n.result <> 'B'
          and n.content ->> 'startDate' = d.content ->> 'startDate'
          and n.content #>> '{userCompany,enterpriseNumber}' is not distinct from d.content #>> '{userCompany,enterpriseNumber}'
          and n.content #>> '{userCompany,name}' is not distinct from d.content #>> '{userCompany,name}'
        order by n.seq limit 1) later
      where d.seq = any(${seqs}::bigint[]) and d.agency_number = ${scope.agencyNumber} and d.kind = 'IN' and d.result = 'B'`.execute(
      tx,
    );
    return new Map(rows.map(({ seq, declaration_id }) => [seq, declaration_id]));
  },
};
