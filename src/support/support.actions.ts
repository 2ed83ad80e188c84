import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type Access, recordAccess } from '../access/access.store.ts';
import { type Actor, actorOf } from '../access/actor.ts';
import type { Unsent } from '../deliveries/delivery.ts';
import { oldest } from '../identity/sessions.ts';
import { type LookupScope, lookupScopeOf, nameOf, type SupportAgent } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { SupportStore } from './support.store.ts';
import {
  type Act,
  type Done,
  LOOKUP_MINUTES,
  type Lookup,
  SENDINGS,
  type Sending,
  type Standing,
  type Stuck,
  UNSENT_DAYS,
  type Wanted,
} from './support.ts';

type Tx = Transaction<Tables>;
type Log = { warn(detail: object, message: string): void };
/** Of the room of keys: forgives the wrong entries that keep somebody out, with its own row in the history of his keys. */
type Unlock = (given: { by: Actor; insz: string; now: string; requestId: string }) => Promise<'unlocked' | 'nothing'>;
/** Of the rooms that send. */
interface Sendings {
  /** What was ordered since then, or given up, and has not arrived. */
  unsent(tx: Tx, scope: LookupScope, when: { since: string; now: string }): Promise<Unsent[]>;
  /** Begins a failed one anew, with its job; false where there is none. */
  resend(tx: Tx, scope: LookupScope, id: string): Promise<boolean>;
}

/** Takes back the row of an act that could not be done. */
class NoneFailed extends Error {
  override name = 'NoneFailed';
  lookup: Lookup;
  constructor(lookup: Lookup) {
    super('no such sending failed');
    this.lookup = lookup;
  }
}

/** The request behind an act of the desk. */
export interface Desk {
  visitor: SupportAgent;
  now: string;
  request: { id: string };
}

/** `nobody`: none fits, or several do; which of them is not told. `self`: he would be looking at his own data. */
export type Opened = { id: string } | 'nobody' | 'locked' | 'self';

/** What came of an act; 'ended' and null as for a page. */
export type Acted = (Lookup & { done: Done }) | 'ended' | null;

export interface Support {
  standing(desk: Desk): Promise<Standing>;
  open(desk: Desk, wanted: Wanted): Promise<Opened>;
  /** Writes the access row of a page and only then gives what its scope is made of. null: not his, 'ended': no longer open. */
  view(desk: Desk, id: string, view: string): Promise<Lookup | 'ended' | null>;
  /** The same, with what can be done for the person. */
  help(desk: Desk, id: string): Promise<(Lookup & { sessions: number; unsent: Stuck[] }) | 'ended' | null>;
  /** The row comes first, then the act itself. */
  act(desk: Desk, id: string, act: 'end-sessions' | 'unlock'): Promise<Acted>;
  /** Begins a sending anew that failed: its row, its state and its job in one transaction; no row where nothing of the person's failed. */
  resend(desk: Desk, id: string, what: { of: Sending; id: string }): Promise<Acted>;
  close(desk: Desk, id: string): Promise<void>;
  /** Forgets look-ups that ended long ago. */
  sweep(now: string): Promise<void>;
}

/**
 * Every look and every act of the desk is written down in its transaction, with reason and case: no row, no data. A look-up is forgotten
 * `keptDays` after its end.
 */
export function supportActions(
  db: Database,
  store: SupportStore,
  {
    log,
    keptDays,
    unlock,
    sendings,
  }: { log: Log; keptDays: number; unlock: Unlock; sendings: Record<Sending, Sendings> },
): Support {
  const accessOf = (
    { visitor, now, request }: Desk,
    subject: string,
    { reason, caseNumber }: Pick<Wanted, 'reason' | 'caseNumber'>,
  ): Omit<Access, 'purpose'> & { detail: Record<string, string> } => ({
    at: now,
    actor: actorOf(visitor),
    subject,
    channel: 'screen',
    detail: { reason, caseNumber },
    requestId: request.id,
  });

  /** An open look-up of this agent, whose access row is written as it is given. */
  async function opened(
    tx: Tx,
    desk: Desk,
    id: string,
    { purpose, ...what }: { purpose: 'support-view'; view: string } | { purpose: 'support-act'; act: Act },
  ): Promise<(Lookup & { insz: string }) | 'ended' | null> {
    const found = await store.lookup(tx, desk.visitor, id, desk.now);
    if (!found) return null;
    const { isOpen, ...lookup } = found;
    if (!isOpen) return 'ended';
    const access = accessOf(desk, lookup.insz, lookup);
    await recordAccess(tx, { ...access, purpose, detail: { ...access.detail, ...what } });
    await db.goOnFor(tx, nameOf(lookupScopeOf(desk.visitor, lookup)));
    return lookup;
  }

  return {
    async standing({ visitor, now }) {
      const standing = await db.transaction((tx) => store.hold(tx, visitor.workerId, now));
      return standing ?? { failed: 0, isLocked: true };
    },

    open(desk, { sought, ...why }) {
      const { visitor, now } = desk;
      return db.transaction(async (tx): Promise<Opened> => {
        const standing = await store.hold(tx, visitor.workerId, now);
        if (!standing || standing.isLocked) return 'locked';
        const found = await store.find(tx, sought);
        if (!found) {
          if (!(await store.countFailure(tx, visitor.workerId, standing, now))) return 'nobody';
          log.warn({ agent: visitor.workerId }, 'a support agent was locked');
          return 'locked';
        }
        if (found.workerId === visitor.workerId) return 'self';
        const id = randomBytes(17).toString('base64url');
        const endsAt = Temporal.Instant.from(now).add({ minutes: LOOKUP_MINUTES }).toString();
        await store.open(tx, { id, agentId: visitor.workerId, workerId: found.workerId, now, endsAt, ...why });
        await recordAccess(tx, { ...accessOf(desk, found.insz, why), purpose: 'support-lookup' });
        return { id };
      });
    },

    view: (desk, id, view) => db.transaction((tx) => opened(tx, desk, id, { purpose: 'support-view', view })),

    help(desk, id) {
      return db.transaction(async (tx) => {
        const lookup = await opened(tx, desk, id, { purpose: 'support-view', view: 'help' });
        if (lookup === null || lookup === 'ended') return lookup;
        const scope = lookupScopeOf(desk.visitor, lookup);
        const sessions = await store.sessions(tx, scope, oldest(desk.now));
        const since = Temporal.Instant.from(desk.now).subtract({ hours: 24 * UNSENT_DAYS });
        const unsent: Stuck[] = [];
        for (const of of SENDINGS) {
          const found = await sendings[of].unsent(tx, scope, { since: since.toString(), now: desk.now });
          unsent.push(...found.map((one) => ({ ...one, of })));
        }
        return { ...lookup, sessions, unsent: unsent.sort((a, b) => (a.orderedAt < b.orderedAt ? 1 : -1)) };
      });
    },

    async act(desk, id, act) {
      const lookup = await db.transaction(async (tx) => {
        const found = await opened(tx, desk, id, { purpose: 'support-act', act });
        const isToEnd = act === 'end-sessions' && found !== null && found !== 'ended';
        if (isToEnd) await store.endSessions(tx, lookupScopeOf(desk.visitor, found));
        return found;
      });
      if (lookup === null || lookup === 'ended') return lookup;
      if (act === 'end-sessions') return { ...lookup, done: act };
      const { visitor, now, request } = desk;
      const came = await unlock({ by: actorOf(visitor), insz: lookup.insz, now, requestId: request.id });
      return { ...lookup, done: came === 'unlocked' ? 'unlock' : 'nothing' };
    },

    async resend(desk, id, what) {
      const begun = db.transaction(async (tx): Promise<Acted> => {
        const act = what.of === 'notice' ? 'resend-notice' : 'resend';
        const lookup = await opened(tx, desk, id, { purpose: 'support-act', act });
        if (lookup === null || lookup === 'ended') return lookup;
        if (!(await sendings[what.of].resend(tx, lookupScopeOf(desk.visitor, lookup), what.id)))
          throw new NoneFailed(lookup);
        return { ...lookup, done: 'resend' };
      });
      return begun.catch((error: Error) => {
        if (error instanceof NoneFailed) return { ...error.lookup, done: 'none-failed' };
        throw error;
      });
    },

    close: ({ visitor, now }, id) => db.transaction((tx) => store.close(tx, visitor, id, now)),

    sweep(now) {
      const before = Temporal.Instant.from(now).subtract({ hours: 24 * keptDays });
      return db.transaction((tx) => store.forget(tx, before.toString()));
    },
  };
}
