import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DATABASE_CORE, onCore } from './list.server.ts';

/** What came of a while of load: answers a second, latencies in ms, and CPU in µs an answer. */
export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  node: number;
  database: number;
}

export interface Target {
  port: number;
  pid: number;
  postmaster: number;
}

const CONNECTIONS = 32;

/** Asks an address of a server, each time as another visitor, over connections that stay busy, for some seconds. */
export type Load = (target: Target, seconds: number) => Promise<Measured>;

/** Load by wrk where it is installed, else by a client of our own in a process of its own. */
export function loadOf(address: string, cookies: string[]): { load: Load; by: string; close(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-bench-'));
  const hasWrk = spawnSync('wrk', ['-v']).error === undefined;
  const script = path.join(folder, 'load.lua');
  const visitors = path.join(folder, 'visitors.json');
  writeFileSync(script, lua(cookies));
  writeFileSync(visitors, JSON.stringify({ address, cookies, connections: CONNECTIONS }));
  const asked = (port: number, seconds: number): [string, string[]] =>
    hasWrk
      ? ['wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, `http://127.0.0.1:${port}${address}`]]
      : [process.execPath, [path.join(import.meta.dirname, 'load.client.ts'), visitors, String(port), String(seconds)]];
  return {
    by: hasWrk ? 'wrk' : 'own client',
    load: async (target, seconds) => (await measured(target, ...asked(target.port, seconds))).measured,
    close: () => rmSync(folder, { recursive: true }),
  };
}

async function measured(
  target: Target,
  ...asked: [string, string[]]
): Promise<{ measured: Measured; answers: number }> {
  const before = cpu(target);
  const [command, words] = onCore(DATABASE_CORE, ...asked);
  const { stdout } = await promisify(execFile)(command, words);
  const after = cpu(target);
  const { answers, faults, perSecond, p50, p99 } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  if (faults > 0 || answers === 0) throw new Error(`${faults} of ${answers} answers under load were faults`);
  const each = (from: number, to: number) => ((to - from) * 10_000) / answers; // a tick of the kernel's clock is 10 ms
  const [node, database] = [each(before.node, after.node), each(before.database, after.database)];
  return { answers, measured: { perSecond, p50, p99, node, database } };
}

/** Declarations that never come twice: NUMBER and DAY in the body are the next of `numbers`, and after the last the next day. */
export interface Posts {
  body: string;
  numbers: string[];
  firstDay: string;
  connections: number;
}

export interface Route {
  address: string;
  headers: Record<string, string>;
}

/** The same for bodies that are handed in. */
export function postsOf(posts: Posts): {
  load(route: Route, target: Target, seconds: number): Promise<Measured>;
  close(): void;
} {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-bench-'));
  const hasWrk = spawnSync('wrk', ['-v']).error === undefined;
  const [script, errand] = [path.join(folder, 'posts.lua'), path.join(folder, 'posts.json')];
  let next = 0;
  return {
    async load({ address, headers }, target, seconds) {
      const url = `http://127.0.0.1:${target.port}${address}`;
      const connections = `-c${posts.connections}`;
      writeFileSync(script, luaOfPosts(posts, headers, next));
      writeFileSync(errand, JSON.stringify({ ...posts, address, headers, next }));
      const own = [path.join(import.meta.dirname, 'load.client.ts'), errand, String(target.port), String(seconds)];
      const found = await (hasWrk
        ? measured(target, 'wrk', ['-t1', connections, `-d${seconds}s`, '-s', script, url])
        : measured(target, process.execPath, own));
      next += found.answers + 2 * posts.connections;
      return found.measured;
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

const luaOfPosts = ({ body, numbers, firstDay }: Posts, headers: Record<string, string>, next: number) => `
local numbers = { ${numbers.map((number) => `"${number}"`).join(', ')} }
local n = ${next}
local headers = { ["Content-Type"] = "application/json"${Object.entries(headers).map(([name, value]) => `, ["${name}"] = "${value}"`)} }
request = function()
  local day = os.date("!%Y-%m-%d", ${Date.parse(firstDay) / 1000} + math.floor(n / #numbers) * 86400)
  local body = ([[${body}]]):gsub("NUMBER", numbers[n % #numbers + 1]):gsub("DAY", day)
  n = n + 1
  return wrk.format("POST", nil, headers, body)
end
${LUA_DONE}`;

/** wrk's summary as one line of JSON, times in ms. */
const lua = (cookies: string[]) => `
local cookies = { ${cookies.map((cookie) => `"${cookie}"`).join(', ')} }
local n = 0
request = function()
  n = n % #cookies + 1
  return wrk.format("GET", nil, { ["Cookie"] = cookies[n], ["Accept-Language"] = "nl-BE,nl;q=0.9,en;q=0.8" })
end
${LUA_DONE}`;

const LUA_DONE = `
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"answers":%d,"faults":%d,"perSecond":%f,"p50":%f,"p99":%f}\\n', summary.requests,
    e.status + e.connect + e.read + e.write + e.timeout, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
`;

/** CPU ticks so far of a server, and of PostgreSQL with all its processes; nought where the kernel does not tell. */
export function cpu({ pid, postmaster }: Target): { node: number; database: number } {
  if (process.platform !== 'linux') return { node: 0, database: 0 };
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  return { node: ticks(pid), database: [postmaster, ...children].reduce((sum, one) => sum + ticks(one), 0) };
}

function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
