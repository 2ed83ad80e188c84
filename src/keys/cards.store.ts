import { sql, type Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { type Card, type CardState, oldestIssue, oldestUse } from './card.ts';

type Tx = Transaction<Tables>;

export interface NewCard {
  cardId: string;
  workerId: string;
  asked: number;
  codes: string[];
  print: Buffer;
  now: string;
}

/** So long a card waits to be fetched. */
export const PRINT_MINUTES = 15;

const CARD = [
  'card_id as cardId',
  'worker_id as workerId',
  'state',
  'asked',
  'wrong',
  'issued_at as issuedAt',
  'activated_at as activatedAt',
  'last_used_at as lastUsedAt',
  'ended_at as endedAt',
] as const;

/** Cards, Everything that changes is done in the transaction of the act. */
export const cardsStore = {
  /** Newest first. */
  async cards(db: Database['read'], { workerId }: WorkerScope): Promise<Card[]> {
    return db
      .selectFrom('token_cards')
      .select([...CARD, sql<boolean>`print is not null`.as('hasPrint')])
      .where('worker_id', '=', workerId)
      .orderBy('issued_at', 'desc')
      .limit(20)
      .execute();
  },

  /** The card that is not at its end, held, with the hash of the code it asks for. */
  async holdCard(tx: Tx, workerId: string): Promise<(Card & { code: string }) | null> {
    const row = await tx
      .selectFrom('token_cards')
      .select([...CARD, sql<boolean>`print is not null`.as('hasPrint'), sql<string>`codes[asked]`.as('code')])
      .where('worker_id', '=', workerId)
      .where('state', 'in', ['issued', 'active'])
      .forUpdate()
      .executeTakeFirst();
    return row ?? null;
  },

  async addCard(tx: Tx, card: NewCard): Promise<void> {
    await tx
      .insertInto('token_cards')
      .values({
        card_id: card.cardId,
        worker_id: card.workerId,
        state: 'issued',
        asked: card.asked,
        codes: card.codes,
        print: card.print,
        issued_at: card.now,
        activated_at: null,
        last_used_at: null,
        ended_at: null,
      })
      .execute();
  },

  async setWrong(tx: Tx, cardId: string, wrong: number): Promise<void> {
    await tx.updateTable('token_cards').set({ wrong }).where('card_id', '=', cardId).execute();
  },

  /** A right code: another number from now on. */
  async answered(tx: Tx, cardId: string, next: { asked: number; now: string; activates: boolean }): Promise<void> {
    await tx
      .updateTable('token_cards')
      .set({
        asked: next.asked,
        wrong: 0,
        print: null,
        ...(next.activates ? { state: 'active' as const, activated_at: next.now } : { last_used_at: next.now }),
      })
      .where('card_id', '=', cardId)
      .execute();
  },

  /** Ends the person's open card, if he has one: nothing of its codes is kept. @returns whether there was one */
  async endCard(tx: Tx, workerId: string, state: CardState, now: string): Promise<boolean> {
    const ended = await tx
      .updateTable('token_cards')
      .set({ state, ended_at: now, codes: [], print: null })
      .where('worker_id', '=', workerId)
      .where('state', 'in', ['issued', 'active'])
      .executeTakeFirst();
    return ended.numUpdatedRows === 1n;
  },

  async sealedPrint(tx: Tx, workerId: string, cardId: string): Promise<Buffer | null> {
    const row = await tx
      .selectFrom('token_cards')
      .select('print')
      .where('card_id', '=', cardId)
      .where('worker_id', '=', workerId)
      .executeTakeFirst();
    return row?.print ?? null;
  },

  async dropPrint(tx: Tx, cardId: string): Promise<void> {
    await tx.updateTable('token_cards').set({ print: null }).where('card_id', '=', cardId).execute();
  },

  /** Time's own doing: cards that were never made active, or lie unused. @returns whose and how */
  async sweep(tx: Tx, now: string): Promise<{ workerId: string; insz: string; state: 'expired' | 'unused' }[]> {
    const { rows } = await sql<{ workerId: string; insz: string; state: 'expired' | 'unused' }>`
      with ended as (
        update token_cards set state = case state when 'issued' then 'expired' else 'unused' end, ended_at = ${now}, codes = '{}', print = null
        where state = 'issued' and issued_at <= ${oldestIssue(now)}
          or state = 'active' and coalesce(last_used_at, activated_at) <= ${oldestUse(now)}
        returning worker_id, state)
      select worker_id as "workerId", workers.insz, ended.state from ended join workers using (worker_id)`.execute(tx);
    // a print that nobody fetched
    await tx
      .updateTable('token_cards')
      .set({ print: null })
      .where('print', 'is not', null)
      .where('issued_at', '<=', new Date(Date.parse(now) - PRINT_MINUTES * 60_000).toISOString())
      .execute();
    return rows;
  },
};

export type CardsStore = typeof cardsStore;
