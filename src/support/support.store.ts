import { sql, type Transaction } from 'kysely';
import type { LookupScope, SupportAgent } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import { type Lookup, MOST_FAILED, type Sought, type Standing, type Wanted } from './support.ts';

type Tx = Transaction<Tables>;

/** Agents and their look-ups. Nobody is found here but the one person whom an agent named. */
export const supportStore = {
  /** How an agent stands; he looks one person up at a time. null: he is no agent any more. */
  async hold(tx: Tx, agentId: string, now: string): Promise<Standing | null> {
    const { rows } = await sql<Standing>`
      select case when failing_since > ${now}::timestamptz - interval '1 day' then failed else 0 end as failed, locked_at is not null as "isLocked"
      from support_agents where worker_id = ${agentId} for update`.execute(tx);
    return rows[0] ?? null;
  },

  /** The one person who fits; null when nobody does, or more than one. */
  async find(tx: Tx, sought: Sought): Promise<{ workerId: string; insz: string } | null> {
    const fitting =
      'insz' in sought
        ? sql`select worker_id from worker_numbers where insz = ${sought.insz}`
        : sql`select worker_id from workers where family_name collate folded = ${sought.familyName} and birth_date = ${sought.birthDate}`;
    const { rows } = await sql<{ workerId: string; insz: string }>`
      select worker_id as "workerId", insz from workers where worker_id in (${fitting}) limit 2`.execute(tx);
    const [found, another] = rows;
    return found && !another ? found : null;
  },

  /** Notes a look-up that led to nobody. @returns whether the agent is locked now */
  async countFailure(tx: Tx, agentId: string, before: Standing, now: string): Promise<boolean> {
    const failed = before.failed + 1;
    await tx
      .updateTable('support_agents')
      .set({
        failed,
        ...(before.failed === 0 && { failing_since: now }),
        ...(failed >= MOST_FAILED && { locked_at: now }),
      })
      .where('worker_id', '=', agentId)
      .execute();
    return failed >= MOST_FAILED;
  },

  async open(
    tx: Tx,
    lookup: { id: string; agentId: string; workerId: string; now: string; endsAt: string } & Omit<Wanted, 'sought'>,
  ): Promise<void> {
    await tx
      .insertInto('support_lookups')
      .values({
        lookup_id: lookup.id,
        agent_id: lookup.agentId,
        worker_id: lookup.workerId,
        reason: lookup.reason,
        case_number: lookup.caseNumber,
        opened_at: lookup.now,
        ends_at: lookup.endsAt,
      })
      .execute();
  },

  /** An agent's own look-up; `isOpen` as long as it runs, nobody closed it and he is not locked. null: his it is not. */
  async lookup(
    tx: Tx,
    agent: SupportAgent,
    id: string,
    now: string,
  ): Promise<(Lookup & { insz: string; isOpen: boolean }) | null> {
    const { rows } = await sql<Lookup & { insz: string; isOpen: boolean }>`
      select l.lookup_id as id, l.agent_id as "agentId", l.worker_id as "workerId", person.insz, l.reason, l.case_number as "caseNumber",
        l.ends_at as "endsAt", nullif(concat_ws(' ', person.given_name, person.family_name), '') as name,
        l.closed_at is null and l.ends_at > ${now} and agent.locked_at is null as "isOpen"
      from support_lookups l
        join support_agents agent on agent.worker_id = l.agent_id
        join workers person on person.worker_id = l.worker_id
      where l.lookup_id = ${id} and l.agent_id = ${agent.workerId}`.execute(tx);
    return rows[0] ?? null;
  },

  async close(tx: Tx, agent: SupportAgent, id: string, now: string): Promise<void> {
    await tx
      .updateTable('support_lookups')
      .set({ closed_at: now })
      .where('lookup_id', '=', id)
      .where('agent_id', '=', agent.workerId)
      .where('closed_at', 'is', null)
      .execute();
  },

  /** In how many places the person is signed in. */
  async sessions(tx: Tx, { workerId }: LookupScope, since: { created: string; seen: string }): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from sessions
      where worker_id = ${workerId} and created_at > ${since.created} and last_seen_at > ${since.seen}`.execute(tx);
    return rows[0]?.n ?? 0;
  },

  async endSessions(tx: Tx, { workerId }: LookupScope): Promise<void> {
    await tx.deleteFrom('sessions').where('worker_id', '=', workerId).execute();
  },

  /** @returns whether he is new */
  async addAgent(tx: Tx, workerId: string, now: string): Promise<boolean> {
    const { rows } = await sql`
      insert into support_agents (worker_id, added_at) values (${workerId}, ${now}) on conflict do nothing returning worker_id`.execute(
      tx,
    );
    // who is signed in already finds the way to his new capacity at once
    await tx.updateTable('sessions').set({ may_choose: true }).where('worker_id', '=', workerId).execute();
    return rows.length === 1;
  },

  /** The agent of an INSZ, under whatever number of his. */
  async agent(tx: Tx, insz: string): Promise<{ workerId: string; insz: string } | null> {
    const { rows } = await sql<{ workerId: string; insz: string }>`
      select person.worker_id as "workerId", person.insz from worker_numbers number
        join workers person using (worker_id) join support_agents using (worker_id) where number.insz = ${insz}`.execute(
      tx,
    );
    return rows[0] ?? null;
  },

  async removeAgent(tx: Tx, workerId: string): Promise<void> {
    await tx.deleteFrom('support_agents').where('worker_id', '=', workerId).execute();
  },

  async unlockAgent(tx: Tx, workerId: string): Promise<void> {
    await tx
      .updateTable('support_agents')
      .set({ failed: 0, failing_since: null, locked_at: null })
      .where('worker_id', '=', workerId)
      .execute();
  },

  async agents(tx: Tx): Promise<{ insz: string; name: string | null; addedAt: string; isLocked: boolean }[]> {
    const { rows } = await sql<{ insz: string; name: string | null; addedAt: string; isLocked: boolean }>`
      select insz, nullif(concat_ws(' ', given_name, family_name), '') as name, added_at as "addedAt", locked_at is not null as "isLocked"
      from support_agents join workers using (worker_id) order by family_name, given_name, worker_id`.execute(tx);
    return rows;
  },

  /** Forgets look-ups that ended before an instant; that there were any stays in the access rows. */
  async forget(tx: Tx, before: string): Promise<void> {
    await tx.deleteFrom('support_lookups').where('ends_at', '<', before).execute();
  },
};

export type SupportStore = typeof supportStore;
