import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import { mergeAddresses, mergeAgents, mergeChoices, mergeKeys, mergeStaff } from './merging.store.ts';
import type { NumberChange, Replacements } from './number-change.ts';

type Tx = Transaction<Tables>;

/** A worker whose row is locked. */
export interface HeldWorker {
  workerId: string;
  insz: string;
  givenName: string | null;
  familyName: string | null;
  birthDate: string | null;
}

/** Columns that hold the key of a worker and just follow him; `agency_staff.worker_id` and `support_agents.worker_id` follow with rules of their own. */
export const FOLLOWING = [
  ['worker_numbers', 'worker_id'],
  ['relations', 'worker_id'],
  ['overviews', 'worker_id'],
  ['feeds', 'worker_id'],
  ['sessions', 'worker_id'],
  ['agency_staff', 'added_by'],
  ['drafts', 'worker_id'],
  ['verifications', 'worker_id'],
  ['verifications', 'undone_by'],
  ['merged_workers', 'merged_into'],
  ['worker_addresses', 'worker_id'],
  ['address_confirmations', 'worker_id'],
  ['deliveries', 'worker_id'],
  ['key_accounts', 'worker_id'],
  ['token_cards', 'worker_id'],
  ['support_lookups', 'agent_id'],
  ['support_lookups', 'worker_id'],
  ['reports', 'worker_id'],
  ['report_events', 'by_worker_id'],
  ['report_drafts', 'worker_id'],
  ['shifts', 'worker_id'],
  ['notice_choices', 'worker_id'],
  ['notice_bundles', 'worker_id'],
  ['notices', 'worker_id'],
] as const;

/** Moves what two numbers lead to onto one worker. All inside one transaction, in the order of the functions here. */
export const numberChangeStore = {
  /**
   * The workers behind two numbers, made known where they are not, locked in the order of their keys as the intake does.
   * @returns null when another change moved a number meanwhile: begin the transaction anew, for locks are only taken in order
   */
  async hold(
    tx: Tx,
    oldInsz: string,
    newInsz: string,
  ): Promise<{ old: HeldWorker; new: HeldWorker; made: boolean } | null> {
    // before any worker, in the order of the intake: one that works alone would else wait for us, and we for it
    await sql`lock table relations in row exclusive mode`.execute(tx);
    const numbers = [oldInsz, newInsz].sort();
    // first whom we know, then whom we make known: an intake does it in this order too
    const known = await lockedWorkers(tx, numbers);
    const made = await sql`
      with made as (
        insert into workers (insz)
        select insz from unnest(${numbers}::text[]) as wanted(insz)
        where not exists (select from worker_numbers known where known.insz = wanted.insz) order by insz
        on conflict (insz) do nothing returning worker_id, insz)
      insert into worker_numbers (insz, worker_id) select insz, worker_id from made on conflict do nothing returning insz`.execute(
      tx,
    );
    // while we waited for somebody else to make a number known, it may have become an old one: then ours leads nowhere
    await sql`
      delete from workers where insz = any(${numbers}::text[])
        and not exists (select from worker_numbers number where number.worker_id = workers.worker_id)`.execute(tx);
    const held = made.rows.length > 0 ? await lockedWorkers(tx, numbers) : known;
    const owners = await ownersOf(tx, numbers);
    const [old, later] = [held.get(owners.get(oldInsz) ?? ''), held.get(owners.get(newInsz) ?? '')];
    return old && later ? { old, new: later, made: made.rows.length > 0 } : null;
  },

  /** What replaced what among the numbers of these workers. */
  async replacements(tx: Tx, workerIds: string[]): Promise<Replacements> {
    const rows = await tx
      .selectFrom('number_changes as change')
      .innerJoin('worker_numbers as number', 'number.insz', 'change.old_insz')
      .select(['change.old_insz', 'change.new_insz'])
      .where('number.worker_id', '=', sql<string>`any(${workerIds}::bigint[])`)
      .execute();
    return new Map(rows.map((row) => [row.old_insz, row.new_insz]));
  },

  async keep(tx: Tx, change: NumberChange, now: string): Promise<void> {
    await tx
      .insertInto('number_changes')
      .values({
        old_insz: change.oldInsz,
        new_insz: change.newInsz,
        effective_on: change.effectiveOn,
        received_at: now,
      })
      .execute();
  },

  /** Everything of one worker becomes the other's; then he is gone, and it stays known where his key leads. */
  async merge(tx: Tx, gone: string, kept: string, now: string): Promise<void> {
    await mergeStaff(tx, gone, kept);
    await mergeAddresses(tx, gone, kept);
    await mergeChoices(tx, gone, kept);
    await mergeKeys(tx, gone, kept, now);
    await mergeAgents(tx, gone, kept);
    for (const [table, column] of FOLLOWING)
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${kept} where ${sql.ref(column)} = ${gone}`.execute(
        tx,
      );
    await sql`
      update workers set awaited = true where worker_id = ${kept}
        and (select awaited from workers other where other.worker_id = ${gone})`.execute(tx);
    await tx.insertInto('merged_workers').values({ worker_id: gone, merged_into: kept, merged_at: now }).execute();
    await tx.deleteFrom('workers').where('worker_id', '=', gone).execute();
  },

  /** The worker as he is from now on. Sessions that were opened with another number than his own end. */
  async settle(tx: Tx, { workerId, insz, givenName, familyName, birthDate }: HeldWorker): Promise<void> {
    await tx
      .updateTable('workers')
      // an intake that read him before begins anew
      .set({
        insz,
        given_name: givenName,
        family_name: familyName,
        birth_date: birthDate,
        version: sql`version + 1`,
      })
      .where('worker_id', '=', workerId)
      .execute();
    await tx.deleteFrom('sessions').where('worker_id', '=', workerId).where('insz', '<>', insz).execute();
    await sql`
      update sessions set may_choose = true where worker_id = ${workerId} and not may_choose
        and exists (select from agency_staff where agency_staff.worker_id = sessions.worker_id)`.execute(tx);
  },
};

export type NumberChangeStore = typeof numberChangeStore;

async function lockedWorkers(tx: Tx, numbers: string[]): Promise<Map<string, HeldWorker>> {
  const { rows } = await sql<HeldWorker>`
    select worker_id as "workerId", insz, given_name as "givenName", family_name as "familyName", birth_date as "birthDate"
    from workers
    where worker_id in (select worker_id from worker_numbers where insz = any(${numbers}::text[]))
    order by worker_id for update`.execute(tx);
  return new Map(rows.map((row) => [row.workerId, row]));
}

async function ownersOf(tx: Tx, numbers: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('worker_numbers')
    .select(['insz', 'worker_id'])
    .where('insz', '=', sql<string>`any(${numbers}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.insz, row.worker_id]));
}
