import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Histogram, register } from 'prom-client';

collectDefaultMetrics();

/** Seconds from the first byte in to the last byte out, by route and status. */
export const answerSeconds = new Histogram({
  name: 'portal_answer_seconds',
  help: 'time to answer a request',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});

export interface Metrics {
  port: number;
  close(): Promise<void>;
}

/** `/metrics` on a port of its own: never on the portal's. */
export async function measuring(host: string, port: number): Promise<Metrics> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
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
