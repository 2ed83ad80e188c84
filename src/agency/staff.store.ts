import { sql, type Transaction } from 'kysely';
import type { AgencyScope, StaffRight } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { Colleague } from './staff.ts';

type Tx = Transaction<Tables>;

/** Who acts for an agency. Every function takes the agency's scope first: nobody is found by his key alone. */
export const staffStore = {
  /** One change of an agency's staff at a time. @returns the agency's name; null when the directory has no such agency */
  async lock(tx: Tx, { agencyNumber }: AgencyScope): Promise<string | null> {
    const row = await tx
      .selectFrom('enterprises')
      .select('name')
      .where('enterprise_number', '=', agencyNumber)
      .where('kind', '=', 'agency')
      .forNoKeyUpdate()
      .executeTakeFirst();
    return row?.name ?? null;
  },

  /** By name; those without one last. */
  async list(tx: Tx, { agencyNumber }: AgencyScope): Promise<Colleague[]> {
    const { rows } = await sql<Colleague>`
      select staff.staff_key as "key", staff.worker_id as "workerId", person.insz, staff.right_held as "right",
        staff.added_at as "addedAt", staff.last_acted_at as "lastActedAt",
        case when staff.last_acted_at is null then staff.given_name else person.given_name end as "givenName",
        case when staff.last_acted_at is null then staff.family_name else person.family_name end as "familyName",
        nullif(concat_ws(' ', adder.given_name, adder.family_name), '') as "addedBy"
      from agency_staff staff
        join workers person using (worker_id)
        left join workers adder on adder.worker_id = staff.added_by
      where staff.agency_number = ${agencyNumber}
      order by 8 nulls last, 7 nulls last, staff.added_at, staff.staff_key`.execute(tx);
    return rows;
  },

  /**
   * The person of an INSZ, made known if nobody declared him and he never signed in; he stays where he is until the transaction ends.
   * More than one try: his number may be led to another worker meanwhile.
   */
  async person(tx: Tx, insz: string): Promise<string> {
    for (let tries = 0; tries < 5; tries++) {
      const { rows } = await sql<{ worker_id: string }>`
        select worker.worker_id from worker_numbers number join workers worker using (worker_id)
        where number.insz = ${insz} for key share of worker`.execute(tx);
      if (rows[0]) return rows[0].worker_id;
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

  /** The worker whom a number leads to; null when nobody has it. */
  async known(tx: Tx, insz: string): Promise<string | null> {
    const row = await tx.selectFrom('worker_numbers').select('worker_id').where('insz', '=', insz).executeTakeFirst();
    return row?.worker_id ?? null;
  },

  async add(
    tx: Tx,
    { agencyNumber }: AgencyScope,
    one: Pick<Colleague, 'workerId' | 'right' | 'givenName' | 'familyName' | 'addedAt'> & { addedBy: string | null },
  ): Promise<void> {
    await tx
      .insertInto('agency_staff')
      .values({
        agency_number: agencyNumber,
        worker_id: one.workerId,
        right_held: one.right,
        given_name: one.givenName,
        family_name: one.familyName,
        added_at: one.addedAt,
        added_by: one.addedBy,
      })
      .execute();
    // who is signed in already finds the way to his new capacity at once
    await tx.updateTable('sessions').set({ may_choose: true }).where('worker_id', '=', one.workerId).execute();
  },

  async setRight(tx: Tx, { agencyNumber }: AgencyScope, key: string, right: StaffRight): Promise<void> {
    await tx
      .updateTable('agency_staff')
      .set({ right_held: right })
      .where('agency_number', '=', agencyNumber)
      .where('staff_key', '=', key)
      .execute();
  },

  async setName(tx: Tx, { agencyNumber }: AgencyScope, key: string, name: Pick<Colleague, 'givenName' | 'familyName'>) {
    await tx
      .updateTable('agency_staff')
      .set({ given_name: name.givenName, family_name: name.familyName })
      .where('agency_number', '=', agencyNumber)
      .where('staff_key', '=', key)
      .execute();
  },

  async remove(tx: Tx, { agencyNumber }: AgencyScope, key: string): Promise<void> {
    await tx
      .deleteFrom('agency_staff')
      .where('agency_number', '=', agencyNumber)
      .where('staff_key', '=', key)
      .execute();
  },
};

export type StaffStore = typeof staffStore;
