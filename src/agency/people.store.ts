import { type RawBuilder, sql, type Transaction } from 'kysely';
import { APART } from '../declarations/ledger.ts';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import { MOST_NAMESAKES } from './declarations.ts';

/** Sorts after every letter: what lies between a text and the text with it begins with the text, whatever the capitals and accents. */
const LAST = '\uffff';

/** Workers `w` whom the agency declared and whose name begins so: 'peet', 'jan peet' or 'peeters j'. */
export function namedLike(scope: AgencyScope, name: string): RawBuilder<unknown> {
  const words = name.split(' ');
  const ends = words.map((_, i) => words.slice(i).join(' '));
  const heads = words.map((_, i) => words.slice(0, i + 1).join(' '));
  const families = [...new Set([...ends, ...heads])];
  return sql`
    (${sql.join(
      families.map((family) => between(sql`w.family_name`, family)),
      sql` or `,
    )})
    and (${between(sql`concat_ws(' ', w.family_name, w.given_name)`, name)} or ${between(sql`concat_ws(' ', w.given_name, w.family_name)`, name)})
    and exists (select from relations o where o.worker_id = w.worker_id and o.agency_number = ${scope.agencyNumber})`;
}

function between(value: RawBuilder<unknown>, start: string): RawBuilder<unknown> {
  return sql`${value} collate folded >= ${start} and ${value} collate folded <= ${start + LAST}`;
}

/** Whom a search of the desk may find: only people whom the agency declared, and its own declarations. */
export const peopleStore = {
  /** The worker of a number, old or new, if the agency declared him; else its newest declaration that named the number (one without a period). */
  async byInsz(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    insz: string,
  ): Promise<{ workerId: string | null; declarationId: string | null }> {
    const { rows } = await sql<{ workerId: string | null; declarationId: string | null }>`
      select
        (select n.worker_id from worker_numbers n where n.insz = ${insz} and exists (
          select from relations o where o.worker_id = n.worker_id and o.agency_number = ${scope.agencyNumber})) as "workerId",
        (select d.declaration_id from declarations d where d.agency_number = ${scope.agencyNumber} and d.insz = ${insz} and ${sql.raw(APART)}
          and d.content #>> '{worker,insz}' = ${insz} order by d.seq desc limit 1) as "declarationId"`.execute(tx);
    return rows[0] ?? { workerId: null, declarationId: null };
  },

  /** Whose name begins so: one more than MOST_NAMESAKES at most. */
  async byName(scope: AgencyScope, tx: Transaction<Tables>, name: string): Promise<string[]> {
    const { rows } = await sql<{ worker_id: string }>`
      select w.worker_id from workers w where ${namedLike(scope, name)} limit ${MOST_NAMESAKES + 1}`.execute(tx);
    return rows.map((row) => row.worker_id);
  },

  /** The name of a worker whom the agency declared. */
  async nameOf(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    workerId: string,
  ): Promise<{ insz: string; givenName: string | null; familyName: string | null } | null> {
    const { rows } = await sql<{ insz: string; givenName: string | null; familyName: string | null }>`
      select w.insz, w.given_name as "givenName", w.family_name as "familyName" from workers w
      where w.worker_id = ${workerId}::bigint and exists (
        select from relations o where o.worker_id = w.worker_id and o.agency_number = ${scope.agencyNumber})`.execute(
      tx,
    );
    return rows[0] ?? null;
  },

  /** Whether the agency itself sent the declaration, or the period is its own: then the declaration that began it. */
  async byNumber(scope: AgencyScope, tx: Transaction<Tables>, number: string): Promise<string | null> {
    const { rows } = await sql<{ declaration_id: string }>`
      (select declaration_id from declarations where declaration_id = ${number} and agency_number = ${scope.agencyNumber})
      union all
      (select declaration_id from declarations
       where period_id = ${number} and agency_number = ${scope.agencyNumber} and result <> 'B' order by seq limit 1)
      limit 1`.execute(tx);
    return rows[0]?.declaration_id ?? null;
  },
};
