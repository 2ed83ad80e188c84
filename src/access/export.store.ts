import type pg from 'pg';

/** An access row as the data protection officer gets it. */
export interface ExportedAccess {
  id: string;
  at: string;
  actorKind: string;
  actorInsz: string | null;
  actorAgency: string | null;
  actorClient: string | null;
  subjects: string[];
  purpose: string;
  channel: string;
  detail: object;
  resultCount: number | null;
  requestId: string | null;
}

/** Instants [from, to) of the rows, and whose: null is everybody. */
export interface ExportWanted {
  from: string;
  to: string;
  insz: string | null;
}

const ROWS = `
  declare taken no scroll cursor for
  with whose as (
    select array_agg(insz) as numbers from (
      select $3::text as insz
      union select every_one.insz from worker_numbers mine join worker_numbers every_one using (worker_id) where mine.insz = $3) n)
  select id, at, actor_kind as "actorKind", actor_insz as "actorInsz", actor_agency as "actorAgency", actor_client as "actorClient",
    coalesce(subjects, array[subject_insz]) as subjects, purpose, channel, detail, result_count as "resultCount", request_id as "requestId"
  from access_rows, whose
  where at >= $1::timestamptz and at < $2::timestamptz
    and ($3 is null or subject_insz = any(numbers) or subjects && numbers)
  order by at, id`;

const PAGE = 2_000;

/** The rows as they stood when it began, oldest first, page by page: memory stays flat however many there are. */
export async function* exportedAccess(client: pg.ClientBase, wanted: ExportWanted): AsyncGenerator<ExportedAccess[]> {
  await client.query('begin isolation level repeatable read read only');
  try {
    await client.query(ROWS, [wanted.from, wanted.to, wanted.insz]);
    for (let more = true; more; ) {
      const { rows } = await client.query<ExportedAccess>(`fetch ${PAGE} from taken`);
      more = rows.length === PAGE;
      if (rows.length > 0) yield rows;
    }
  } finally {
    await client.query('rollback');
  }
}
