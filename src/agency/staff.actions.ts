import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import { type Actor, actorOf } from '../access/actor.ts';
import { type AgencyScope, type AgencyStaff, agencyScopeOf, type StaffRight } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { PersonStore } from '../workers/person.store.ts';
import type { StaffStore } from './staff.store.ts';
import { type Colleague, keepsOfficer, type StaffOutcome } from './staff.ts';

type Tx = Transaction<Tables>;

/** Who changes an agency's staff: an officer of it on his page, or the operator by a command. `now` is the instant. */
export type Doer = { officer: AgencyStaff; now: string; requestId: string } | { operator: AgencyScope; now: string };

export interface NewColleague {
  insz: string;
  right: StaffRight;
  givenName: string | null;
  familyName: string | null;
}

/** The officer lost his right since his page was made: nothing changed. */
export class NoOfficer extends Error {
  override name = 'NoOfficer';
}

/** The directory has no agency of that number. */
export class NoAgency extends Error {
  override name = 'NoAgency';
}

export type StaffActions = ReturnType<typeof staffActions>;

/**
 * Changes of an agency's staff, one at a time for an agency, each with the access row about the colleague in its transaction. Only the
 * operator may leave an agency without anybody who manages.
 * @throws NoOfficer, NoAgency
 */
export function staffActions(db: Database, store: StaffStore, persons: PersonStore) {
  async function change(
    by: Doer,
    work: (tx: Tx, scope: AgencyScope, staff: Colleague[]) => Promise<[StaffOutcome, string?, StaffRight?]>,
  ): Promise<StaffOutcome> {
    const scope = 'officer' in by ? agencyScopeOf(by.officer) : by.operator;
    return db.transaction(async (tx) => {
      if ((await store.lock(tx, scope)) === null) throw new NoAgency(scope.agencyNumber);
      const staff = await store.list(tx, scope);
      if ('officer' in by && staff.find(({ workerId }) => workerId === by.officer.workerId)?.right !== 'manage')
        throw new NoOfficer();
      const [outcome, subject, right] = await work(tx, scope, staff);
      if (subject !== undefined)
        await recordAccess(tx, {
          at: by.now,
          actor: doerOf(by),
          subject,
          purpose: 'staff',
          channel: 'officer' in by ? 'screen' : 'command',
          detail: { act: outcome, agency: scope.agencyNumber, ...(right && { right }) },
          ...('officer' in by && { requestId: by.requestId }),
        });
      return outcome;
    });
  }

  return {
    /** Everybody who acts for the officer's agency; that he looked at the others is in the access rows. */
    list(officer: AgencyStaff, now: string, requestId: string): Promise<Colleague[]> {
      return db.transaction(async (tx) => {
        const staff = await store.list(tx, agencyScopeOf(officer));
        await recordAccess(tx, {
          at: now,
          actor: actorOf(officer),
          subject: staff.filter(({ workerId }) => workerId !== officer.workerId).map(({ insz }) => insz),
          purpose: 'staff',
          channel: 'screen',
          resultCount: staff.length,
          requestId,
        });
        return staff;
      });
    },

    /** For the operator; the names are only for those who never chose the capacity. */
    async listFor(scope: AgencyScope): Promise<{ agencyName: string; staff: Colleague[] }> {
      return db.transaction(async (tx) => {
        const agencyName = await store.lock(tx, scope);
        if (agencyName === null) throw new NoAgency(scope.agencyNumber);
        return { agencyName, staff: await store.list(tx, scope) };
      });
    },

    /** The operator's `add` for somebody who is there already changes his right, and his name if one is told. */
    add(by: Doer, { insz, right, givenName, familyName }: NewColleague): Promise<StaffOutcome> {
      return change(by, async (tx, scope, staff) => {
        const { workerId } = await persons.ensure(tx, insz);
        const known = staff.find((one) => one.workerId === workerId);
        if (known && 'officer' in by) return ['known'];
        if (known) {
          if (familyName !== null) await store.setName(tx, scope, known.key, { givenName, familyName });
          await store.setRight(tx, scope, known.key, right);
          return ['changed', known.insz, right];
        }
        const addedBy = 'officer' in by ? by.officer.workerId : null;
        await store.add(tx, scope, { workerId, right, givenName, familyName, addedAt: by.now, addedBy });
        return ['added', insz, right];
      });
    },

    setRight(by: Doer, key: string, right: StaffRight): Promise<StaffOutcome> {
      return change(by, async (tx, scope, staff) => {
        const one = staff.find((colleague) => colleague.key === key);
        if (!one) return ['unknown'];
        if ('officer' in by && !keepsOfficer(staff, key, right)) return ['last'];
        await store.setRight(tx, scope, key, right);
        const isSelf = 'officer' in by && by.officer.workerId === one.workerId;
        return [isSelf && right !== 'manage' ? 'stepped-down' : 'changed', one.insz, right];
      });
    },

    /** From his next request on he no longer acts for the agency. `who` is told by key, by the operator by INSZ. */
    remove(by: Doer, who: { key: string } | { insz: string }): Promise<StaffOutcome> {
      return change(by, async (tx, scope, staff) => {
        const workerId = 'insz' in who ? await persons.find(tx, who.insz) : null;
        const one = staff.find((colleague) =>
          'key' in who ? colleague.key === who.key : colleague.workerId === workerId,
        );
        if (!one) return ['unknown'];
        if ('officer' in by && !keepsOfficer(staff, one.key, null)) return ['last'];
        await store.remove(tx, scope, one.key);
        return ['removed', one.insz];
      });
    },
  };
}

function doerOf(by: Doer): Actor {
  return 'operator' in by ? { kind: 'system' } : actorOf(by.officer);
}
