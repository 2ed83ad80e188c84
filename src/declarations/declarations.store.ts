import { CompiledQuery, sql } from 'kysely';
import { type Database, DatabaseUnavailable } from '../platform/db.ts';
import { newPeriodId } from '../platform/ids.ts';
import type { Ids } from './declarations.batch.ts';
import { readKnown } from './declarations-read.store.ts';
import type { Run } from './declarations-sql.store.ts';
import { writeKept, writeMany } from './declarations-write.store.ts';

/** How far the counter of our ids goes on each time: `increment` of its sequence. */
const BLOCK = 500;
const NUMBERS: CompiledQuery<{ n: string }> = CompiledQuery.raw(
  `select nextval('portal_numbers') as n from generate_series(1, $1::int)`,
);
const WORKERS: CompiledQuery<{ n: string }> = CompiledQuery.raw(
  `select nextval('workers_worker_id_seq') as n from generate_series(1, $1::int)`,
);

/** Two intakes met in a row that was to be there once, or waited for each other: nothing is kept, and it may be tried again. */
const MET = new Set(['23505', '40P01', '40001']);

export const declarationsStore = {
  read: readKnown,
  write: writeKept,
  writeMany,

  isMet(error: unknown): boolean {
    return MET.has((error as { code?: string }).code ?? '');
  },

  /** The database cannot be asked now: trying again would only make others wait. */
  isAway(error: unknown): boolean {
    return error instanceof DatabaseUnavailable;
  },

  /** One intake with nobody beside it: every other waits to write until it ends. */
  async alone<T>(db: Database, limits: 'short' | 'long', work: (run: Run) => Promise<T>): Promise<T> {
    return db.houseTransaction(async (tx) => {
      // in the order of the writing statement and of `rebuild`
      await sql`lock table declarations in row exclusive mode`.execute(tx);
      await sql`lock table relations in share row exclusive mode`.execute(tx);
      return work(<R>(query: CompiledQuery<R>, parameters: readonly unknown[]) =>
        tx.executeQuery<R>({ ...query, parameters }).then(({ rows }) => rows),
      );
    }, limits);
  },

  /** Ids of our own, drawn ahead in blocks: a round trip now and then. What is left when the process ends is lost. */
  ids(db: Database): { draw(numbers: number, workers: number): Promise<Ids> } {
    const stock: Ids = { numbers: [], workers: [] };
    return {
      async draw(numbers, workers) {
        while (stock.numbers.length < numbers) {
          const missing = Math.ceil((numbers - stock.numbers.length) / BLOCK);
          for (const { n } of await db.once(NUMBERS, [missing], 'short'))
            for (let i = 0; i < BLOCK; i++) stock.numbers.push(newPeriodId(Number(n) + i));
        }
        while (stock.workers.length < workers) {
          const missing = Math.max(workers - stock.workers.length, BLOCK / 5);
          for (const { n } of await db.once(WORKERS, [missing], 'short')) stock.workers.push(n);
        }
        return {
          numbers: stock.numbers.splice(0, numbers).reverse(),
          workers: stock.workers.splice(0, workers).reverse(),
        };
      },
    };
  },
};

export type DeclarationsStore = typeof declarationsStore;
