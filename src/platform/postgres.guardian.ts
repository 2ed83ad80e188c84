import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Home, openLog, PORT } from './postgres.embedded.ts';

/**
 * A small process that keeps one embedded PostgreSQL: starts it, starts it again should it die, and stops it once nobody is connected to
 * the guardian's socket any more. Holders are counted by the operating system, so that Ctrl-C, a crash and kill -9 all end the same way.
 */
const home = JSON.parse(process.argv[2] ?? '') as Home;
const control = path.join(home.sockets, 'guardian');
const as = home.uid === undefined ? {} : { uid: home.uid, gid: home.uid };
const holders = new Set<net.Socket>();
let postgres: ChildProcess | undefined;
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.umask(0o077);

const ready = listen().then(start);
ready.then(
  () => setTimeout(leaveIfAlone, 3000),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);

async function listen(): Promise<void> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    if (stopping) return void socket.destroy();
    holders.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => holders.delete(socket) && void leaveIfAlone());
    // A holder's end reaches us when it lets go and when it dies; the last one's socket closes when PostgreSQL has stopped.
    socket.on('end', () => {
      holders.delete(socket);
      if (holders.size > 0) socket.end();
      else void leaveIfAlone();
    });
    socket.resume();
    ready.then(
      () => socket.write('ready\n'),
      () => socket.destroy(),
    );
  });
  for (;;) {
    const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(control, () => resolve(undefined));
    });
    if (!failure) return;
    if (failure.code !== 'EADDRINUSE') throw failure;
    if (await answers(control)) process.exit(0); // another guardian was faster
    rmSync(control, { force: true });
  }
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect(address, () => resolve(true));
    probe.once('error', () => resolve(false));
    probe.unref();
  });
}

async function start(): Promise<void> {
  await stopOrphan();
  if (!existsSync(path.join(home.data, 'PG_VERSION'))) initialise();
  spawnPostgres();
  for (let waited = 0; !(await accepts()); waited += 20) {
    if (waited > 50_000) throw new Error('PostgreSQL does not accept connections');
    await pause(20);
  }
}

/** A half-made data folder (killed inside initdb) never carries PG_VERSION's final name: it is made beside and moved. */
function initialise(): void {
  const partial = `${home.data}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const made = spawnSync(
    path.join(home.binaries, 'bin', 'initdb'),
    [
      '-D',
      partial,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      ...(home.durable ? [] : ['--no-sync']),
    ],
    { ...as, cwd: '/', encoding: 'utf8', env: { LC_ALL: 'C', PATH: process.env.PATH } },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr ?? made.error}`);
  renameSync(partial, home.data);
}

function spawnPostgres(): void {
  const log = openLog(home);
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: home.sockets,
    unix_socket_permissions: '0700',
    port: String(PORT),
    max_connections: '120',
    shared_buffers: '256MB',
    log_min_messages: 'fatal',
    ...home.settings,
    ...(home.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  postgres = spawn(path.join(home.binaries, 'bin', 'postgres'), ['-D', home.data, ...options], {
    ...as,
    cwd: '/',
    stdio: ['ignore', log, log],
    env: { LC_ALL: 'C', PATH: process.env.PATH, TZ: 'UTC' },
  });
  closeSync(log);
  postgres.on('exit', () => {
    if (stopping) return;
    setTimeout(spawnPostgres, 300);
  });
}

/** True once a session can really be opened: during crash recovery the postmaster listens but refuses. */
async function accepts(): Promise<boolean> {
  const client = new pg.Client({ host: home.sockets, port: PORT, user: 'postgres', database: 'postgres' });
  client.on('error', () => undefined); // told by the rejected connect below
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** A postmaster whose guardian was killed is stopped first: only one may own the data. */
async function stopOrphan(): Promise<void> {
  const file = path.join(home.data, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (!pid || !isPostgres(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isPostgres(pid) && waited < 20_000; waited += 50) await pause(50);
}

function isPostgres(pid: number): boolean {
  const listing = `/proc/${pid}/cmdline`;
  if (process.platform === 'linux') return existsSync(listing) && readFileSync(listing, 'utf8').includes(home.data);
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(home.data);
}

async function leaveIfAlone(): Promise<void> {
  if (holders.size > 0 || stopping) return;
  stopping = true;
  rmSync(control, { force: true });
  if (postgres && postgres.exitCode === null) {
    const gone = new Promise((resolve) => postgres?.once('exit', resolve));
    postgres.kill('SIGINT');
    await gone;
  }
  process.exit(0);
}
