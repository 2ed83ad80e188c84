import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Database } from '../platform/db.ts';

/** A portal with too much to do is alive: whoever watches it must not end it for that. */
const ALWAYS = { config: { right: 'public', pressureHandler: () => undefined } } as const;

/** For operators: is the process alive, and can it serve (database within its limits)? Not part of any page. */
export function healthRoutes(app: FastifyInstance, house: { db: Database; log: Logger }): void {
  app.get('/health/live', ALWAYS, async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/health/ready', ALWAYS, async (_, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await house.db.read.selectNoFrom((select) => select.lit(1).as('one')).execute();
      return reply.send({ status: 'ready' });
    } catch (error) {
      house.log.warn({ err: (error as Error).message }, 'not ready');
      return reply.code(503).header('retry-after', '2').send({ status: 'unavailable', reason: 'database' });
    }
  });
}
