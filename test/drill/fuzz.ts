import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { type Finding, found } from './finding.ts';

const REQUESTS = process.env.FUZZ_REQUESTS ?? '1000000';
const ROOT = path.join(import.meta.dirname, '../..');

/** A million requests of all kinds to all routes, over loopback: what `npm test` does with a few. */
export async function drillFuzz(): Promise<Finding[]> {
  const seed = process.env.FUZZ_SEED ?? String(randomInt(2 ** 32));
  const { status } = spawnSync(process.execPath, ['bin/test.mjs', 'test/house/fuzz.test.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_REQUESTS: REQUESTS, FUZZ_SEED: seed },
  });
  return [found(`${REQUESTS} requests, FUZZ_SEED=${seed}: the test`, status === 0 ? 'passed' : 'failed', 'passed')];
}
