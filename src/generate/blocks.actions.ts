import { setImmediate as breathe } from 'node:timers/promises';
import type { History } from './ledger.ts';
import type { SourceIds } from './numbers.ts';

export interface Generated {
  companies: number;
  workers: number;
  declarations: number;
  relations: number;
  /** Nothing was made: all of it was there. */
  isKnown?: true;
}

/** People who are loaded together, and how far the world is made with them. */
export interface Block {
  histories: History[];
  made: Generated;
  lastId: string;
}

/** Declarations held at once, twice: a block that is loaded and the one that is made meanwhile. */
const BLOCK = 8_000;
/** Declarations made before the connection gets a turn. */
const SLICE = 64;

/** Cuts the people into blocks, counts them into `made`, and lets the connection work now and then. */
export async function* makingOf(
  all: Iterable<History>,
  made: Generated,
  ids: SourceIds,
  progress: (relations: number) => void,
): AsyncGenerator<Block> {
  let histories: History[] = [];
  let held = 0;
  let sinceRest = 0;
  const block = () => ({ histories, made: { ...made }, lastId: ids.last() });
  for (const history of all) {
    histories.push(history);
    made.workers++;
    made.declarations += history.declarations.length;
    made.relations += history.relations.length;
    held += history.declarations.length + 1;
    sinceRest += history.declarations.length + 1;
    if (sinceRest >= SLICE) {
      sinceRest = 0;
      progress(made.relations);
      await breathe();
    }
    if (held < BLOCK) continue;
    yield block();
    histories = [];
    held = 0;
  }
  yield block();
}

/** Loads each block while the next one is made. What is under way is waited for, whatever happens: nothing may follow a rollback. */
export async function loadAll(blocks: AsyncIterable<Block>, load: (block: Block) => Promise<void>): Promise<void> {
  let loading = Promise.resolve();
  try {
    for await (const block of blocks) {
      await loading;
      loading = load(block);
      loading.catch(() => undefined); // told by the next await
    }
  } finally {
    await Promise.allSettled([loading]);
  }
  await loading;
}
