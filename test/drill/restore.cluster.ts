import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { asOwner } from '../bench/database.ts';
import { until } from '../faults/cluster.ts';
import { program } from './finding.ts';
import { BINARIES } from './patroni.files.ts';
import { freePort, listening, ROOT, start, stop } from './process.ts';

/** A PostgreSQL of Debian's that keeps its log of changes elsewhere, and what is restored from there. */
export interface Archived {
  folder: string;
  port: number;
  superuser: { user: string; password: string };
  /** Copies the whole while it is at work. */
  backUp(): void;
  /** Until all that was written so far is in the archive. */
  archived(): Promise<void>;
  /** A second PostgreSQL as the first was at that moment. */
  restoreTo(moment: string): Promise<{ port: number; seconds: number; megabytes: number }>;
  close(): Promise<void>;
}

const NOBODY = 65534;
const SUPERUSER = { user: 'postgres', password: 'postgres' };
const MOST = 120_000;

export async function openArchived(): Promise<Archived> {
  program(`${BINARIES}/initdb`, 'postgresql-15');
  const uid = process.getuid?.() === 0 ? NOBODY : undefined; // PostgreSQL does not run as root
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-drill-'));
  await using standing = new AsyncDisposableStack();
  standing.defer(() => rmSync(folder, { recursive: true, force: true }));
  const [archive, data, restored, secret] = ['wal', 'data', 'restored', 'password'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  mkdirSync(archive);
  writeFileSync(secret, SUPERUSER.password);
  if (uid !== undefined) for (const each of [folder, archive, secret]) chownSync(each, uid, uid);
  const run = (name: string, ...words: string[]) => {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', PGPASSWORD: SUPERUSER.password };
    const as = uid === undefined ? {} : { uid, gid: uid };
    const { status, stderr } = spawnSync(path.join(BINARIES, name), words, {
      ...as,
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
  };
  const serve = async (where: string, port: number, lives: AsyncDisposableStack): Promise<void> => {
    const words = ['-D', where, '-c', `port=${port}`, '-c', `unix_socket_directories=${folder}`];
    const child = start(
      path.join(BINARIES, 'postgres'),
      words,
      { LC_ALL: 'C' },
      { cwd: folder, uid, log: path.join(folder, 'postgres.log') },
    );
    lives.defer(() => stop(child, 'SIGINT'));
    await listening(port, child);
  };
  const on = <T>(port: number, work: (db: pg.Client) => Promise<T>) =>
    asOwner({ host: '127.0.0.1', port, ...SUPERUSER, database: 'postgres' }, work);
  const isWritable = (port: number) =>
    on(port, async (db) => !(await db.query('select pg_is_in_recovery() as is')).rows[0].is).catch(() => false);
  const writable = (port: number) =>
    until(async () => (await isWritable(port)) || (await pause(100)) === null, MOST, 'a PostgreSQL');

  run(
    'initdb',
    '-D',
    data,
    '-U',
    SUPERUSER.user,
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '-E',
    'UTF8',
    '--locale=C',
  );
  const settings = readFileSync(path.join(ROOT, 'docs/postgresql-archive.conf'), 'utf8');
  appendFileSync(path.join(data, 'postgresql.conf'), settings.replaceAll('/srv/wal', archive));
  const port = await freePort();
  await serve(data, port, standing);
  await writable(port);

  const started = standing.move();
  return {
    folder,
    port,
    superuser: SUPERUSER,
    backUp() {
      const from = ['-h', '127.0.0.1', '-p', String(port), '-U', SUPERUSER.user];
      run('pg_basebackup', ...from, '-D', restored, '-X', 'none', '-c', 'fast', '--no-password');
      run('pg_verifybackup', '--no-parse-wal', restored);
    },
    async archived() {
      const wanted = await on(
        port,
        async (db) => (await db.query('select pg_walfile_name(pg_switch_wal()) as name')).rows[0].name,
      );
      const last = () =>
        on(port, async (db) => (await db.query('select last_archived_wal as name from pg_stat_archiver')).rows[0].name);
      await until(
        async () => (await last()) >= wanted || (await pause(200)) === null,
        MOST,
        'the last piece in the archive',
      );
    },
    async restoreTo(moment) {
      const began = performance.now();
      const lines = [
        `restore_command = 'cp ${archive}/%f %p'`,
        `recovery_target_time = '${moment}'`,
        `recovery_target_action = 'promote'`,
        'archive_mode = off', // or what it writes from here on would go among the pieces of the first
      ];
      appendFileSync(path.join(restored, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
      writeFileSync(path.join(restored, 'recovery.signal'), '');
      const second = await freePort();
      await serve(restored, second, started);
      await writable(second);
      const size = await on(
        second,
        async (db) => (await db.query('select sum(pg_database_size(oid))::float8 as n from pg_database')).rows[0].n,
      );
      return { port: second, seconds: (performance.now() - began) / 1_000, megabytes: size / 1024 ** 2 };
    },
    close: () => started.disposeAsync(),
  };
}
