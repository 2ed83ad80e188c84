import type { Transaction } from 'kysely';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';

type Tx = Transaction<Tables>;

/** Whoever gave the right user name and password, and must still give a code. Tickets come as their keyed hash. */
export const ticketsStore = {
  async add(tx: Tx, ticket: { hash: Buffer; workerId: string; cardId: string; expiresAt: string }): Promise<void> {
    await tx
      .insertInto('token_tickets')
      .values({
        ticket_hash: ticket.hash,
        worker_id: ticket.workerId,
        card_id: ticket.cardId,
        expires_at: ticket.expiresAt,
      })
      .execute();
  },

  async find(db: Database['read'], hash: Buffer, now: string): Promise<{ workerId: string; cardId: string } | null> {
    const row = await db
      .selectFrom('token_tickets')
      .select(['worker_id as workerId', 'card_id as cardId'])
      .where('ticket_hash', '=', hash)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row ?? null;
  },

  /** @returns false when it was used meanwhile */
  async take(tx: Tx, hash: Buffer): Promise<boolean> {
    const taken = await tx.deleteFrom('token_tickets').where('ticket_hash', '=', hash).executeTakeFirst();
    return taken.numDeletedRows === 1n;
  },

  /** Whoever gave the old password begins again. */
  async drop(tx: Tx, workerId: string): Promise<void> {
    await tx.deleteFrom('token_tickets').where('worker_id', '=', workerId).execute();
  },
};

export type TicketsStore = typeof ticketsStore;
