import { sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import { instantAt } from '../platform/calendar-days.ts';
import type { Tables } from '../platform/tables.ts';
import { type DeskChoices, LATE, type Week } from './declarations.ts';
import { AT } from './filter.store.ts';

/** What the desk offers to choose from, and the picture of its weeks. */

/** The newest that are looked at for choices: an agency's last days. Of all of them the index alone is read. */
const LATELY = 1_000;

/** The name of the user company `asked.user_key`: of the directory, else as the agency declared it in one of some relations. */
const nameOf = (scope: AgencyScope) => sql`coalesce(
  (select e.name from enterprises e where e.enterprise_number = asked.user_key),
  (select min(user_name) from (
    select user_name from relations r where r.agency_number = ${scope.agencyNumber} and r.user_key = asked.user_key limit 20) few))`;

export const dashboardStore = {
  /** Declarations received a week, from each of these Mondays (the last one ends the last week). The ledger's index alone is read. */
  async weeks(scope: AgencyScope, tx: Transaction<Tables>, mondays: string[]): Promise<Week[]> {
    const starts = mondays.slice(0, -1).map((day) => instantAt(day, '00:00'));
    const ends = mondays.slice(1).map((day) => instantAt(day, '00:00'));
    const { rows } = await sql<Omit<Week, 'from'>>`
      select c.declared, c.late, c.refused
      from unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality as week(first, beyond, place)
      cross join lateral (
        select count(*)::int as declared, count(*) filter (where d.result <> 'B' and d.anomalies && ${LATE}::text[])::int as late,
          count(*) filter (where d.result = 'B')::int as refused
        from declarations d where d.agency_number = ${scope.agencyNumber} and ${AT} >= week.first and ${AT} < week.beyond) c
      order by week.place`.execute(tx);
    return rows.map((row, i) => ({ from: mondays[i] ?? '', ...row }));
  },

  async choices(scope: AgencyScope, tx: Transaction<Tables>): Promise<DeskChoices> {
    const { rows } = await sql<{
      types: string[] | null;
      users: DeskChoices['users'] | null;
      anomalies: string[] | null;
    }>`
      with near as materialized (
        select worker_type, user_key from relations
        where agency_number = ${scope.agencyNumber} order by start_date desc, period_id desc limit ${LATELY}),
      latest as materialized (
        select d.anomalies from declarations d where d.agency_number = ${scope.agencyNumber}
        order by ${AT} desc, d.seq desc limit ${LATELY})
      select
        (select json_agg(worker_type order by often desc) from (select worker_type, count(*) as often from near group by 1) t) as types,
        (select json_agg(json_build_object('value', user_key, 'label', name) order by name collate "und-x-icu") from (
          select user_key, ${nameOf(scope)} as name from (
            select user_key from near where user_key is not null group by user_key order by count(*) desc limit 60) asked) u) as users,
        (select json_agg(distinct code order by code) from latest, unnest(anomalies) as code) as anomalies`.execute(tx);
    return { types: rows[0]?.types ?? [], users: rows[0]?.users ?? [], anomalies: rows[0]?.anomalies ?? [] };
  },

  /** Names of user companies, of the directory or as declared: for a chosen one that is not among the choices. */
  async userNames(scope: AgencyScope, tx: Transaction<Tables>, keys: string[]): Promise<Map<string, string>> {
    const { rows } = await sql<{ key: string; name: string | null }>`
      select user_key as key, ${nameOf(scope)} as name from unnest(${keys}::text[]) as asked(user_key)`.execute(tx);
    return new Map(rows.flatMap(({ key, name }) => (name === null ? [] : [[key, name]])));
  },
};
