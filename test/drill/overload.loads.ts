import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DIMONA } from '../../src/web/paths.ts';
import { dayOf, TOKEN } from '../bench/agency.ts';
import { ADDRESS, DATABASE_CORE, onCore } from '../bench/list.server.ts';
import type { Came, Errand } from './overload.client.ts';
import { type Alone, startWide } from './overload.setting.ts';
import type { SlowErrand, Standing } from './overload.slow.ts';

/** Whoever comes, comes; from a process of its own on the other core. */
export async function openLoop({ port, cookies }: Alone, perSecond: number, seconds: number): Promise<Came> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-drill-'));
  const file = path.join(folder, 'errand.json');
  const errand: Errand = { port, cookies, address: ADDRESS, perSecond, seconds };
  writeFileSync(file, JSON.stringify(errand));
  const client = path.join(import.meta.dirname, 'overload.client.ts');
  try {
    const { stdout } = await promisify(execFile)(...onCore(DATABASE_CORE, process.execPath, [client, file]));
    return JSON.parse(stdout) as Came;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Watched {
  /** Milliseconds of every answer of `/health/live`, in order of size: over a kept connection, and each over a new one. Whatever was no 200. */
  health: number[];
  anew: number[];
  sick: string[];
  /** MiB, the most that was seen. */
  memory: number;
  /** Declarations that were answered 201; and statuses other than that and 503, 0 where no answer came. */
  declared: number;
  refused: number;
  strange: number[];
}

/** Looks at the portal from outside, and declares one worker after the other, while something goes on. */
export async function watched<T>(alone: Alone, next: () => number, work: () => Promise<T>): Promise<[T, Watched]> {
  const seen: Watched = { health: [], anew: [], sick: [], memory: 0, declared: 0, refused: 0, strange: [] };
  let isOn = true;
  const looking = async (agent: http.Agent | false, into: number[]) => {
    while (isOn) {
      const began = performance.now();
      const status = await asked(alone.port, { path: '/health/live', agent }).catch((error: Error) => error.message);
      into.push(performance.now() - began);
      if (status !== 200) seen.sick.push(String(status));
      seen.memory = Math.max(seen.memory, alone.memory());
      await pause(50);
    }
  };
  const declaring = async () => {
    while (isOn) {
      const status = await declared(alone, next());
      if (status === 201) seen.declared++;
      else if (status === 503) seen.refused++;
      else seen.strange.push(status);
      await pause(20);
    }
  };
  const all = [looking(kept, seen.health), looking(false, seen.anew), declaring(), declaring()];
  const came = await work().finally(() => {
    isOn = false;
  });
  await Promise.all(all);
  for (const times of [seen.health, seen.anew]) times.sort((a, b) => a - b);
  return [came, seen];
}

/** Whoever watches or declares keeps his connections. */
const kept = new http.Agent({ keepAlive: true });

function declared({ port, service }: Alone, n: number): Promise<number> {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'idempotency-key': `"${crypto.randomUUID()}"`,
  };
  const body = dayOf(service, service.inszs[n] ?? '', '2029-01-01');
  return asked(port, { path: `${DIMONA}/declarations`, method: 'POST', headers, agent: kept }, body).catch(() => 0);
}

async function asked(port: number, how: http.RequestOptions, body?: string): Promise<number> {
  const request = http.request({ host: '127.0.0.1', port, timeout: 10_000, ...how });
  request.on('timeout', () => request.destroy(new Error('no answer')));
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  await once(answer.resume(), 'end');
  return answer.statusCode ?? 0;
}

/** Until somebody new is heard at once: those who came before have all been taken up. @returns milliseconds that took */
export async function takenUp({ port }: Alone): Promise<number> {
  const began = performance.now();
  for (let started = began, quick = 0; quick < 5; quick = performance.now() - started < QUICK ? quick + 1 : 0) {
    if (performance.now() - began > TAKEN_UP) throw new Error('connections that were opened are not taken up');
    started = performance.now();
    await asked(port, { path: '/health/live', agent: false, timeout: TAKEN_UP });
  }
  return performance.now() - began;
}
/** Milliseconds. */
const [QUICK, TAKEN_UP] = [100, 60_000];

/** Opens clients that hardly use their connections. */
export async function slowClients(
  { port, cookies }: Alone,
  count: { idle: number; slow: number },
): Promise<{ opened: Standing; now(): Promise<Standing>; end(): Promise<void> }> {
  const errand: SlowErrand = { port, cookies, address: ADDRESS, ...count };
  const child = startWide(
    DATABASE_CORE,
    [path.join(import.meta.dirname, 'overload.slow.ts'), JSON.stringify(errand)],
    {},
  );
  const told = async () => (await once(child, 'message'))[0] as Standing;
  const opened = await told();
  return {
    opened,
    now() {
      child.send('now');
      return told();
    },
    async end() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
