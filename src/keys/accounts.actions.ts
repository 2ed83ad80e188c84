import type { Actor } from '../access/actor.ts';
import type { OwnSessions } from '../identity/own-sessions.store.ts';
import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import {
  type PasswordFault,
  passwordFault,
  plainPassword,
  readUserName,
  type UserNameFault,
  userKeyOf,
} from './account.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { CardsStore } from './cards.store.ts';
import type { Guard } from './guard.actions.ts';
import type { Hashing } from './hashing.ts';
import { type Doer, doneBy, type Note } from './note.actions.ts';

export interface AccountsTools {
  db: Database;
  accounts: AccountsStore;
  cards: CardsStore;
  sessions: OwnSessions;
  guard: Guard;
  hashing: Hashing;
  note: Note;
  /** Names of agencies and companies he works for: others know them too. */
  worksFor(scope: WorkerScope): Promise<string[]>;
}

/** User name, password and sessions of a person; and the help of the support desk. Each act with its access row and its notice in one transaction. */
export function accountsActions(tools: AccountsTools) {
  const { db, accounts, cards, sessions, guard, hashing, note } = tools;

  async function faultIn(password: string, userName: string, visitor: SignedInWorker): Promise<PasswordFault | null> {
    const around = await tools.worksFor(scopeOf(visitor));
    return passwordFault(password, [userName, visitor.givenName, visitor.familyName, ...around]);
  }

  return {
    account: (visitor: SignedInWorker) => accounts.account(db.read, scopeOf(visitor)),
    history: (visitor: SignedInWorker) => accounts.history(db.read, scopeOf(visitor)),
    sessions: (visitor: SignedInWorker, asking: Buffer, now: string) => sessions.list(scopeOf(visitor), asking, now),

    /** The first user name and password. */
    async make(
      by: Doer,
      typed: { userName: unknown; password: unknown },
    ): Promise<'made' | UserNameFault | PasswordFault> {
      const name = readUserName(typed.userName);
      if ('fault' in name) return name.fault;
      const password = plainPassword(typed.password);
      const fault = await faultIn(password, name.userName, by.visitor);
      if (fault) return fault;
      const { workerId } = by.visitor;
      const account = { workerId, ...name, userKey: userKeyOf(name.userName), password: await hashing.hash(password) };
      return db.transaction(async (tx) => {
        if (!(await accounts.addAccount(tx, account, by.now))) return 'taken';
        await note(tx, doneBy(by, 'account-made'));
        return 'made';
      });
    },

    async rename(by: Doer, typed: unknown): Promise<'renamed' | 'none' | UserNameFault> {
      const name = readUserName(typed);
      if ('fault' in name) return name.fault;
      return db.transaction(async (tx) => {
        const account = await accounts.holdAccount(tx, by.visitor.workerId);
        if (!account) return 'none';
        const isFree = await accounts.rename(tx, account.workerId, { ...name, userKey: userKeyOf(name.userName) });
        if (!isFree) return 'taken';
        await guard.forgive(tx, { account: account.userKey }); // nobody else has wrong entries under it from now on
        await note(tx, doneBy(by, 'name-changed'));
        return 'renamed';
      });
    },

    /** Ends what the old password opened. */
    async setPassword(by: Doer, typed: unknown): Promise<'password' | 'none' | PasswordFault> {
      const { workerId } = by.visitor;
      const known = await accounts.account(db.read, scopeOf(by.visitor));
      if (!known) return 'none';
      const password = plainPassword(typed);
      const fault = await faultIn(password, known.userName, by.visitor);
      if (fault) return fault;
      const kept = await hashing.hash(password);
      return db.transaction(async (tx) => {
        const account = await accounts.holdAccount(tx, workerId);
        if (!account) return 'none';
        await accounts.setPassword(tx, workerId, kept, by.now);
        await sessions.endByMethod(tx, workerId, 'token');
        await guard.forgive(tx, { account: account.userKey }); // his eID stands for him
        await note(tx, doneBy(by, 'password-changed'));
        return 'password';
      });
    },

    /** @param key names the session; `others` are all but the one he does it in. @returns how many ended */
    async endSessions(by: Doer, key: string): Promise<number> {
      return db.transaction(async (tx) => {
        const { workerId } = by.visitor;
        const isAll = key === 'others';
        const ended = await (isAll ? sessions.endOthers(tx, workerId, by.session) : sessions.endOne(tx, workerId, key));
        if (ended > 0) await note(tx, doneBy(by, isAll ? 'sessions-ended' : 'session-ended'));
        return ended;
      });
    },

    /**
     * For the support desk: forgives the wrong entries that block somebody's user name, his person and his card. A card that ended stays
     * ended. The access row is about him, by the agent.
     * @param given.insz any number of the citizen
     * @returns nothing: there is no account, or nothing was held against him
     */
    async unlock(given: { by: Actor; insz: string; now: string; requestId?: string }): Promise<'unlocked' | 'nothing'> {
      const { by: actor, insz, ...when } = given;
      return db.transaction(async (tx) => {
        const person = await accounts.personByNumber(tx, insz);
        const account = person && (await accounts.holdAccount(tx, person.workerId));
        if (!person || !account) return 'nothing';
        const card = await cards.holdCard(tx, person.workerId);
        if (card && card.wrong > 0) await cards.setWrong(tx, card.cardId, 0);
        const wasHeld = await guard.forgive(tx, { account: account.userKey, insz: person.insz });
        if (!wasHeld && !card?.wrong) return 'nothing';
        await note(tx, { ...when, actor, person, act: 'unlocked' });
        return 'unlocked';
      });
    },
  };
}
