import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Home, homeFor } from '../src/platform/postgres.embedded.ts';
import { isAlive } from './processes.ts';

const CHECKOUT = path.join(import.meta.dirname, '..');
/** A file system in memory, on Linux. */
const MEMORY = '/dev/shm';
const PREFIX = 'interim-test-';
const GIB = 2 ** 30;

/** Where a PostgreSQL of the tests lives, and how to leave nothing of it behind. */
export interface TestHome {
  home: Home;
  remove(): void;
}

/**
 * A home of its own, its data in memory where there is room: a hundred databases are made and dropped in a run, and a disk's file system
 * takes a fifth of the run to find room for their files. A run leaves some 300 MB there at most.
 */
export function testHome(name: string, durable = false): TestHome {
  const parent = path.dirname(homeFor(CHECKOUT, 'tests', false).root);
  mkdirSync(parent, { recursive: true });
  const home = homeFor(CHECKOUT, path.basename(mkdtempSync(path.join(parent, `${name}-`))), durable);
  const memory = hasRoom() ? mkdtempSync(path.join(MEMORY, `${PREFIX}${process.pid}-`)) : null;
  if (memory && home.uid !== undefined) chownSync(memory, home.uid, home.uid);
  return {
    home: memory ? { ...home, data: path.join(memory, 'data') } : home,
    remove() {
      for (const folder of [home.root, memory]) if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Data in memory of a run of ours that was killed would stay until the machine restarts. */
export function removeAbandoned(): void {
  for (const name of existsSync(MEMORY) ? readdirSync(MEMORY) : []) {
    const [, pid] = name.match(`^${PREFIX}(\\d+)-`) ?? [];
    const folder = path.join(MEMORY, name);
    if (pid && isOurs(folder) && !isAlive(Number(pid))) rmSync(folder, { recursive: true, force: true });
  }
}

function isOurs(folder: string): boolean {
  const own = process.getuid?.();
  return own === 0 || statSync(folder, { throwIfNoEntry: false })?.uid === own;
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > 2 * GIB && process.availableMemory() > 4 * GIB;
}
