import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';

/** What the servers of one benchmark share, and how one is started and asked. */
export const PUBLIC_URL = 'http://localhost:3999';
export const SECRET = 'keys the sessions of a benchmark, no more';
export const ADDRESS = '/relations?sort=start&dir=desc&page=1';

export interface Errand {
  connection: pg.ClientConfig;
  /** For the bare server: how it asks PostgreSQL, and a page of the portal to cut its own from. */
  pipelined?: boolean;
  sample?: string;
}

/** `loop` is how much later than asked the process's main loop came round, in ms, since the last report. */
export interface Report {
  port: number;
  rss: number;
  loop: { p99: number; max: number };
}

export interface Server {
  pid: number;
  port: number;
  report(): Promise<Report>;
  stop(): Promise<void>;
}

/** Node gets one core and PostgreSQL with the load another, where the machine has two and can pin. */
const isPinned = process.platform === 'linux' && os.cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0;
export const NODE_CORE = 0;
export const DATABASE_CORE = 1;

export function onCore(core: number, command: string, words: string[]): [string, string[]] {
  return isPinned ? ['taskset', ['-c', String(core), command, ...words]] : [command, words];
}

/** Moves a process; its children follow where they start later. */
export function pin(pid: number, core: number): void {
  if (isPinned) spawnSync('taskset', ['-a', '-p', '-c', String(core), String(pid)]);
}

/** Starts one of the two servers; its log goes to nowhere, over a real write. */
export async function startServer(script: string, errand: Errand, flags: string[] = []): Promise<Server> {
  const words = [...flags, path.join(import.meta.dirname, script), JSON.stringify(errand)];
  const [command, rest] = onCore(NODE_CORE, process.execPath, words);
  const log = openSync('/dev/null', 'w');
  const child = spawn(command, rest, { stdio: ['ignore', log, 'inherit', 'ipc'] });
  const { port } = await nextReport(child);
  return {
    pid: child.pid ?? 0,
    port,
    report() {
      const told = nextReport(child);
      child.send('report');
      return told;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    },
  };
}

function nextReport(child: ChildProcess): Promise<Report> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`a server of the benchmark ended with ${code}`));
    child.once('exit', fail);
    child.once('message', (report) => {
      child.off('exit', fail);
      resolve(report as Report);
    });
  });
}
