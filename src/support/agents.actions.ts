import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { PersonStore } from '../workers/person.store.ts';
import type { SupportStore } from './support.store.ts';

export type Agents = ReturnType<typeof agentsActions>;

/**
 * Who is an agent of the support desk: the operator alone says so. Each change leaves an access row about the agent.
 */
export function agentsActions(db: Database, store: SupportStore, persons: PersonStore) {
  const written = (tx: Transaction<Tables>, subject: string, act: string, now: string) =>
    recordAccess(tx, {
      at: now,
      actor: { kind: 'system' },
      subject,
      purpose: 'staff',
      channel: 'command',
      detail: { act, desk: 'support' },
    });

  /** Does something to an agent who is there. @returns whether he is */
  const change = (
    insz: string,
    now: string,
    act: string,
    work: (tx: Transaction<Tables>, id: string) => Promise<void>,
  ) =>
    db.transaction(async (tx) => {
      const agent = await store.agent(tx, insz);
      if (!agent) return false;
      await work(tx, agent.workerId);
      await written(tx, agent.insz, act, now);
      return true;
    });

  return {
    /** @returns whether he is new */
    add(insz: string, now: string): Promise<boolean> {
      return db.transaction(async (tx) => {
        const isNew = await store.addAgent(tx, (await persons.ensure(tx, insz)).workerId, now);
        if (isNew) await written(tx, insz, 'added', now);
        return isNew;
      });
    },

    /** From his next request on he is only himself. */
    remove: (insz: string, now: string) => change(insz, now, 'removed', store.removeAgent),

    /** Lets an agent look people up again who was locked after too many look-ups that led to nobody. */
    unlock: (insz: string, now: string) => change(insz, now, 'unlocked', store.unlockAgent),

    list: () => db.transaction((tx) => store.agents(tx)),
  };
}
