import { sql, type Transaction } from 'kysely';
import type { PersonScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { Unsent } from './delivery.ts';

/** What a person ordered since then and has not arrived, newest first. */
export async function unsent(
  tx: Transaction<Tables>,
  { workerId }: PersonScope,
  { since, now }: { since: string; now: string },
): Promise<Unsent[]> {
  const { rows } = await sql<Unsent>`
    select delivery_id as id, channel, ordered_at as "orderedAt", state, tries, next_try_at as "nextTryAt", failure,
      exists (
        select from overviews kept
        where kept.overview_id = deliveries.overview_id and kept.pdf is not null
          -- a link leads nowhere any more once the overview expired
          and (kept.expires_at > ${now} or channel = 'ebox' or attach)
      ) as "isKept"
    from deliveries
    where worker_id = ${workerId} and ordered_at > ${since} and state <> 'sent'
    order by ordered_at desc, delivery_id limit 50`.execute(tx);
  return rows;
}
