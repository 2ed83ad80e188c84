import { readFileSync } from 'node:fs';
import net from 'node:net';

/** Load where wrk is not installed: `load.client.ts VISITORS PORT SECONDS`. Plain sockets, one request under way on each. */
const [visitors = '', port = '', seconds = ''] = process.argv.slice(2);
const { address, cookies, connections } = JSON.parse(readFileSync(visitors, 'utf8')) as {
  address: string;
  cookies: string[];
  connections: number;
};
const requests = cookies.map((cookie) =>
  Buffer.from(
    `GET ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nAccept-Language: nl-BE,nl;q=0.9,en;q=0.8\r\n\r\n`,
  ),
);
const began = performance.now();
const until = began + Number(seconds) * 1000;
const took: number[] = [];
let faults = 0;
let next = 0;

/** Asks, waits for the last byte that the answer's own head announces, asks again. */
function visitor(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    let asked = 0;
    let missing = -1;
    const ask = () => {
      asked = performance.now();
      if (asked > until) return void socket.end(resolve);
      socket.write(requests[next++ % requests.length] as Buffer);
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
  if (!head.startsWith('HTTP/1.1 200')) faults++;
  return end + Number(/content-length: (\d+)/i.exec(head)?.[1]);
}

await Promise.all(Array.from({ length: connections }, visitor));
took.sort((a, b) => a - b);
const at = (share: number) => took[Math.floor(took.length * share)];
const perSecond = (took.length / (performance.now() - began)) * 1000;
process.stdout.write(`${JSON.stringify({ answers: took.length, faults, perSecond, p50: at(0.5), p99: at(0.99) })}\n`);
