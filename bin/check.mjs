// Types, lint and the guards of the house.
import path from 'node:path';
import { install, NODE, ROOT, run } from './install.mjs';

const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name);

/** Beside each other. One checker: several would each work out the same types again, which is slower on few processors. */
export async function check() {
  const types = run(bin('tsc'), ['-p', '.', '--checkers', '1']);
  const style = run(bin('biome'), ['check', '--error-on-warnings', '.']);
  await Promise.all([types, style]);
}

if (process.argv[1] === import.meta.filename) {
  await install();
  await check();
  await run(NODE, [bin('vitest'), 'run', 'test/house']);
}
