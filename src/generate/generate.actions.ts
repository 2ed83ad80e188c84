import { setImmediate as breathe } from 'node:timers/promises';
import type pg from 'pg';
import { generateStore } from './generate.store.ts';
import type { History } from './ledger.ts';
import { sourceIdsAfter } from './numbers.ts';
import { randomOf } from './random.ts';
import { type WorldOptions, worldOf } from './world.ts';

export interface GenerateOptions extends WorldOptions {
  /** A connection of one's own, without time limits; the portal's role will do. */
  db: pg.ClientBase;
  /** Called now and then, and at the end, with work relations made and wanted. */
  progress?: (done: number, total: number) => void;
}

export interface Generated {
  companies: number;
  workers: number;
  declarations: number;
  relations: number;
}

/** Declarations held at once, twice: a block that is loaded and the one that is made meanwhile. */
const BLOCK = 8_000;
/** Declarations made before the connection gets a turn. */
const SLICE = 64;

/**
 * Fills the records with a made-up world, in one transaction: all of it or nothing. On records that hold something already it adds other
 * workers and other ids above the highest made-up ones, and to the directory the firms it lacks. Memory stays flat.
 * @throws RangeError on counts that cannot be; Error where agencies declare; the database's error when loading fails
 */
export async function generate({ db, progress = () => undefined, ...options }: GenerateOptions): Promise<Generated> {
  const world = worldOf(options);
  return generateStore.inOneTransaction(db, async () => {
    if (await generateStore.isReal(db))
      throw new Error('agencies declare in this database: made-up people are not put among real ones');
    const taken = await generateStore.taken(db);
    await generateStore.addCompanies(db, world.companies, taken.numbers);
    const ids = sourceIdsAfter(taken.lastId, randomOf(options.seed, 'ids').between(0, 499_999_999));
    const made: Generated = { companies: world.companies.length, workers: 0, declarations: 0, relations: 0 };
    const blocks = blocksOf(
      world.histories(ids, (insz) => taken.inszs.has(insz)),
      made,
      () => progress(made.relations, options.periods),
    );
    await loadAll(db, blocks);
    progress(made.relations, options.periods);
    return made;
  });
}

/** Cuts the people into blocks, counts them, and lets the connection work now and then. */
async function* blocksOf(histories: Iterable<History>, made: Generated, progress: () => void) {
  let block: History[] = [];
  let held = 0;
  let sinceRest = 0;
  for (const history of histories) {
    block.push(history);
    made.workers++;
    made.declarations += history.declarations.length;
    made.relations += history.relations.length;
    held += history.declarations.length + 1;
    sinceRest += history.declarations.length + 1;
    if (sinceRest >= SLICE) {
      sinceRest = 0;
      progress();
      await breathe();
    }
    if (held < BLOCK) continue;
    yield block;
    block = [];
    held = 0;
  }
  yield block;
}

/** Loads each block while the next one is made. What is under way is waited for, whatever happens: nothing may follow a rollback. */
async function loadAll(db: pg.ClientBase, blocks: AsyncIterable<History[]>): Promise<void> {
  let loading = Promise.resolve();
  try {
    for await (const block of blocks) {
      await loading;
      loading = generateStore.addHistories(db, block);
      loading.catch(() => undefined); // told by the next await
    }
  } finally {
    await Promise.allSettled([loading]);
  }
  await loading;
}
