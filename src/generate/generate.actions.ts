import type pg from 'pg';
import { type Generated, loadAll, makingOf } from './blocks.actions.ts';
import { generateStore } from './generate.store.ts';
import { type GeneratedLoad, loadsStore } from './loads.store.ts';
import { sourceIdsAfter } from './numbers.ts';
import { randomOf } from './random.ts';
import { type World, type WorldOptions, worldOf } from './world.ts';

export type { Generated } from './blocks.actions.ts';

type Told = (done: number, total: number) => void;

export interface GenerateOptions extends WorldOptions {
  /** A connection of one's own as the owner of the tables, without time limits. */
  db: pg.ClientBase;
  /** Called now and then, and at the end, with work relations made and wanted. */
  progress?: Told;
  /** Called when indexes that were set aside are made again, with how many are and shall be. */
  indexes?: Told;
  /** From so many work relations on, what is made is kept part by part; fewer are one transaction. */
  many?: number;
}

const MANY = 200_000;

/**
 * Fills the records with a made-up world. On records that hold something already it adds other workers and other ids above the highest
 * made-up ones, and to the directory the firms it lacks. Memory stays flat. Few relations are all there or none. Many are kept block by block,
 * and the same call goes on where one was cut off; one that was finished is only told of again.
 * @throws RangeError on counts that cannot be; Error where agencies declare, or another load was cut off; the database's error when loading fails
 */
export async function generate({ db, many = MANY, ...options }: GenerateOptions): Promise<Generated> {
  const world = worldOf(options);
  if (options.periods >= many && !options.named) return loadsStore.asLoader(db, () => inParts(db, options));
  return generateStore.inOneTransaction(db, async () => {
    await loadsStore.refuseUnfinished(db);
    const { ids, isTaken } = await begun(db, world, options.seed);
    const made = { companies: world.companies.length, workers: 0, declarations: 0, relations: 0 };
    const blocks = makingOf(world.histories(ids, isTaken), made, ids, (done) =>
      options.progress?.(done, options.periods),
    );
    await loadAll(blocks, ({ histories }) => generateStore.addHistories(db, histories));
    options.progress?.(made.relations, options.periods);
    return made;
  });
}

/** The firms are in the directory; whose numbers are taken, and which ids come next. */
async function begun(db: pg.ClientBase, world: World, seed: string) {
  if (await generateStore.isReal(db))
    throw new Error('agencies declare in this database: made-up people are not put among real ones');
  const taken = await generateStore.taken(db);
  await generateStore.addCompanies(db, world.companies, taken.numbers);
  const ids = sourceIdsAfter(taken.lastId, randomOf(seed, 'ids').between(0, 499_999_999));
  return { ids, isTaken: (insz: string) => taken.inszs.has(insz), lastWorkerBefore: taken.lastWorker };
}

/** Each block is one transaction, with how far the load is: whoever dies at whatever line, the next run goes on behind the last block. */
async function inParts(
  db: pg.ClientBase,
  { progress, indexes, ...options }: Omit<GenerateOptions, 'db'>,
): Promise<Generated> {
  const load = (await loadsStore.find(db, options)) ?? (await newLoad(db, options));
  if (load.isFinished) return { ...load.made, isKnown: true };
  const world = worldOf({ ...options, today: load.today });
  await loadsStore.arrange(db, load, options.periods);
  const known = await generateStore.numbersUpTo(db, load.lastWorkerBefore);
  const ids = sourceIdsAfter(load.lastId, 0);
  const histories = world.histories(ids, (insz) => known.has(insz), { ...load.made });
  const blocks = makingOf(histories, load.made, ids, (done) => progress?.(done, options.periods));
  await loadAll(blocks, (block) =>
    loadsStore.inPart(db, load, block, () => generateStore.addHistories(db, block.histories)),
  );
  progress?.(load.made.relations, options.periods);
  await loadsStore.finish(db, load, indexes);
  return load.made;
}

async function newLoad(db: pg.ClientBase, options: WorldOptions): Promise<GeneratedLoad> {
  const world = worldOf(options);
  return generateStore.inOneTransaction(db, async () => {
    const { ids, lastWorkerBefore } = await begun(db, world, options.seed);
    return loadsStore.begin(db, options, { companies: world.companies.length, lastWorkerBefore, lastId: ids.last() });
  });
}
