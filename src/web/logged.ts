import type { FastifyInstance } from 'fastify';
import { answerSeconds } from '../platform/metrics.ts';

/** One line a request, without query (it may hold what somebody typed) and without numbers of people. */
export function logged(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'unknown' } = request.routeOptions;
    // a secret of an address is no matter of the log
    const path = route.includes(':secret') ? route : request.url.split('?', 1)[0];
    const labels = { method: request.method, route, status: reply.statusCode };
    answerSeconds.observe(labels, reply.elapsedTime / 1000);
    request.log.info(
      { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 },
      'answered',
    );
    done();
  });
}
