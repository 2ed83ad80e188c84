import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { openService, type Service } from '../bench/agency.ts';
import { asOwner, openCluster } from '../bench/database.ts';
import { ADDRESS, DATABASE_CORE, NODE_CORE, onCore, pin } from '../bench/list.server.ts';
import { openSessions } from '../bench/list.ts';
import { type Load, loadOf } from '../bench/load.ts';
import { authority } from '../pki.ts';
import { freePort, listening, ROOT, stop } from './process.ts';
import { production, urlOf } from './serving.ts';

export const SHORT = process.argv.includes('--short');
const SIZE = SHORT
  ? { workers: 6_000, periods: 110_000, seed: 'bench' }
  : { workers: 20_000, periods: 400_000, seed: 'bench' };
/** File descriptors of whatever is started here, as far as the system allows. */
const WIDE = 16_000;

/** One portal as production runs it, in a process of its own, and the load of a list page. */
export interface Alone {
  port: number;
  pid: number;
  postmaster: number;
  owner: pg.ClientConfig;
  cookies: string[];
  service: Service;
  /** Over 32 connections that stay busy. */
  closedLoop: Load;
  isAlive(): boolean;
  /** MiB in memory. */
  memory(): number;
  /** Lines of its log so far, whatever wrote them. */
  log(): string[];
  close(): Promise<void>;
}

export async function openAlone(): Promise<Alone> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-drill-'));
  await using standing = new AsyncDisposableStack();
  standing.defer(() => rmSync(folder, { recursive: true, force: true }));
  const cluster = await openCluster(process.argv.includes('--keep'));
  standing.defer(() => cluster.close());
  const { owner, portal } = await cluster.copyOf(SIZE, 'drill');
  const cookies = (await asOwner(owner, openSessions)).map((cookie) => cookie.replace('interim', '__Host-interim'));
  const service = await asOwner(owner, openService);
  writeFileSync(path.join(folder, 'ca.pem'), (await authority({ commonName: 'Citizen CA' })).pem);
  pin(cluster.postmaster, DATABASE_CORE);

  const port = await freePort();
  const log = path.join(folder, 'portal.log');
  const environment = { ...production(urlOf(owner, String(portal.user)), folder), PORT: String(port) };
  const child = startWide(NODE_CORE, [path.join(ROOT, 'src/main.ts'), 'serve'], environment, openSync(log, 'w'));
  standing.defer(() => stop(child));
  await listening(port, child);
  const { load, close } = loadOf(ADDRESS, cookies);
  standing.defer(close);

  const pid = Number(child.pid);
  const started = standing.move();
  return {
    port,
    pid,
    postmaster: cluster.postmaster,
    owner,
    cookies,
    service,
    closedLoop: load,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    log: () => readFileSync(log, 'utf8').trim().split('\n'),
    close: () => started.disposeAsync(),
  };
}

/** A program of Node's with as many file descriptors as it may have; `out`: where its words go, else they are messages. */
export function startWide(core: number, words: string[], env: Record<string, string>, out?: number): ChildProcess {
  const [command, rest] = onCore(core, process.execPath, words);
  const wide = `ulimit -n ${WIDE} 2>/dev/null || ulimit -n $(ulimit -H -n); exec "$0" "$@"`;
  return spawn('sh', ['-c', wide, command, ...rest], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: out === undefined ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', out, out],
  });
}
