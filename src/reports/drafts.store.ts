import { type Kysely, sql, type Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { Company, Typed } from './draft.ts';

type Tx = Transaction<Tables>;
type At = Kysely<Tables>;

/** What a worker is about to send, and what helps him to fill it in. */
export const draftsStore = {
  async keep(
    scope: WorkerScope,
    tx: Tx,
    draft: { id: string; typed: Typed; now: string; expiresAt: string },
  ): Promise<void> {
    await tx
      .insertInto('report_drafts')
      .values({
        draft_id: draft.id,
        worker_id: scope.workerId,
        fields: JSON.stringify(draft.typed),
        made_at: draft.now,
        expires_at: draft.expiresAt,
      })
      .execute();
  },

  /** A draft of his own; `hold`: nobody else sends it meanwhile. */
  async find(
    scope: WorkerScope,
    at: At,
    id: string,
    now: string,
    hold = false,
  ): Promise<{ typed: Typed; reportId: string | null } | null> {
    const found = at
      .selectFrom('report_drafts')
      .select(['fields', 'report_id'])
      .where('draft_id', '=', id)
      .where('worker_id', '=', scope.workerId)
      .where('expires_at', '>', now);
    const row = await (hold ? found.forUpdate() : found).executeTakeFirst();
    return row ? { typed: row.fields as Typed, reportId: row.report_id } : null;
  },

  async sent(tx: Tx, id: string, reportId: string): Promise<void> {
    await tx.updateTable('report_drafts').set({ report_id: reportId }).where('draft_id', '=', id).execute();
  },

  async expire(at: At, now: string): Promise<void> {
    await at.deleteFrom('report_drafts').where('expires_at', '<', now).execute();
  },

  /** Agencies of that number, of exactly that name, or else whose name begins so: capitals or not, at most six. */
  async agencies(at: At, number: string | null, name: string): Promise<Company[]> {
    const { rows } = await sql<Company & { exact: boolean }>`
      select enterprise_number as number, name, city, lower(name collate "und-x-icu") = lower(${name}::text collate "und-x-icu") as exact
      from enterprises where kind = 'agency' and (enterprise_number = ${number}
        or ${number}::text is null and ${name}::text <> ''
          and lower(name collate "und-x-icu") ~>=~ lower(${name}::text collate "und-x-icu")
          and lower(name collate "und-x-icu") ~<~ (lower(${name}::text collate "und-x-icu") || chr(1114111)))
      order by exact desc, name limit 6`.execute(at);
    const exact = rows.filter((row) => row.exact);
    return (exact.length > 0 ? exact : rows).map(({ number: found, name: called, city }) => ({
      number: found,
      name: called,
      city,
    }));
  },

  /** Whether somebody of the agency can answer here. */
  async answers(at: At, agencyNumber: string): Promise<boolean> {
    const row = await at
      .selectFrom('agency_staff')
      .select('agency_number')
      .where('agency_number', '=', agencyNumber)
      .where('right_held', '<>', 'view')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Names of the agencies that declared him and of the companies where he was, the latest first: to pick from. */
  async known(scope: WorkerScope, at: At): Promise<{ agencies: string[]; companies: string[] }> {
    const { rows } = await sql<{ agencies: string[] | null; companies: string[] | null }>`
      with near as materialized (
        select a.name as agency, coalesce(u.name, r.user_name) as company, r.start_date from relations r
        left join enterprises a on a.enterprise_number = r.agency_number
        left join enterprises u on u.enterprise_number = r.user_number
        where r.worker_id = ${scope.workerId} and r.joint_committee = '322' order by r.start_date desc limit 200)
      select
        (select array_agg(agency order by latest desc) from (
          select agency, max(start_date) as latest from near where agency is not null group by agency order by 2 desc limit 12) a) as agencies,
        (select array_agg(company order by latest desc) from (
          select company, max(start_date) as latest from near where company is not null group by company order by 2 desc limit 12) c) as companies`.execute(
      at,
    );
    return { agencies: rows[0]?.agencies ?? [], companies: rows[0]?.companies ?? [] };
  },
};

export type DraftsStore = typeof draftsStore;
