import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { ALL_METHODS, openTestApp } from '../app.ts';
import { countedHashing } from '../keys/keys.example.ts';
import { Asker, type Request } from './fuzz.asker.ts';
import { Dice, MARK } from './fuzz.words.ts';

/** Whatever is sent to any address by whomever: what came back, and what should never have. */
export interface Fuzzed {
  /** How many answers had this status. */
  statuses: Record<string, number>;
  /** Routes that were asked at least once. */
  routes: number;
  faults: string[];
}

const AT = '2026-11-23T09:00:00Z';
/** Sessions are opened anew after so many: some of what is sent ends them. */
const FRESH = 1_500;
const BESIDE = 16;
const MOST_FAULTS = 50;

/**
 * @param requests how many are sent over loopback
 * @param seed the same seed sends the same
 */
export async function fuzz(
  requests: number,
  seed: number,
  told: (done: number) => void = () => undefined,
): Promise<Fuzzed> {
  const lines: string[] = [];
  const log = new Writable({
    write(line, _, done) {
      lines.push(String(line));
      done();
    },
  });
  const faults = new Set<string>();
  const escaped = (error: unknown) => faults.add(`nobody caught: ${error instanceof Error ? error.stack : error}`);
  process.on('unhandledRejection', escaped).on('uncaughtException', escaped);
  const portal = await openTestApp({ at: AT, environment: ALL_METHODS, hashing: countedHashing(), log });
  const agent = new http.Agent({ keepAlive: true, maxSockets: BESIDE });
  const fuzzed: Fuzzed = { statuses: {}, routes: 0, faults: [] };
  try {
    await portal.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = portal.app.server.address() as AddressInfo;
    const dice = new Dice(seed);
    const asker = await Asker.of(portal, dice);
    const routes = new Set<string>();
    for (let done = 0; done < requests; ) {
      await asker.refresh();
      const until = Math.min(done + FRESH, requests);
      const one = async () => {
        while (done < until && faults.size < MOST_FAULTS) {
          done++;
          const asked = asker.next();
          routes.add(asked.route);
          const came = await answered(agent, port, asked);
          const status = typeof came === 'string' ? 'none' : String(came.status);
          fuzzed.statuses[status] = (fuzzed.statuses[status] ?? 0) + 1;
          for (const fault of faultsOf(asked, came)) faults.add(`${fault}: ${shown(asked)}`);
        }
      };
      await Promise.all(Array.from({ length: BESIDE }, one));
      for (const fault of faultsInLog(lines.splice(0), asker.numbers)) faults.add(fault);
      told(done);
      if (faults.size >= MOST_FAULTS) break;
    }
    fuzzed.routes = routes.size;
  } finally {
    agent.destroy();
    await portal.close();
    process.off('unhandledRejection', escaped).off('uncaughtException', escaped);
  }
  fuzzed.faults = [...faults];
  return fuzzed;
}

interface Came {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

function answered(agent: http.Agent, port: number, asked: Request): Promise<Came | string> {
  return new Promise((resolve) => {
    const { method, path: address, headers, body } = asked;
    const request = http.request(
      { agent, host: '127.0.0.1', port, method, path: address, headers, timeout: 20_000 },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
        response.on('error', (error) => resolve(error.message));
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in 20 s')));
    request.on('error', (error) => resolve(error.message));
    request.end(body ?? undefined);
  });
}

/** CSAM is not there in this drill, and says so with 503. */
function faultsOf({ route, method }: Request, came: Came | string): string[] {
  if (typeof came === 'string') return [`no answer (${came})`];
  const { status, headers, body } = came;
  const type = String(headers['content-type'] ?? '');
  const isPage = type.startsWith('text/html');
  const found: string[] = [];
  if (status >= 500 && !(status === 503 && route.includes('/sign-in/csam'))) found.push(`status ${status}`);
  if (isPage && headers['content-encoding'] === undefined && body.includes(MARK)) found.push('echoed unescaped');
  if (isPage && !String(headers['content-security-policy'] ?? '').includes("default-src 'none'"))
    found.push('a page without policy');
  if (status >= 400 && body === '' && method !== 'HEAD') found.push(`status ${status} without a word`);
  if (body !== '' && type === '') found.push('a body of no type');
  if (headers['x-evil'] !== undefined) found.push('a header of the visitor’s making');
  return found;
}

/** Nothing is logged as our fault, and nobody's number is. */
function faultsInLog(lines: string[], numbers: string[]): string[] {
  return lines.flatMap((line) => {
    const { level, msg, err, time: _, ...more } = JSON.parse(line);
    const fault = level === 'error' || level === 'fatal' ? [`logged as a fault: ${msg} ${err?.stack ?? ''}`] : [];
    const number = numbers.find((one) => line.includes(one));
    return number
      ? [...fault, `a national number in the log: ${msg} ${JSON.stringify(more)}`.replaceAll(number, 'NUMBER')]
      : fault;
  });
}

function shown({ method, path: address, headers, body }: Request): string {
  const cookie = headers.cookie ? ' with a session' : '';
  const more = body ? ` ${headers['content-type']} ${body.toString().slice(0, 300)}` : '';
  return `${method} ${address.slice(0, 300)}${cookie}${more}`;
}
