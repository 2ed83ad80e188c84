// Types, lint and the guards of the house.
import path from 'node:path';
import { install, NODE, ROOT, run } from './install.mjs';

const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name);

export function check() {
  run(bin('tsc'), ['-p', '.']);
  run(bin('biome'), ['check', '--error-on-warnings', '.']);
}

if (process.argv[1] === import.meta.filename) {
  install();
  check();
  run(NODE, [bin('vitest'), 'run', 'test/house']);
}
