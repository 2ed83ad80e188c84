import { setTimeout as pause } from 'node:timers/promises';
import { DIMONA } from '../../src/web/paths.ts';
import { dayOf, TOKEN } from '../bench/agency.ts';
import type { Portals } from './portals.setting.ts';

/** What came while portals went and came back. */
export interface Load {
  pages: number;
  pageFaults: string[];
  slowest: number;
  declared: number;
  retried: number;
  declarationFaults: string[];
}

const [LOOKING, DECLARING] = [12, 6];
const TRIES = 20;

/** Workers look at their list, and services declare one worker after the other, each with a key that it sends again until it is answered. */
export function underLoad(portals: Portals): { stop(): Promise<Load> } {
  const load: Load = { pages: 0, pageFaults: [], slowest: 0, declared: 0, retried: 0, declarationFaults: [] };
  let isOn = true;
  const looking = async (n: number) => {
    while (isOn) {
      const began = performance.now();
      const cookie = portals.cookies[20 + n] ?? '';
      const came = await portals
        .ask('front', '/relations', { cookie })
        .catch((error: Error) => ({ status: 0, body: error.message }));
      load.pages++;
      load.slowest = Math.max(load.slowest, performance.now() - began);
      if (came.status !== 200) load.pageFaults.push(`${came.status} ${came.body.slice(0, 80)}`);
      await pause(5);
    }
  };
  let next = 0;
  const declaring = async () => {
    while (isOn) {
      const insz = portals.service.inszs[next++] ?? '';
      const status = await declared(portals, insz, load);
      if (status === 201) load.declared++;
      else load.declarationFaults.push(`${status}`);
    }
  };
  const all = [
    ...Array.from({ length: LOOKING }, (_, n) => looking(n)),
    ...Array.from({ length: DECLARING }, declaring),
  ];
  return {
    async stop() {
      isOn = false;
      await Promise.all(all);
      return load;
    },
  };
}

async function declared({ ask, service }: Portals, insz: string, load: Load): Promise<number> {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'idempotency-key': `"${crypto.randomUUID()}"`,
  };
  const body = dayOf(service, insz, '2029-01-01');
  let status = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) {
      load.retried++;
      await pause(200);
    }
    const came = await ask('front', `${DIMONA}/declarations`, { method: 'POST', headers, body }).catch(() => null);
    status = came?.status ?? 0;
    if (status !== 0 && status < 500) return status;
  }
  return status;
}
