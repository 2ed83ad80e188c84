import { readFileSync } from 'node:fs';
import type { Posts, Route } from './load.ts';
import { Line, listQuestion } from './plain-line.ts';

/** Load where wrk is not installed: `load.client.ts VISITORS PORT SECONDS`. Plain sockets, one request under way on each. */
const [visitors = '', port = '', seconds = ''] = process.argv.slice(2);
type Errand = { address: string; connections: number } & ({ cookies: string[] } | (Posts & Route & { next: number }));
const errand = JSON.parse(readFileSync(visitors, 'utf8')) as Errand;
const { address, connections } = errand;
let next = 'next' in errand ? errand.next : 0;
const HOST = 'Host: 127.0.0.1\r\n';

function request(): Buffer {
  const n = next++;
  if ('cookies' in errand) return listQuestion(address, errand.cookies[n % errand.cookies.length] ?? '');
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

/** Asks, waits for the last byte, asks again. */
async function visitor(): Promise<void> {
  const line = await Line.open(Number(port));
  for (let asked = performance.now(); asked <= until; asked = performance.now()) {
    const head = await line.ask(request());
    if (!/^HTTP\/1\.1 20[01]/.test(head)) faults++;
    took.push(performance.now() - asked);
  }
  line.close();
}

await Promise.all(Array.from({ length: connections }, visitor));
took.sort((a, b) => a - b);
const at = (share: number) => took[Math.floor(took.length * share)];
const perSecond = (took.length / (performance.now() - began)) * 1000;
process.stdout.write(`${JSON.stringify({ answers: took.length, faults, perSecond, p50: at(0.5), p99: at(0.99) })}\n`);
