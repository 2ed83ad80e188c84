import { readFileSync } from 'node:fs';
import { Line, listQuestion } from '../bench/plain-line.ts';

/** Asks for the list at a steady beat, whatever came of the questions before: `overload.client.ts ERRAND.json`. Prints what came, as JSON. */
export interface Errand {
  port: number;
  address: string;
  cookies: string[];
  perSecond: number;
  seconds: number;
}

export interface Came {
  asked: number;
  /** Questions whose connection ended before an answer. */
  broken: number;
  /** By status; times in ms from the moment at which the question was due. */
  answers: Record<string, { count: number; p50: number; p99: number; longest: number }>;
  /** Refused in another way than with words, and when to come back. */
  wordless: number;
  /** Answered with 200 within these seconds, a second. */
  goodput: number;
  /** Milliseconds from the beginning: when the last question was due that was not answered with 200. */
  lastRefused: number;
  /** How late, in ms, we came round ourselves to ask: p99. What is late here is not the portal's. */
  late: number;
}

/** As a proxy keeps them before a portal: a new one is only taken up once a turn of the portal's main loop. */
const CONNECTIONS = 512;
const { port, address, cookies, perSecond, seconds } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as Errand;
const questions = cookies.map((cookie) => listQuestion(address, cookie));
const free: Line[] = await Promise.all(Array.from({ length: CONNECTIONS }, () => Line.open(port)));
const waiting: number[] = [];
const late: number[] = [];
const took = new Map<string, number[]>();
let [connections, answered, broken, wordless, good, lastRefused] = [free.length, 0, 0, 0, 0, 0];
let began = 0;

async function ask(line: Line, n: number): Promise<void> {
  const due = began + (n * 1000) / perSecond;
  try {
    const head = await line.ask(questions[n % questions.length] as Buffer);
    const now = performance.now();
    noted(head, due, now);
  } catch {
    broken++;
    lastRefused = Math.max(lastRefused, due - began);
  }
  answered++;
  if (line.isOpen) free.push(line);
  else connections--;
  const next = waiting.shift();
  if (next !== undefined) put(next);
}

function noted(head: string, due: number, now: number): void {
  const status = head.slice(9, 12);
  const times = took.get(status) ?? [];
  took.set(status, times);
  times.push(now - due);
  if (status === '200') {
    if (now <= began + seconds * 1000) good++;
    return;
  }
  lastRefused = Math.max(lastRefused, due - began);
  if (!/\r\nretry-after: \d+\r\n/i.test(head) || !/\r\ncontent-type: text\/html/i.test(head)) wordless++;
}

function put(n: number): void {
  // in turn: one that says nothing for 20 s is told 408 and ended, perhaps while it asks at last
  let line = free.shift();
  while (line && !line.isOpen) {
    connections--;
    line = free.shift();
  }
  if (line) return void ask(line, n);
  if (connections >= CONNECTIONS) return void waiting.push(n);
  connections++;
  Line.open(port).then(
    (line) => ask(line, n),
    () => {
      connections--;
      broken++;
      answered++;
    },
  );
}

const all = Math.floor(perSecond * seconds);
began = performance.now();
let asked = 0;
await new Promise<void>((resolve) => {
  let last = performance.now();
  const beat = setInterval(() => {
    const now = performance.now();
    late.push(now - last - 1);
    last = now;
    const due = Math.min(all, ((performance.now() - began) / 1000) * perSecond);
    while (asked < due) put(asked++);
    if (answered < all) return;
    clearInterval(beat);
    resolve();
  }, 1);
});
for (const line of free) line.close();
const answers = Object.fromEntries([...took].map(([status, times]) => [status, told(times.sort((a, b) => a - b))]));
const came: Came = {
  asked,
  broken,
  answers,
  wordless,
  goodput: good / seconds,
  lastRefused,
  late: late.sort((a, b) => a - b)[Math.floor(late.length * 0.99)] ?? 0,
};
process.stdout.write(`${JSON.stringify(came)}\n`);

function told(times: number[]): Came['answers'][string] {
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { count: times.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
}
