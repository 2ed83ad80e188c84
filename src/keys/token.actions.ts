import type { Transaction } from 'kysely';
import type { Answered, At, Entered, HalfWay, TokenDoor } from '../identity/methods/token.ts';
import { BETWEEN_MINUTES } from '../identity/methods/token.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { type Account, plainPassword, userKeyOf } from './account.ts';
import type { AccountsStore, Person } from './accounts.store.ts';
import { nextNumber, type Random, readCode, stateAt, WRONG_CODES } from './card.ts';
import type { CardsStore } from './cards.store.ts';
import type { Entry, Guard } from './guard.actions.ts';
import { codeText, DECOY, type Hashing } from './hashing.ts';
import type { Act } from './history.ts';
import type { Note } from './note.actions.ts';

type Tx = Transaction<Tables>;

export interface DoorTools {
  db: Database;
  accounts: AccountsStore;
  cards: CardsStore;
  guard: Guard;
  hashing: Hashing;
  random: Random;
  note: Note;
  /** Keys the codes of cards; null where the token is not offered. */
  pepper: string | null;
}

/**
 * Signing in with a paper token. Nothing tells a user name that exists from one that does not: the same computations, the same statements,
 * the same counters, the same words.
 */
export function tokenDoor(tools: DoorTools): TokenDoor {
  const { db, accounts, cards, guard, hashing, random, note, pepper } = tools;

  /** Something happened to his keys that he did not do himself. */
  async function happened(tx: Tx, { workerId }: Account, act: Act, { now, requestId }: At): Promise<void> {
    const person = await accounts.person(tx, workerId);
    await note(tx, { actor: { kind: 'system' }, person, act, now, requestId });
  }

  async function wrong(
    tx: Tx,
    { entry, account }: { entry: Entry; account: Account | null },
    at: At,
  ): Promise<{ kind: 'wrong' } | { kind: 'blocked'; minutes: number }> {
    const minutes = await guard.fail(tx, entry, at.now);
    if (minutes === 0) return { kind: 'wrong' };
    if (account) await happened(tx, account, 'sign-in-blocked', at);
    return { kind: 'blocked', minutes };
  }

  async function enter(typed: { userName: unknown; password: unknown }, at: At): Promise<Entered> {
    hashing.admit();
    const userKey = userKeyOf(String(typed.userName ?? '').slice(0, 200)).replaceAll('\0', '');
    const { entry, account } = await db.transaction(async (tx) => {
      const begun = await guard.begin(tx, { account: userKey, address: at.address }, at.now);
      return { entry: begun, account: await accounts.accountCalled(tx, userKey) };
    });
    if ('kind' in entry) return entry;
    const isRight = await hashing.verify(account?.password ?? DECOY, plainPassword(typed.password));
    return db.transaction(async (tx): Promise<Entered> => {
      if (!isRight || account === null) return wrong(tx, { entry, account }, at);
      const card = await cards.holdCard(tx, account.workerId); // always before the counters: two never wait for each other
      await guard.takeBack(tx, entry, at.now);
      if (card === null || stateAt(card, at.now) !== 'active') return { kind: 'card' };
      const until = Temporal.Instant.from(at.now).add({ minutes: BETWEEN_MINUTES }).toString();
      const { workerId, passwordAt } = account;
      return { kind: 'asks', halfWay: { workerId, cardId: card.cardId, passwordAt, until } };
    });
  }

  async function asked(halfWay: HalfWay, now: string): Promise<number | null> {
    return db.transaction(async (tx) => (await open(tx, halfWay, now))?.card.asked ?? null);
  }

  /** His account and card, as long as they are those that he began with. */
  async function open(tx: Tx, halfWay: HalfWay, now: string) {
    const account = await accounts.holdAccount(tx, halfWay.workerId);
    const card = await cards.holdCard(tx, halfWay.workerId);
    const isSame = account?.passwordAt === halfWay.passwordAt && card?.cardId === halfWay.cardId;
    if (!account || !card || !isSame || stateAt(card, now) !== 'active') return null;
    return Date.parse(halfWay.until) > Date.parse(now) ? { account, card } : null;
  }

  /** Counts the entry, for the account, the person and the card. */
  async function beginAnswer(tx: Tx, halfWay: HalfWay, at: At) {
    const found = await open(tx, halfWay, at.now);
    if (found === null) return { kind: 'start' } as const;
    const { account, card } = found;
    const person = await accounts.person(tx, account.workerId);
    const of = { account: account.userKey, insz: person.insz };
    const entry = await guard.begin(tx, { ...of, address: at.address }, at.now);
    if ('kind' in entry) return entry;
    await cards.setWrong(tx, card.cardId, card.wrong + 1);
    return { kind: 'begun', entry, account, card, of, person } as const;
  }

  async function answer(halfWay: HalfWay, typed: unknown, at: At): Promise<Answered> {
    if (pepper === null) return { kind: 'start' };
    hashing.admit();
    const begun = await db.transaction((tx) => beginAnswer(tx, halfWay, at));
    if (begun.kind !== 'begun') return begun;
    const { entry, account, card, of, person } = begun;
    const text = codeText(pepper, card.cardId, card.asked, readCode(typed) ?? '');
    const isRight = await hashing.verify(card.code, text);
    return db.transaction(async (tx): Promise<Answered> => {
      const current = await cards.holdCard(tx, account.workerId);
      const isStill = current?.cardId === card.cardId;
      if (!isRight && isStill && current.wrong >= WRONG_CODES) {
        await guard.fail(tx, entry, at.now);
        await cards.endCard(tx, account.workerId, 'blocked', at.now);
        await happened(tx, account, 'card-blocked', at);
        return { kind: 'ended' };
      }
      if (!isRight) return wrong(tx, { entry, account }, at);
      if (!isStill || current.asked !== card.asked) {
        await guard.takeBack(tx, entry, at.now); // answered meanwhile in another browser: a code is good once
        return { kind: 'start' };
      }
      const next = { asked: nextNumber(card.asked, random), now: at.now, activates: false };
      await cards.answered(tx, card.cardId, next);
      await guard.forgive(tx, of);
      return { kind: 'proven', who: identityOf(person) };
    });
  }

  return { enter, asked, answer };
}

function identityOf({ insz, givenName, familyName }: Person) {
  return { insz, givenName, familyName, method: 'token', assurance: 300, evidence: {} } as const;
}
