import { readConfig } from '../config.ts';
import { generate } from '../generate/generate.actions.ts';
import { clockFrom } from '../platform/clock.ts';
import { openGround, prepareGround, withClient } from './embedded.ts';
import { progressBar } from './progress.ts';
import { Usage, wholeNumber } from './usage.ts';

export async function run(options: Record<string, string | boolean | undefined>): Promise<number> {
  const workers = wholeNumber(options, 'workers');
  const periods = wholeNumber(options, 'periods');
  const config = readConfig('command');
  const ground = await openGround(config);
  try {
    await prepareGround(config, ground, true);
    const bar = progressBar('Making up periods');
    const indexBar = progressBar('Making indexes');
    const indexes = (done: number, total: number) => {
      if (done === 0) bar.stop();
      indexBar.update(done, total);
    };
    const today = clockFrom(config.PORTAL_NOW).today();
    const seed = typeof options.seed === 'string' ? options.seed : '1';
    const made = await withClient(ground.owner, (db) =>
      generate({ db, workers, periods, seed, today, progress: bar.update, indexes }),
    );
    bar.stop();
    indexBar.stop();
    process.stdout.write(
      `${made.isKnown ? 'these are here already, another --seed makes others: ' : ''}${made.workers} workers, ${made.declarations} declarations, ${made.relations} relations, ${made.companies} companies\n`,
    );
    return 0;
  } catch (error) {
    if (error instanceof RangeError) throw new Usage(error.message);
    throw error;
  } finally {
    await ground.release();
  }
}
