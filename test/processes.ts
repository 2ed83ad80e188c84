import { readFileSync } from 'node:fs';

/** Processes as Linux tells of them. */

export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** Running: neither gone nor a zombie that nobody has buried yet. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // ESRCH: gone
  }
}
