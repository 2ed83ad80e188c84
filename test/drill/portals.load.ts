import { setTimeout as pause } from 'node:timers/promises';
import { DIMONA } from '../../src/web/paths.ts';
import { dayOf, type Service, TOKEN } from '../bench/agency.ts';
import type { Asking, Came } from './portal.asking.ts';

/** Whom to ask, on whose behalf, and how hard. */
export interface Subject {
  /** @throws when no answer comes */
  ask(path: string, asking: Asking): Promise<Came>;
  cookies: string[];
  service: Service;
  /** Each worker is declared for this day, and when all were, for the next. */
  firstDay: string;
  /** For so many ms a declaration is sent again. */
  patience: number;
  /** Between what one asks and asks next, ms. */
  breath: number;
}

/** What came while something went and came back. */
export interface Load {
  pages: number;
  /** Of these answered with 503 and when to come again. */
  refused: number;
  /** Neither a page nor that. */
  pageFaults: string[];
  slowest: number;
  /** The longest that one visitor was refused, ms. */
  longestRefusal: number;
  /** Answered with 201. */
  declared: { insz: string; day: string }[];
  /** The longest between two such answers, whoever asked, ms. */
  longestGap: number;
  retried: number;
  declarationFaults: string[];
}

const [LOOKING, DECLARING] = [12, 6];
/** Nobody is there, or whoever is has no database: a page is asked again, a declaration sent again with its key. */
const PASSING = new Set([0, 502, 503, 504]);

/** Workers look at their list, and services declare one worker after the other, each with a key that it sends again until it is answered. */
export function underLoad(subject: Subject): { stop(): Promise<Load> } {
  const load: Load = {
    ...{ pages: 0, refused: 0, pageFaults: [], slowest: 0, longestRefusal: 0 },
    ...{ declared: [], longestGap: 0, retried: 0, declarationFaults: [] },
  };
  let isOn = true;
  const looking = async (n: number) => {
    let refusedSince: number | null = null;
    while (isOn || refusedSince !== null) {
      const began = performance.now();
      const isAnswered = await looked(subject, subject.cookies[20 + n] ?? '', load);
      const now = performance.now();
      load.slowest = Math.max(load.slowest, now - began);
      if (!isAnswered) refusedSince ??= began;
      if (refusedSince !== null) load.longestRefusal = Math.max(load.longestRefusal, now - refusedSince);
      if (isAnswered || now - (refusedSince ?? now) > subject.patience) refusedSince = null;
      await pause(subject.breath);
    }
  };
  let [next, last] = [0, performance.now()];
  const acknowledged = () => {
    const now = performance.now();
    load.longestGap = Math.max(load.longestGap, now - last);
    last = now;
  };
  const declaring = async () => {
    while (isOn) {
      const one = declarationOf(subject, next++);
      const status = await declared(subject, one, load);
      if (status === 201) {
        load.declared.push(one);
        acknowledged();
      } else load.declarationFaults.push(`never answered with 201: ${status}`);
      await pause(subject.breath);
    }
  };
  const visitors = Array.from({ length: LOOKING }, (_, n) => looking(n));
  const services = Array.from({ length: DECLARING }, declaring);
  return {
    async stop() {
      isOn = false;
      await Promise.all(services);
      acknowledged(); // had nothing more been, the gap would reach until now
      await Promise.all(visitors);
      return load;
    },
  };
}

/** @returns whether the page came */
async function looked({ ask }: Subject, cookie: string, load: Load): Promise<boolean> {
  const nobody = (error: Error): Came => ({ status: 0, retryAfter: undefined, body: error.message });
  const came = await ask('/relations', { cookie }).catch(nobody);
  load.pages++;
  if (came.status === 200) return true;
  if (came.status === 503 && came.retryAfter !== undefined) load.refused++;
  else load.pageFaults.push(`${came.status} ${came.body.slice(0, 80)}`);
  return false;
}

function declarationOf({ service, firstDay }: Subject, n: number): { insz: string; day: string } {
  const days = Math.floor(n / service.inszs.length);
  return {
    insz: service.inszs[n % service.inszs.length] ?? '',
    day: Temporal.PlainDate.from(firstDay).add({ days }).toString(),
  };
}

async function declared(subject: Subject, one: { insz: string; day: string }, load: Load): Promise<number> {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'idempotency-key': `"${crypto.randomUUID()}"`,
  };
  const asking = { method: 'POST', headers, body: dayOf(subject.service, one.insz, one.day) } as const;
  const began = performance.now();
  for (;;) {
    const came = await subject.ask(`${DIMONA}/declarations`, asking).catch(() => null);
    const status = came?.status ?? 0;
    if (!PASSING.has(status) || performance.now() - began > subject.patience) return status;
    load.retried++;
    await pause(200);
  }
}
