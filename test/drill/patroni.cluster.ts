import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../faults/cluster.ts';
import { childrenOf, isAlive } from '../processes.ts';
import { program } from './finding.ts';
import { BINARIES, balanced, configured, etcdWords, type Node, type Ports } from './patroni.files.ts';
import { freePort, hasEnded, listening, start, stop } from './process.ts';

/** Two servers with one etcd, and HAProxy that leads to whichever leads, by the files of the docs. */
export interface Pair {
  /** A folder for what else the drill keeps. */
  folder: string;
  /** Where HAProxy waits, on 127.0.0.1. */
  port: number;
  superuser: { user: string; password: string };
  leader(): Promise<Node>;
  /** Waits until one leads and the other is in step with it. @returns after how many ms */
  whole(): Promise<number>;
  /** Planned: the one in step takes over. */
  switchOver(): Promise<void>;
  /** Kills the leader's postmaster and nothing else. */
  killPostmaster(): Promise<void>;
  /** Kills all of a server at once. @returns which it was */
  kill(role: 'leader' | 'standby'): Promise<Node>;
  /** A killed one is started again on what it has. */
  comeBack(node: Node): Promise<void>;
  close(): Promise<void>;
}

const NODES: readonly Node[] = ['one', 'two'];
const NOBODY = 65534;
/** What the docs' own file says, for the superuser and for Patroni's REST API. */
const POSTGRES = { user: 'postgres', password: 'the-password-of-postgres' };
const PATRONI = { user: 'patroni', password: 'the-password-of-patroni' };
/** The time in which anything but a fault ends. */
const MOST = 90_000;

export async function openPair(): Promise<Pair> {
  program(`${BINARIES}/initdb`, 'postgresql-15');
  const [patroni, etcd, haproxy] = [
    program('patroni', 'patroni'),
    program('etcd', 'etcd-server'),
    program('haproxy', 'haproxy'),
  ];
  const uid = process.getuid?.() === 0 ? NOBODY : undefined; // neither Patroni nor PostgreSQL runs as root
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-drill-'));
  await using standing = new AsyncDisposableStack();
  standing.defer(() => rmSync(folder, { recursive: true, force: true }));
  for (const each of [folder, ...NODES.map((node) => path.join(folder, node))]) {
    mkdirSync(each, { recursive: true });
    if (uid !== undefined) chownSync(each, uid, uid);
  }
  const two = async () => ({ one: await freePort(), two: await freePort() });
  const ports = { postgres: await two(), patroni: await two(), etcd: await freePort(), front: await freePort() };
  const run = (name: string, file: string, args: string[]) =>
    start(file, args, { HOME: folder, LC_ALL: 'C.UTF-8' }, { cwd: folder, uid, log: path.join(folder, `${name}.log`) });

  const keeper = run('etcd', etcd, etcdWords(path.join(folder, 'etcd'), ports.etcd, await freePort()));
  standing.defer(() => stop(keeper));
  await listening(ports.etcd, keeper);

  const running: Partial<Record<Node, ChildProcess>> = {};
  const data = (node: Node) => path.join(folder, node, 'data');
  const startNode = async (node: Node) => {
    const file = path.join(folder, `${node}.yml`);
    writeFileSync(file, configured(node, folder, ports));
    const child = run(node, patroni, [file]);
    running[node] = child;
    await listening(ports.patroni[node], child);
  };
  standing.defer(() => Promise.all(NODES.map((node) => ended(running[node], data(node)))).then(() => undefined));
  await startNode('one');
  await until(() => isLeading(ports.patroni.one), MOST, 'a first server');
  await startNode('two');

  const configuration = path.join(folder, 'haproxy.cfg');
  writeFileSync(configuration, balanced(ports));
  const front = run('haproxy', haproxy, ['-db', '-f', configuration]);
  standing.defer(() => stop(front));
  await listening(ports.front, front);

  const leader = async (): Promise<Node> => {
    for (const node of NODES) if (await isLeading(ports.patroni[node])) return node;
    throw new Error('nobody leads');
  };
  const other = (node: Node): Node => (node === 'one' ? 'two' : 'one');
  const started = standing.move();
  return {
    folder,
    port: ports.front,
    superuser: POSTGRES,
    leader,
    whole: () =>
      until(
        async () => {
          const all = await members(ports).catch(() => []);
          const isWhole = all.some(({ role }) => role === 'leader') && all.some(({ role }) => role === 'sync_standby');
          if (!isWhole) await pause(200);
          return isWhole;
        },
        MOST,
        'a leader with a standby in step',
      ),
    async switchOver() {
      const from = await leader();
      const answer = await fetch(`http://127.0.0.1:${ports.patroni[from]}/switchover`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${PATRONI.user}:${PATRONI.password}`)}` },
        body: JSON.stringify({ leader: from, candidate: other(from) }),
      });
      if (!answer.ok) throw new Error(`no switchover: ${answer.status} ${await answer.text()}`);
    },
    async killPostmaster() {
      process.kill(postmasterIn(data(await leader())), 'SIGKILL');
    },
    async kill(role) {
      const leading = await leader();
      const node = role === 'leader' ? leading : other(leading);
      const postmaster = postmasterIn(data(node));
      const all = [running[node]?.pid ?? 0, postmaster, ...childrenOf(postmaster)];
      for (const pid of all) killed(pid);
      await until(() => !all.some(isAlive), 5_000, 'the end of a server');
      return node;
    },
    comeBack: startNode,
    close: () => started.disposeAsync(),
  };
}

/** What HAProxy asks. */
function isLeading(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/primary`, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false, // nobody is there
  );
}

/** As whichever server answers knows them. */
async function members({ patroni }: Ports): Promise<{ name: string; role: string; state: string }[]> {
  const ask = (port: number) => fetch(`http://127.0.0.1:${port}/cluster`, { signal: AbortSignal.timeout(1_000) });
  const answer = await Promise.any(Object.values(patroni).map(ask));
  return ((await answer.json()) as { members: { name: string; role: string; state: string }[] }).members;
}

function postmasterIn(data: string): number {
  return Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** One that ended in that very moment, with those above it, is as well. */
function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

/** Patroni stops its PostgreSQL; whoever killed Patroni alone stops it by hand. */
async function ended(patroni: ChildProcess | undefined, data: string): Promise<void> {
  if (patroni && !hasEnded(patroni)) await stop(patroni);
  if (!existsSync(path.join(data, 'postmaster.pid'))) return;
  const postmaster = postmasterIn(data);
  if (!isAlive(postmaster) || !readFileSync(`/proc/${postmaster}/cmdline`, 'utf8').includes(data)) return;
  process.kill(postmaster, 'SIGQUIT');
  await until(() => !isAlive(postmaster), 10_000, 'the end of a PostgreSQL');
}
