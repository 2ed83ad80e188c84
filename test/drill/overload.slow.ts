import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { listQuestion } from '../bench/plain-line.ts';

/** Clients that keep a connection and hardly use it: `overload.slow.ts {port, address, cookies, idle, slow}`. Tells its parent how many stand. */
export interface SlowErrand {
  port: number;
  address: string;
  cookies: string[];
  idle: number;
  slow: number;
}
export type Kind = 'silent' | 'half a question' | 'slow head' | 'slow body' | 'slow reader';
/** Of each kind: how many could be opened, and after how many seconds half of those that the portal ended were at their end. */
export type Standing = Record<Kind, { opened: number; ended: number; after: number | null }>;

const { port, address, cookies, idle, slow } = JSON.parse(process.argv[2] ?? '') as SlowErrand;
const AT_ONCE = 100;
const EVERY = 2_000;
const PAGES = 2;

interface Client {
  kind: Kind;
  opened: number;
  ended: number | null;
}
const clients: Client[] = [];

function kindOf(n: number): Kind {
  if (n < idle) return n % 2 ? 'silent' : 'half a question';
  return (['slow head', 'slow body', 'slow reader'] as const)[n % 3] as Kind;
}

/** What each says first, and then again and again. */
const FIRST: Record<Kind, (n: number) => string> = {
  silent: () => '',
  'half a question': () => 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept',
  'slow head': () => 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ',
  'slow body': () =>
    'POST /sign-in/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n',
  'slow reader': (n) => String(listQuestion(address, cookies[n % cookies.length] ?? '')).repeat(PAGES),
};

function open(n: number): Promise<void> {
  const kind = kindOf(n);
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const client: Client = { kind, opened: performance.now(), ended: null };
    socket.on('error', () => resolve());
    socket.on('connect', () => {
      clients.push(client);
      socket.write(FIRST[kind](n));
      slowly(kind, socket);
      resolve();
    });
    socket.on('close', () => {
      client.ended = performance.now();
    });
  });
}

function slowly(kind: Kind, socket: net.Socket): void {
  if (kind === 'slow reader') {
    socket.pause();
    const reading = setInterval(() => socket.read(256), EVERY);
    socket.on('close', () => clearInterval(reading));
    return;
  }
  socket.resume();
  if (kind === 'silent' || kind === 'half a question') return;
  const saying = setInterval(() => socket.writable && socket.write('a'), EVERY);
  socket.on('close', () => clearInterval(saying));
}

function standing(): Standing {
  const kinds = Object.keys(FIRST) as Kind[];
  const told = (kind: Kind) => {
    const all = clients.filter((client) => client.kind === kind);
    const lasted = all.flatMap(({ opened, ended }) => (ended === null ? [] : [(ended - opened) / 1000]));
    lasted.sort((a, b) => a - b);
    return { opened: all.length, ended: lasted.length, after: lasted[lasted.length >> 1] ?? null };
  };
  return Object.fromEntries(kinds.map((kind) => [kind, told(kind)])) as Standing;
}

process.on('disconnect', () => process.exit());
process.on('message', () => process.send?.(standing()));
for (let n = 0; n < idle + slow; n += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, idle + slow - n) }, (_, i) => open(n + i)));
  await pause(10);
}
process.send?.(standing());
