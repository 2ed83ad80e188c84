import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { readConfig } from '../config.ts';
import { intake } from '../declarations/declarations.actions.ts';
import { declarationsStore } from '../declarations/declarations.store.ts';
import { importFile } from '../declarations/import.actions.ts';
import { BrokenFile } from '../declarations/intake.decode.ts';
import { importEnterprises } from '../enterprises/enterprises.actions.ts';
import { clockFrom } from '../platform/clock.ts';
import { type Database, openDatabase } from '../platform/db.ts';
import { createLog } from '../platform/log.ts';
import { projectionStore } from '../relations/projection.store.ts';
import { openGround, prepareGround } from './embedded.ts';
import { progressBar } from './progress.ts';
import { Usage } from './usage.ts';

type Options = Record<string, string | boolean | undefined>;

export async function run(options: Options, files: string[]): Promise<number> {
  const receivedAt = options['received-at'] ?? 'now';
  if (receivedAt !== 'now' && receivedAt !== 'form') throw new Usage('--received-at is now or form');
  if (files.length === 0 && !options.enterprises) throw new Usage('import needs a FILE');
  const config = readConfig('command');
  const ground = await openGround(config);
  try {
    await prepareGround(config, ground);
    const db = openDatabase({ connection: ground.portal, log: createLog('warn') });
    try {
      if (typeof options.enterprises === 'string') {
        const count = await importEnterprises(db, options.enterprises);
        process.stdout.write(`${options.enterprises}: ${count} enterprises\n`);
      }
      const now = clockFrom(config.PORTAL_NOW).now();
      const results = typeof options.results === 'string' ? await opened(options.results) : null;
      for (const file of files) await declare(db, file, { receivedAt, now, results });
      if (results) await finished(results.end());
      return 0;
    } finally {
      await db.close();
    }
  } finally {
    await ground.release();
  }
}

/** The file of results, open before anything is declared: what cannot be told is not done. */
async function opened(file: string): Promise<WriteStream> {
  const results = createWriteStream(file);
  await once(results, 'open');
  return results;
}

async function declare(
  db: Database,
  file: string,
  given: { receivedAt: 'now' | 'form'; now: string; results: WriteStream | null },
): Promise<void> {
  const bar = progressBar(file);
  const counts = { A: 0, W: 0, B: 0 };
  const began = performance.now();
  const total = await importFile(intake(db, declarationsStore, projectionStore), file, {
    receivedAt: given.receivedAt,
    now: given.now,
    channel: 'import',
    progress: bar.update,
    result(result) {
      counts[result.result]++;
      given.results?.write(`${JSON.stringify(result)}\n`);
    },
  })
    .catch((error: Error & { code?: string; path?: string }) => {
      if (error instanceof BrokenFile) throw new Error(`${file}, ${error.message}; nothing of it was kept`);
      throw Object.assign(error, { path: error.path ?? file });
    })
    .finally(bar.stop);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(
    `${file}: ${total} declarations: ${counts.A} accepted, ${counts.W} accepted with a warning, ${counts.B} refused (${Math.round(total / seconds)}/s)\n`,
  );
}
