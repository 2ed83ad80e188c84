import http from 'node:http';
import * as paths from '../../src/web/paths.ts';
import type { Visitor } from './country.cast.ts';

const AT_ONCE = 6;

/**
 * A crowd visits a portal, each visitor his list, the calendar, a relation and the list as CSV. Afterwards caches hold what they hold where a
 * portal has been at work for a while, and not what filling the database left in them. Ends when the time is over or everybody has been there.
 * @returns the visits
 */
export async function crowd(port: number, visitors: readonly Visitor[], seconds: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const end = performance.now() + seconds * 1000;
  let visits = 0;
  const visit = async () => {
    for (;;) {
      const visitor = visitors[visits];
      if (!visitor || performance.now() > end) return;
      visits += 1;
      for (const path of [paths.LIST, paths.CALENDAR, `${paths.LIST}/${visitor.period}`, paths.LIST_CSV])
        await got(agent, port, path, visitor.cookie);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visit));
  agent.destroy();
  return visits;
}

function got(agent: http.Agent, port: number, path: string, cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent, headers: { cookie } }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`${path}: ${answer.statusCode}`));
      });
    });
    request.on('error', reject);
  });
}
