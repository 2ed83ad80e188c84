import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { Crowd } from '../../src/web/crowd.ts';
import { openTestApp, type TestApp } from '../app.ts';

const NONE = { atOnce: 0, waiting: 0 };
let portal: TestApp;
let full: FastifyInstance;
let port: number;

beforeAll(async () => {
  portal = await openTestApp();
  full = await buildApp(portal.house, { lateMs: 0, crowd: new Crowd({ look: NONE, act: NONE, call: NONE }) });
  await full.listen({ host: '127.0.0.1', port: 0 });
  port = (full.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await full.close();
  await portal.close();
});

interface Came {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}
function ask(path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET', body?: string): Promise<Came> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject).end(body);
  });
}

it('says so in words, in his language, with when to come back and a way on', async () => {
  const french = await ask('/relations', { 'accept-language': 'fr' });
  expect(french.status).toBe(503);
  expect(french.headers).toMatchObject({
    'retry-after': '2',
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(french.headers['content-security-policy']).toContain("default-src 'none'");
  expect(String(french.body)).toContain('Il y a beaucoup de monde');
  const english = await ask('/', { cookie: 'a=b; lang=en', 'accept-language': 'fr' });
  expect(String(english.body)).toContain('It is very busy here');
});

it('packs the page for who can open it', async () => {
  const packed = await ask('/', { 'accept-encoding': 'gzip, br', 'accept-language': 'de' });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
  expect(String(brotliDecompressSync(packed.body))).toContain('Hier ist gerade viel los');
});

it('tells services and scripts in their own form', async () => {
  const json = { 'content-type': 'application/json' };
  for (const told of [
    await ask('/REST/dimona/v2/declarations', json, 'POST', '{}'),
    await ask('/relations.json'),
    await ask('/relations', { accept: 'application/json' }),
  ]) {
    expect(told.status).toBe(503);
    expect(told.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '2',
    });
    expect(JSON.parse(String(told.body))).toMatchObject({ status: 503, title: 'Out of service for a moment' });
  }
});

it('refuses writes before anything of them is done, and the connection goes on', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const post = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, path: '/overviews', method: 'POST', agent }, (answer) =>
        answer.resume().on('end', () => resolve(answer.statusCode)),
      );
      request.on('error', reject).end('x'.repeat(50_000));
    });
  expect([await post(), await post()]).toEqual([503, 503]);
  agent.destroy();
});

it('lets health and assets through', async () => {
  expect((await ask('/health/live')).status).toBe(200);
  expect((await ask('/health/ready')).status).toBe(200);
  expect((await ask(portal.house.assets.href('main.css'))).status).toBe(200);
});

it('a head that is not told in time ends the connection, and connections have a bound', async () => {
  const { headersTimeout, requestTimeout, maxConnections, timeout } = full.server;
  expect(headersTimeout).toBeLessThanOrEqual(20_000);
  expect(requestTimeout).toBe(600_000);
  expect(timeout).toBe(60_000);
  expect(maxConnections).toBe(10_000);
  full.server.maxConnections = 1;
  const first = net.connect(port, '127.0.0.1');
  await new Promise((resolve) => first.once('connect', resolve));
  await expect.poll(async () => (await ask('/health/live').catch(() => null))?.status).toBe(undefined);
  first.destroy();
  full.server.maxConnections = maxConnections;
  await expect.poll(async () => (await ask('/health/live').catch(() => null))?.status).toBe(200);
});

it('who waited is answered when it is his turn, or refused; who has gone by then harms nobody', async () => {
  for (const [patience, status] of [
    [10_000, 200],
    [-1, 503],
  ] as const) {
    const crowd = new Crowd({ look: { atOnce: 1, waiting: 9 } }, patience);
    const app = await buildApp(portal.house, { lateMs: 0, crowd });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    let end: () => void = () => undefined;
    const first = crowd.within('look', () => new Promise<void>((resolve) => (end = resolve)));
    const heard = () => new Promise((resolve) => app.server.once('request', resolve));
    const gone = net.connect(port, '127.0.0.1');
    const came = heard();
    gone.write('GET /privacy HTTP/1.1\r\nHost: a\r\n\r\n');
    await came;
    const patient = fetch(`http://127.0.0.1:${port}/privacy`);
    await heard();
    gone.destroy();
    await expect.poll(() => new Promise((resolve) => app.server.getConnections((_, n) => resolve(n)))).toBe(1);
    end();
    await first;
    expect((await patient).status).toBe(status);
    await app.close();
  }
});
