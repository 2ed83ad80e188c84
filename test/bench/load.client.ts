import { readFileSync } from 'node:fs';
import net from 'node:net';
import type { Posts, Route } from './load.ts';

/** Load where wrk is not installed: `load.client.ts VISITORS PORT SECONDS`. Plain sockets, one request under way on each. */
const [visitors = '', port = '', seconds = ''] = process.argv.slice(2);
type Errand = { address: string; connections: number } & ({ cookies: string[] } | (Posts & Route & { next: number }));
const errand = JSON.parse(readFileSync(visitors, 'utf8')) as Errand;
const { address, connections } = errand;
let next = 'next' in errand ? errand.next : 0;
const HOST = 'Host: 127.0.0.1\r\n';

function request(): Buffer {
  const n = next++;
  if ('cookies' in errand) {
    const cookie = `Cookie: ${errand.cookies[n % errand.cookies.length]}\r\nAccept-Language: nl-BE,nl;q=0.9,en;q=0.8\r\n`;
    return Buffer.from(`GET ${address} HTTP/1.1\r\n${HOST}${cookie}\r\n`);
  }
  const { numbers, firstDay, headers } = errand;
  const day = new Date(Date.parse(firstDay) + Math.floor(n / numbers.length) * 86_400_000).toISOString().slice(0, 10);
  const body = errand.body.replaceAll('NUMBER', numbers[n % numbers.length] ?? '').replaceAll('DAY', day);
  const own = Object.entries({
    ...headers,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  return Buffer.from(
    `POST ${address} HTTP/1.1\r\n${HOST}${own.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

const began = performance.now();
const until = began + Number(seconds) * 1000;
const took: number[] = [];
let faults = 0;

/** Asks, waits for the last byte that the answer's own head announces, asks again. */
function visitor(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    let asked = 0;
    let missing = -1;
    const ask = () => {
      asked = performance.now();
      if (asked > until) return void socket.end(resolve);
      socket.write(request());
    };
    socket.on('error', reject).on('connect', ask);
    socket.on('data', (chunk: Buffer) => {
      if (missing < 0) missing = announced(chunk);
      missing -= chunk.length;
      if (missing > 0) return;
      missing = -1;
      took.push(performance.now() - asked);
      ask();
    });
  });
}

function announced(chunk: Buffer): number {
  const end = chunk.indexOf('\r\n\r\n') + 4;
  const head = chunk.toString('latin1', 0, end);
  if (!/^HTTP\/1\.1 20[01]/.test(head)) faults++;
  return end + Number(/content-length: (\d+)/i.exec(head)?.[1]);
}

await Promise.all(Array.from({ length: connections }, visitor));
took.sort((a, b) => a - b);
const at = (share: number) => took[Math.floor(took.length * share)];
const perSecond = (took.length / (performance.now() - began)) * 1000;
process.stdout.write(`${JSON.stringify({ answers: took.length, faults, perSecond, p50: at(0.5), p99: at(0.99) })}\n`);
