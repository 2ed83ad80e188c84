import { sql } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import { addDays, instantAt } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import { ACCESS_KINDS, purposesOf } from './access.ts';
import type { Seen, SeenFilter } from './seen.ts';

const PAGE = 25;

export interface SeenPage {
  rows: Seen[];
  /** Whether there are older ones. */
  more: boolean;
}

export type SeenStore = ReturnType<typeof seenStore>;

/** Access rows about a worker, under every number he ever had. */
export function seenStore(db: Database) {
  // both ends of the union come from an index and stop after a page
  const some = (about: string) => `
    select a.* from access_rows a
    where ${about} and a.at >= $2::timestamptz and a.at < $3::timestamptz
      and ($4::text[] is null or a.purpose = any($4)) and ($5::text[] is null or a.purpose <> all($5))
      and ($6::timestamptz is null or (a.at, a.id) < ($6::timestamptz, $7::bigint))
    order by a.at desc, a.id desc limit ${PAGE + 1}`;
  const mine = '(select array_agg(insz) from worker_numbers where worker_id = $1::bigint)::text[]';
  const page = sql<Seen>`${sql.raw(`
    select a.id, a.at, a.actor_kind as actor, agency.name as "agencyName", a.actor_agency as "agencyNumber", a.purpose, a.channel, a.detail,
      coalesce(cardinality(a.subjects), 1) as people
    from ((${some(`a.subject_insz = any(${mine})`)}) union all (${some(`a.subjects && ${mine}`)})) a
      left join enterprises agency on agency.enterprise_number = a.actor_agency
    order by a.at desc, a.id desc limit ${PAGE + 1}`)}`.compile(db.read);

  return {
    /** A page of them, newest first. */
    async page(scope: WorkerScope, { kind, from, to, after }: SeenFilter): Promise<SeenPage> {
      const named = ACCESS_KINDS.filter((one) => one !== 'other').flatMap(purposesOf);
      const rows = await db.rows(page, [
        scope.workerId,
        from === null ? '-infinity' : instantAt(from, '00:00'),
        to === null ? 'infinity' : instantAt(addDays(to, 1), '00:00'),
        kind === null || kind === 'other' ? null : purposesOf(kind),
        kind === 'other' ? named : null,
        after?.at ?? null,
        after?.id ?? null,
      ]);
      return { rows: rows.slice(0, PAGE), more: rows.length > PAGE };
    },
  };
}
