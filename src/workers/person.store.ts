import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';

type Tx = Transaction<Tables>;

/** Who stands behind a number, for the rooms where somebody appears who need not have been declared: the door, an agency's staff, the desk. */
export const personStore = {
  /** The worker whom a number leads to; null when nobody has it. */
  async find(tx: Tx, insz: string): Promise<string | null> {
    const row = await tx.selectFrom('worker_numbers').select('worker_id').where('insz', '=', insz).executeTakeFirst();
    return row?.worker_id ?? null;
  },

  /**
   * The worker of a number, made known if nobody declared him and he never signed in; he is held until the transaction ends.
   * More than one try: his number may be led to another worker meanwhile.
   * @param hold so that he stays, or so that his row can be changed next
   * @returns `insz`: his own number, also where the one asked for is an old one
   */
  async ensure(
    tx: Tx,
    insz: string,
    hold: 'key share' | 'no key update' = 'key share',
  ): Promise<{ workerId: string; insz: string }> {
    for (let tries = 0; tries < 5; tries++) {
      const { rows } = await sql<{ workerId: string; insz: string }>`
        select worker.worker_id as "workerId", worker.insz from worker_numbers number join workers worker using (worker_id)
        where number.insz = ${insz} for ${sql.raw(hold)} of worker`.execute(tx);
      if (rows[0]) return rows[0];
      await sql`
        with made as (insert into workers (insz) values (${insz}) on conflict do nothing returning worker_id, insz)
        insert into worker_numbers (insz, worker_id) select insz, worker_id from made on conflict do nothing`.execute(
        tx,
      );
      // while we waited for somebody else to make the number known, it may have become an old one: then ours leads nowhere
      await sql`
        delete from workers where insz = ${insz}
          and not exists (select from worker_numbers number where number.worker_id = workers.worker_id)`.execute(tx);
    }
    throw new Error('a person could not be made known');
  },
};

export type PersonStore = typeof personStore;
