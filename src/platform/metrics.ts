import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';
import type { Depth } from './jobs.ts';

collectDefaultMetrics();

/** Seconds from the first byte in to the last byte out, by route and status. */
export const answerSeconds = new Histogram({
  name: 'portal_answer_seconds',
  help: 'time to answer a request',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});

/** Told to come back before anything was done for them. */
export const refusedAtDoor = new Counter({
  name: 'portal_refused',
  help: 'requests refused at the door because too much was under way, by errand: look, act, call',
  labelNames: ['errand'],
});

const jobs = new Gauge({
  name: 'portal_jobs',
  help: 'jobs by queue and state: waiting, retrying, active, dead',
  labelNames: ['queue', 'state'],
});

export interface Metrics {
  port: number;
  close(): Promise<void>;
}

/** `/metrics` on a port of its own: never on the portal's. Jobs are counted when somebody looks; while they cannot be, they are left out. */
export async function measuring(host: string, port: number, depths: () => Promise<Depth[]>): Promise<Metrics> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    jobs.reset();
    for (const { queue, state, jobs: n } of await depths().catch(() => [])) jobs.set({ queue, state }, n);
    response.writeHead(200, { 'content-type': register.contentType }).end(await register.metrics());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
