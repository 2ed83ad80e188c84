import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { News } from '../notices/notice.ts';
import { addDays, hourOfInstant } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { shiftHour, type TypedShift } from './shift.ts';
import type { ShiftsStore } from './shifts.store.ts';

export interface Shifts {
  /** @returns false where he has noted as many as are kept */
  note(visitor: SignedInWorker, typed: TypedShift, now: string): Promise<boolean>;
  remove(visitor: SignedInWorker, id: string): Promise<void>;
  /** From six in the evening: tells of shifts of tomorrow for which nothing is declared, once each. */
  sweep(moment: { now: string; today: string }): Promise<void>;
}

interface Tools {
  db: Database;
  store: ShiftsStore;
  tell(tx: Transaction<Tables>, news: News[]): Promise<void>;
}

const EVENING = '1800';
const MOST_KEPT = 1_000;

export function shiftsActions({ db, store, tell }: Tools): Shifts {
  return {
    note(visitor, typed, now) {
      const scope = scopeOf(visitor);
      return db.transaction(async (tx) => {
        if ((await store.count(scope, tx)) >= MOST_KEPT) return false;
        const shift = {
          id: randomBytes(17).toString('base64url'),
          day: typed.day,
          agencyName: typed.agency,
          agencyNumber: await store.agencyCalled(tx, typed.agency),
          company: typed.company,
          startHour: shiftHour(typed.startHour),
          endHour: shiftHour(typed.endHour),
        };
        await store.insert(scope, tx, shift, now);
        return true;
      });
    },

    remove: (visitor, id) => db.transaction((tx) => store.remove(scopeOf(visitor), tx, id)),

    async sweep({ now, today }) {
      if (hourOfInstant(now) < EVENING) return;
      await db.transaction(async (tx) => {
        const missing = await store.undeclared(tx, addDays(today, 1), now);
        const news = missing.map(({ id, workerId }): News => {
          return { workerId, kind: 'missing', key: id, at: now, about: id, declarationId: null };
        });
        await tell(tx, news);
      });
    },
  };
}
