import { type Kysely, sql, type Transaction } from 'kysely';
import type { Unsent } from '../deliveries/delivery.ts';
import type { PersonScope } from '../identity/visitor.ts';
import type { Loss } from '../mail/letter.ts';
import type { Tables } from '../platform/tables.ts';
import type { Bundle, NoticeChannel } from './notice.ts';

type Tx = Transaction<Tables>;

/** Bundles that did not arrive. */
export const unsentNotices = {
  async lost(at: Kysely<Tables>, bundleId: string, failure: Loss, now: string): Promise<void> {
    await at
      .updateTable('notice_bundles')
      .set({ failed_at: now, failure })
      .where('bundle_id', '=', bundleId)
      .where('failed_at', 'is', null)
      .execute();
  },

  /** What was given up for a person since then, newest first. Says nothing of what it tells. */
  async list(tx: Tx, { workerId }: PersonScope, { since }: { since: string }): Promise<Unsent[]> {
    const { rows } = await sql<Unsent>`
      select bundle_id as id, channel, gone_at as "orderedAt", 'failed' as state, 0 as tries, null as "nextTryAt", failure, true as "isKept"
      from notice_bundles
      where bundle_id in (select bundle_id from notices where worker_id = ${workerId}) and failed_at > ${since}::timestamptz
      order by failed_at desc, bundle_id limit 50`.execute(tx);
    return rows;
  },

  /** Begins anew what was given up, by a way that there still is; null where nothing of the person's was, under this id. */
  async reopen(tx: Tx, { workerId }: PersonScope, id: string, ways: NoticeChannel[]): Promise<Bundle | null> {
    const row = await tx
      .updateTable('notice_bundles')
      .set({ failed_at: null, failure: null })
      .where('worker_id', '=', workerId)
      .where(sql<string>`bundle_id::text`, '=', id)
      .where('channel', 'in', ways)
      .where('failed_at', 'is not', null)
      .returning(['bundle_id as id', 'worker_id as workerId', 'channel', 'digest_day as digestDay'])
      .executeTakeFirst();
    return row ?? null;
  },
};

export type UnsentNotices = typeof unsentNotices;
