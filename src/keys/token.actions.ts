import type { Transaction } from 'kysely';
import type { Answered, Entered, TokenDoor } from '../identity/methods/token.ts';
import { CHALLENGE_MINUTES, hashOf, newToken } from '../identity/sessions.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { plainPassword, userKeyOf } from './account.ts';
import type { Account, AccountsStore, Person } from './accounts.store.ts';
import { nextNumber, type Random, readCode, stateAt, WRONG_CODES } from './card.ts';
import type { CardsStore } from './cards.store.ts';
import type { Entry, Guard } from './guard.actions.ts';
import { codeText, DECOY, type Hashing } from './hashing.ts';
import type { Act } from './history.ts';
import type { Note } from './note.actions.ts';
import type { TicketsStore } from './tickets.store.ts';

type Tx = Transaction<Tables>;

export interface DoorTools {
  db: Database;
  accounts: AccountsStore;
  cards: CardsStore;
  tickets: TicketsStore;
  guard: Guard;
  hashing: Hashing;
  random: Random;
  note: Note;
  /** Keys the hash of tickets. */
  secret: string;
  /** Keys the codes of cards; null where the token is not offered. */
  pepper: string | null;
}

/**
 * Signing in with a paper token. Nothing tells a user name that exists from one that does not: the same computations, the same statements,
 * the same counters, the same words.
 */
export function tokenDoor(tools: DoorTools): TokenDoor {
  const { db, accounts, cards, tickets, guard, hashing, random, note, secret, pepper } = tools;

  /** Something happened to his keys that he did not do himself: he is told. */
  async function happened(tx: Tx, account: Account, act: Act, at: { now: string; requestId: string }): Promise<void> {
    const person = await accounts.person(tx, account.workerId);
    await note(tx, { actor: { kind: "system" }, person, act, now: at.now, requestId: at.requestId });
  }

  async function wrong(
    tx: Tx,
    { entry, account }: { entry: Entry; account: Account | null },
    at: { now: string; requestId: string },
  ): Promise<{ kind: 'wrong' } | { kind: 'blocked'; minutes: number }> {
    const minutes = await guard.fail(tx, entry, at.now);
    if (minutes === 0) return { kind: 'wrong' };
    if (account) await happened(tx, account, 'sign-in-blocked', at);
    return { kind: 'blocked', minutes };
  }

  async function enter(given: Parameters<TokenDoor['enter']>[0]): Promise<Entered> {
    const userKey = userKeyOf(String(given.userName ?? '').slice(0, 200)).replaceAll('\0', '');
    const begun = await db.transaction(async (tx) => {
      const entry = await guard.begin(tx, { account: userKey, address: given.address }, given.now);
      return { entry, account: await accounts.accountCalled(tx, userKey) };
    });
    const { entry, account } = begun;
    if ('kind' in entry) return entry;
    const isRight = await hashing.verify(account?.password ?? DECOY, plainPassword(given.password));
    return db.transaction(async (tx) => {
      if (!isRight || account === null) return wrong(tx, { entry, account }, given);
      const card = await cards.holdCard(tx, account.workerId); // always before the counters: two never wait for each other
      await guard.takeBack(tx, entry, given.now);
      if (card === null || stateAt(card, given.now) !== 'active') return { kind: 'card' };
      const ticket = newToken();
      const expiresAt = Temporal.Instant.from(given.now).add({ minutes: CHALLENGE_MINUTES }).toString();
      await tickets.add(tx, {
        hash: hashOf(ticket, secret),
        workerId: account.workerId,
        cardId: card.cardId,
        expiresAt,
      });
      return { kind: 'asks', ticket };
    });
  }

  async function asked(ticket: string, now: string): Promise<number | null> {
    const held = await tickets.find(db.read, hashOf(ticket, secret), now);
    if (held === null) return null;
    const [card] = (await cards.cards(db.read, held.workerId)).filter(({ cardId }) => cardId === held.cardId);
    return card && stateAt(card, now) === 'active' ? card.asked : null;
  }

  /** Counts the entry, for the account, the person and the card. */
  async function beginAnswer(tx: Tx, ticket: Buffer, given: Parameters<TokenDoor['answer']>[0]) {
    const held = await tickets.find(tx, ticket, given.now);
    const account = held && (await accounts.holdAccount(tx, held.workerId));
    const card = held && (await cards.holdCard(tx, held.workerId));
    if (!held || !account || !card || card.cardId !== held.cardId) return { kind: 'start' } as const;
    if (stateAt(card, given.now) !== 'active') return { kind: 'card' } as const;
    const person = await accounts.person(tx, held.workerId);
    const of = { account: account.userKey, insz: person.insz, address: given.address };
    const entry = await guard.begin(tx, of, given.now);
    if ('kind' in entry) return entry;
    await cards.setWrong(tx, card.cardId, card.wrong + 1);
    return { kind: 'begun', entry, account, card, of, person } as const;
  }

  async function answer(given: Parameters<TokenDoor['answer']>[0]): Promise<Answered> {
    if (pepper === null) return { kind: 'start' };
    const ticket = hashOf(given.ticket, secret);
    const begun = await db.transaction((tx) => beginAnswer(tx, ticket, given));
    if (begun.kind !== 'begun') return begun;
    const { entry, account, card, of, person } = begun;
    const code = readCode(given.code) ?? '';
    const isRight = await hashing.verify(card.code, codeText(pepper, card.cardId, card.asked, code));
    return db.transaction(async (tx): Promise<Answered> => {
      const now = await cards.holdCard(tx, account.workerId);
      if (!isRight && now?.cardId === card.cardId && now.wrong >= WRONG_CODES) {
        await guard.fail(tx, entry, given.now);
        await cards.endCard(tx, account.workerId, 'blocked', given.now);
        await happened(tx, account, 'card-blocked', given);
        return { kind: 'ended' };
      }
      if (!isRight) return wrong(tx, { entry, account }, given);
      // answered meanwhile, by the same button pressed twice or in another browser: a code is good once
      const isStill = now?.cardId === card.cardId && now.asked === card.asked;
      if (!isStill || !(await tickets.take(tx, ticket))) {
        await guard.takeBack(tx, entry, given.now);
        return { kind: 'start' };
      }
      const next = { asked: nextNumber(card.asked, random), now: given.now, activates: false };
      await cards.answered(tx, card.cardId, next);
      await guard.forgive(tx, of);
      return { kind: 'proven', who: identityOf(person) };
    });
  }

  return { enter, asked, answer };
}

function identityOf({ insz, givenName, familyName }: Person) {
  return { insz, givenName, familyName, method: 'token', assurance: 300 } as const;
}
