import { type AgencyStaff, agencyScopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { MOST_VERIFIED } from './declarations.ts';
import { type Standing, verificationsStore } from './verifications.store.ts';

/** What a press did: how many were ticked off now, and which ones a colleague (or an earlier press) had ticked off already. */
export interface Ticked {
  done: number;
  already: Standing[];
}

export interface Verifications {
  /** Ticks off declarations of the own agency, at most MOST_VERIFIED at once; ids of others are passed over in silence. */
  add(visitor: AgencyStaff, declarationIds: string[], now: string): Promise<Ticked>;
  /** Takes it back, whoever ticked them off. @returns how many */
  undo(visitor: AgencyStaff, declarationIds: string[], now: string): Promise<number>;
  /** Who ticked these off, of those that are. */
  standing(visitor: AgencyStaff, declarationIds: string[]): Promise<Standing[]>;
}

export function verifications(db: Database): Verifications {
  const some = (declarationIds: string[]) => [...new Set(declarationIds)].slice(0, MOST_VERIFIED);
  return {
    add(visitor, declarationIds, at) {
      const [scope, ids, who] = [agencyScopeOf(visitor), some(declarationIds), { workerId: visitor.workerId, at }];
      return db.transaction(async (tx) => {
        const done = await verificationsStore.add(scope, tx, who, ids);
        // read after the write: who came first is committed by now
        const already = done === ids.length ? [] : await verificationsStore.standing(scope, tx, ids, who);
        return { done, already };
      });
    },
    undo(visitor, declarationIds, at) {
      const who = { workerId: visitor.workerId, at };
      return db.transaction((tx) => verificationsStore.undo(agencyScopeOf(visitor), tx, who, some(declarationIds)));
    },
    standing(visitor, declarationIds) {
      return db.transaction((tx) => verificationsStore.standing(agencyScopeOf(visitor), tx, some(declarationIds)));
    },
  };
}
