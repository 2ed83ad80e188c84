import { readConfig } from '../config.ts';
import { openDatabase } from '../platform/db.ts';
import { createLog } from '../platform/log.ts';
import { rebuild } from '../relations/rebuild.store.ts';
import { openGround, prepareGround } from './embedded.ts';
import { progressBar } from './progress.ts';

export async function run(options: Record<string, string | boolean | undefined>): Promise<number> {
  const config = readConfig('command');
  const ground = await openGround(config);
  await prepareGround(config, ground);
  // as owner: the portal's own role may not lock or make tables
  const db = openDatabase({ connection: ground.owner, log: createLog('warn') });
  try {
    const bar = progressBar('Reading the ledger');
    const isCheck = options.check === true;
    const { periods, differing } = await rebuild(db, isCheck, bar.update);
    bar.stop();
    if (differing.length === 0) process.stdout.write(`${periods} periods: identical\n`);
    else process.stdout.write(`${periods} periods: ${isCheck ? 'different' : 'put right'}: ${differing.join(', ')}\n`);
    return isCheck && differing.length > 0 ? 1 : 0;
  } finally {
    await db.close();
    await ground.release();
  }
}
