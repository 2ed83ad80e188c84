import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';

type Tx = Transaction<Tables>;

/** What may stand once for a worker and stands for both: each table has a rule of its own. */

/** He who may act for an agency under both numbers keeps the higher right. */
export async function mergeStaff(tx: Tx, gone: string, kept: string): Promise<void> {
  await sql`
    update agency_staff mine set
      right_held = case when array_position(array['view', 'declare', 'manage'], other.right_held)
        > array_position(array['view', 'declare', 'manage'], mine.right_held) then other.right_held else mine.right_held end,
      given_name = coalesce(mine.given_name, other.given_name),
      family_name = coalesce(mine.family_name, other.family_name),
      added_at = least(mine.added_at, other.added_at),
      last_acted_at = greatest(mine.last_acted_at, other.last_acted_at)
    from agency_staff other
    where mine.worker_id = ${kept} and other.worker_id = ${gone} and other.agency_number = mine.agency_number`.execute(
    tx,
  );
  await sql`
    delete from agency_staff other using agency_staff mine
    where mine.worker_id = ${kept} and other.worker_id = ${gone} and other.agency_number = mine.agency_number`.execute(
    tx,
  );
  await tx.updateTable('agency_staff').set({ worker_id: kept }).where('worker_id', '=', gone).execute();
}

/** He who has a user name under both numbers keeps the kept one's, with its card; the other's counts no more. */
export async function mergeKeys(tx: Tx, gone: string, kept: string, now: string): Promise<void> {
  const { rows } = await sql`
    delete from key_accounts other using key_accounts mine where mine.worker_id = ${kept} and other.worker_id = ${gone}
    returning other.worker_id`.execute(tx);
  if (rows.length === 0) return;
  await tx
    .updateTable('token_cards')
    .set({ state: 'replaced', ended_at: now, codes: [], print: null })
    .where('worker_id', '=', gone)
    .where('state', 'in', ['issued', 'active'])
    .execute();
}

/** He who is a support agent under both numbers is one, locked if either was. */
export async function mergeAgents(tx: Tx, gone: string, kept: string): Promise<void> {
  await sql`
    update support_agents mine set locked_at = coalesce(mine.locked_at, other.locked_at), failed = greatest(mine.failed, other.failed),
      failing_since = greatest(mine.failing_since, other.failing_since)
    from support_agents other where mine.worker_id = ${kept} and other.worker_id = ${gone}`.execute(tx);
  await sql`
    delete from support_agents other using support_agents mine
    where mine.worker_id = ${kept} and other.worker_id = ${gone}`.execute(tx);
  await tx.updateTable('support_agents').set({ worker_id: kept }).where('worker_id', '=', gone).execute();
}

/** He who confirmed an address under both numbers keeps that of the worker who stays. */
export async function mergeAddresses(tx: Tx, gone: string, kept: string): Promise<void> {
  await sql`
    delete from worker_addresses other using worker_addresses mine
    where other.worker_id = ${gone} and mine.worker_id = ${kept}`.execute(tx);
}

/** What he chose to hear of as the worker who stays stands; what only the other chose is added. */
export async function mergeChoices(tx: Tx, gone: string, kept: string): Promise<void> {
  await sql`
    delete from notice_choices other using notice_choices mine
    where other.worker_id = ${gone} and mine.worker_id = ${kept} and mine.kind = other.kind`.execute(tx);
}
