import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { openService, type Service } from '../bench/agency.ts';
import { asOwner, openCluster } from '../bench/database.ts';
import { openSessions } from '../bench/list.ts';
import { authority } from '../pki.ts';
import { program } from './finding.ts';
import { type Asking, asked, type Came, securely } from './portal.asking.ts';
import { freePort, listening, ROOT, start, stop } from './process.ts';
import { production, urlOf } from './serving.ts';

const SIZE = { workers: 6_000, periods: 110_000, seed: 'bench' };

type Place = 'a' | 'b' | 'front';

/** Two portals as production runs them, one database, HAProxy before them; and the next version with one migration more. */
export interface Portals {
  a: ChildProcess;
  b: ChildProcess;
  owner: pg.ClientConfig;
  /** Of workers with a long list. */
  cookies: string[];
  service: Service;
  /** One portal by itself, or whichever HAProxy chooses. @throws when no answer comes */
  ask(place: Place, path: string, asking: Asking): Promise<Came>;
  start(which: 'a' | 'b', version: 'now' | 'next'): Promise<void>;
  stop(which: 'a' | 'b'): Promise<void>;
  migrateNext(): Promise<void>;
  close(): Promise<void>;
}

export async function openPortals(): Promise<Portals> {
  const haproxy = program('haproxy', 'haproxy');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-drill-'));
  await using standing = new AsyncDisposableStack();
  standing.defer(() => rmSync(folder, { recursive: true, force: true }));
  const cluster = await openCluster(false);
  standing.defer(() => cluster.close());
  const { owner, portal } = await cluster.copyOf(SIZE, 'drill');
  const cookies = (await asOwner(owner, openSessions)).map(securely);
  const service = await asOwner(owner, openService);
  writeFileSync(path.join(folder, 'ca.pem'), (await authority({ commonName: 'Citizen CA' })).pem);
  const next = nextVersion(folder);

  const ports = { a: await freePort(), b: await freePort(), front: await freePort() };
  const running = { a: null as ChildProcess | null, b: null as ChildProcess | null };
  const environment = (user: string) => ({ ...production(urlOf(owner, user), folder), LOG_LEVEL: 'error' });
  const serve: Portals['start'] = async (which, version) => {
    const root = version === 'now' ? ROOT : next;
    const child = start(
      process.execPath,
      [path.join(root, 'src/main.ts'), 'serve'],
      { ...environment(String(portal.user)), PORT: String(ports[which]) },
      { cwd: root },
    );
    running[which] = child;
    await listening(ports[which], child);
  };
  const ended = async (which: 'a' | 'b') => {
    if (running[which]) await stop(running[which]);
  };
  standing.defer(() => ended('a'));
  standing.defer(() => ended('b'));
  await Promise.all([serve('a', 'now'), serve('b', 'now')]);
  writeFileSync(path.join(folder, 'haproxy.cfg'), balanced(ports));
  const front = start(haproxy, ['-db', '-f', path.join(folder, 'haproxy.cfg')], {});
  standing.defer(() => stop(front));
  await listening(ports.front, front);

  const started = standing.move();
  return {
    get a() {
      return running.a as ChildProcess;
    },
    get b() {
      return running.b as ChildProcess;
    },
    owner,
    cookies,
    service,
    ask: (place, address, asking) => asked(ports[place], address, asking),
    start: serve,
    stop: ended,
    async migrateNext() {
      const child = start(
        process.execPath,
        [path.join(next, 'src/main.ts'), 'migrate'],
        { ...environment(String(owner.user)), DATABASE_ROLE: String(portal.user) },
        { cwd: next },
      );
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the migration ended with ${code}`);
    },
    close: () => started.disposeAsync(),
  };
}

/** The file of the docs, word for word but for ports. */
function balanced(ports: { a: number; b: number; front: number }): string {
  return readFileSync(path.join(ROOT, 'docs/haproxy.cfg'), 'utf8')
    .replace('bind :8080', `bind 127.0.0.1:${ports.front}`)
    .replace('127.0.0.1:3001', `127.0.0.1:${ports.a}`)
    .replace('127.0.0.1:3002', `127.0.0.1:${ports.b}`);
}

/** This version with one migration more. */
function nextVersion(folder: string): string {
  const next = path.join(folder, 'next');
  for (const part of ['src', 'migrations', 'locales', 'views', 'public', 'package.json'])
    cpSync(path.join(ROOT, part), path.join(next, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(next, 'node_modules'));
  const migration =
    'alter table relations add column drill text; create index relations_of_drill on relations (drill) where drill is not null;';
  writeFileSync(path.join(next, 'migrations/2999-01-01-01-drill.sql'), migration);
  return next;
}
