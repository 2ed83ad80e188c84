import { randomBytes } from 'node:crypto';
import type { OwnSessions } from '../identity/own-sessions.store.ts';
import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { AccountsStore } from './accounts.store.ts';
import { newCodes, nextNumber, type Random, readCode, stateAt, WRONG_CODES } from './card.ts';
import type { CardsStore } from './cards.store.ts';
import type { Guard } from './guard.actions.ts';
import { codeText, type Hashing } from './hashing.ts';
import { type Doer, doneBy, type Note } from './note.actions.ts';
import { seal, unseal } from './print.ts';

export interface CardsTools {
  db: Database;
  accounts: AccountsStore;
  cards: CardsStore;
  sessions: OwnSessions;
  guard: Guard;
  hashing: Hashing;
  random: Random;
  note: Note;
  /** Keys the codes; null where the token is not offered: no card is given out. */
  pepper: string | null;
}

export type Activated = { kind: 'active' | 'wrong' | 'ended' | 'none' } | { kind: 'blocked'; minutes: number };

/** The cards of a person: asked for, printed once, put into use, revoked. Each act with its access row and its notice in one transaction. */
export function cardsActions({ db, accounts, cards, sessions, guard, hashing, random, note, pepper }: CardsTools) {
  /** Counts the entry before the code is looked at. */
  async function beginActivation({ visitor, now }: Doer) {
    return db.transaction(async (tx) => {
      const account = await accounts.holdAccount(tx, visitor.workerId);
      const card = await cards.holdCard(tx, visitor.workerId);
      if (!account || !card || stateAt(card, now) !== 'issued') return { kind: 'none' } as const;
      const of = { account: account.userKey, insz: visitor.insz };
      const entry = await guard.begin(tx, of, now);
      if ('kind' in entry) return entry;
      await cards.setWrong(tx, card.cardId, card.wrong + 1);
      return { kind: 'begun', card, entry, of } as const;
    });
  }

  return {
    cards: (visitor: SignedInWorker) => cards.cards(db.read, scopeOf(visitor)),

    /**
     * A new card; the old one ends at once. `draw` makes its print of the codes.
     * @returns the card and the key of its print, for the cookie of this browser; none: there is no user name yet
     */
    async request(
      by: Doer,
      draw: (codes: string[]) => Promise<Uint8Array>,
    ): Promise<{ cardId: string; key: string } | 'none'> {
      const { workerId } = by.visitor;
      if (pepper === null || !(await accounts.account(db.read, scopeOf(by.visitor)))) return 'none';
      const cardId = randomBytes(16).toString('base64url');
      const letters = newCodes(random);
      const codes: string[] = [];
      // one place in the line, however many codes: others wait at the same door
      for (const [at, code] of letters.entries())
        codes.push(await hashing.hash(codeText(pepper, cardId, at + 1, code)));
      const { sealed, key } = seal(await draw(letters));
      return db.transaction(async (tx) => {
        if (!(await accounts.holdAccount(tx, workerId))) return 'none';
        await cards.endCard(tx, workerId, 'replaced', by.now);
        await sessions.endByMethod(tx, workerId, 'token');
        const asked = nextNumber(null, random);
        await cards.addCard(tx, { cardId, workerId, asked, codes, print: sealed, now: by.now });
        await note(tx, doneBy(by, 'card-requested'));
        return { cardId, key };
      });
    },

    /** The print, once. `gone`: fetched before, or asked for by another browser, where it stays sealed. */
    async print(by: Doer, cardId: string, key: string | undefined): Promise<Buffer | 'gone' | 'unknown'> {
      return db.transaction(async (tx) => {
        const { workerId } = by.visitor;
        const card = await cards.holdCard(tx, workerId);
        if (card?.cardId !== cardId) return 'unknown';
        const sealed = await cards.sealedPrint(tx, workerId, cardId);
        const print = sealed && key !== undefined ? unseal(sealed, key) : null;
        if (print === null) return 'gone';
        await cards.dropPrint(tx, cardId);
        return print;
      });
    },

    /** Puts the card into use by the code that it asks for. */
    async activate(by: Doer, typed: unknown): Promise<Activated> {
      hashing.admit();
      const begun = await beginActivation(by);
      if (begun.kind === 'flood' || pepper === null) return { kind: 'none' };
      if (begun.kind !== 'begun') return begun;
      const { card, entry, of } = begun;
      const { workerId } = by.visitor;
      const text = codeText(pepper, card.cardId, card.asked, readCode(typed) ?? '');
      const isRight = await hashing.verify(card.code, text);
      return db.transaction(async (tx): Promise<Activated> => {
        const current = await cards.holdCard(tx, workerId);
        const isStill = current?.cardId === card.cardId && current.state === 'issued';
        if (isRight && isStill) {
          const next = { asked: nextNumber(card.asked, random), now: by.now, activates: true };
          await cards.answered(tx, card.cardId, next);
          await guard.forgive(tx, of);
          await note(tx, doneBy(by, 'card-activated'));
          return { kind: 'active' };
        }
        if (isRight) {
          await guard.takeBack(tx, entry, by.now); // the same button pressed twice
          return { kind: current?.state === 'active' ? 'active' : 'none' };
        }
        const minutes = await guard.fail(tx, entry, by.now);
        if (isStill && current.wrong >= WRONG_CODES) {
          await cards.endCard(tx, workerId, 'blocked', by.now);
          await note(tx, doneBy(by, 'card-blocked'));
          return { kind: 'ended' };
        }
        if (minutes === 0) return { kind: 'wrong' };
        await note(tx, doneBy(by, 'sign-in-blocked'));
        return { kind: 'blocked', minutes };
      });
    },

    async revoke(by: Doer): Promise<'revoked' | 'none'> {
      return db.transaction(async (tx) => {
        const { workerId } = by.visitor;
        await accounts.holdAccount(tx, workerId);
        if (!(await cards.endCard(tx, workerId, 'revoked', by.now))) return 'none';
        await sessions.endByMethod(tx, workerId, 'token');
        await note(tx, doneBy(by, 'card-revoked'));
        return 'revoked';
      });
    },

    /** What time ends: cards never made active, cards unused, prints nobody fetched, counters that are forgotten. */
    async sweep(now: string): Promise<void> {
      await db.transaction(async (tx) => {
        for (const { workerId, insz, state } of await cards.sweep(tx, now))
          await note(tx, { actor: { kind: 'system' }, person: { workerId, insz }, act: `card-${state}`, now });
        await guard.sweep(tx, now);
      });
    },
  };
}
