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
