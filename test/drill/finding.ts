import { spawnSync } from 'node:child_process';

/** Something that was tried. */
export interface Finding {
  what: string;
  came: string;
  isRight: boolean;
}

export function found(what: string, came: unknown, expected: unknown): Finding {
  const [a, b] = [came, expected].map((one) => JSON.stringify(one));
  return { what, came: a === b ? String(a) : `${a}, not ${b}`, isRight: a === b };
}

/** Something that was measured, and the most that it may be. */
export function atMost(what: string, value: number, most: number, unit: string): Finding {
  const told = (n: number) => `${Number.isInteger(n) ? n : n.toFixed(n < 10 ? 2 : 1)}${unit}`;
  return { what, came: `${told(value)}, at most ${told(most)}`, isRight: value <= most };
}

/** A program of that name, from Debian's package when the machine does not have it. @throws when it cannot be had */
export function program(name: string, debian: string): string {
  const path = () =>
    spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  if (!path()) spawnSync('apt-get', ['install', '-y', '--no-install-recommends', debian], { stdio: 'inherit' });
  if (!path()) throw new Error(`this drill needs ${name}: install the package ${debian}`);
  return path();
}
