import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';

/** Whether the intake stages a job with what it accepts for a worker: somebody waits for it. */
export const awaitedStore = {
  /**
   * Marks a worker as awaited, or not any more, by what stands: to be called after every change of it, as the last of its transaction. His row
   * is held before anything is looked at, so that of two changes at once the later one sees the earlier one. An intake that read him before
   * somebody waited begins anew.
   */
  async settle(tx: Transaction<Tables>, workerId: string): Promise<void> {
    await sql`select from workers where worker_id = ${workerId} for no key update`.execute(tx);
    await sql`
      with now as (select exists (select from notice_choices where worker_id = ${workerId} and kind in ('declared', 'changed', 'cancelled'))
        or exists (select from reports where worker_id = ${workerId} and state <> 'closed') as yes)
      update workers set awaited = now.yes, version = version + now.yes::int from now
      where worker_id = ${workerId} and awaited is distinct from now.yes`.execute(tx);
  },
};
