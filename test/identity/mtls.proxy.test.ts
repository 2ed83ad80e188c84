import { type Agent, request as askTls, Agent as HttpsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../app.ts';
import { authority, cardOf, type Issued } from '../pki.ts';
import { behindProxy } from './mtls.fixture.ts';
import { keyPem, tlsProxy } from './mtls.proxy.ts';

let ca: Issued;
let card: Issued;
let portal: TestApp;

beforeAll(async () => {
  ({ portal, ca, card } = await behindProxy());
  await portal.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => portal.close());

describe('through a TLS proxy', () => {
  const get = (url: string, agent: Agent, cookie = ''): Promise<{ status: number; to: string; cookies: string[] }> =>
    new Promise((resolve, reject) => {
      const asking = askTls(
        url,
        { agent, headers: { cookie, 'x-ssl-client-verify': 'SUCCESS', ...spoofed() } },
        (answer) => {
          answer.resume();
          const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
          resolve({ status: answer.statusCode ?? 0, to: answer.headers.location ?? '', cookies });
        },
      );
      asking.on('error', reject).end();
    });
  /** What somebody sends along himself: the proxy must drop it. */
  const spoofed = () => ({ 'x-ssl-client-cert': encodeURIComponent(card.pem), 'x-mtls-secret': 'guessed' });

  it.each(['nginx', 'rfc9440'] as const)(
    'the certificate of the handshake counts, and no header of the client (%s)',
    async (form) => {
      const proxy = await tlsProxy(form, ca, () => (portal.app.server.address() as AddressInfo).port);
      const stranger = await authority({ commonName: 'Nobody’s CA' });
      const strangers = await cardOf(stranger);
      const agentFor = (of: Issued | null) =>
        new HttpsAgent({ rejectUnauthorized: false, ...(of ? { cert: of.pem, key: keyPem(of) } : {}) });
      try {
        const good = await get(`${proxy.url}/sign-in/mtls?return=/relations`, agentFor(card));
        expect([good.status, good.to]).toEqual([303, '/relations']);
        expect(good.cookies.some((line) => line.startsWith('interim-session='))).toBe(true);
        for (const wrong of [null, strangers]) {
          const refused = await get(`${proxy.url}/sign-in/mtls`, agentFor(wrong));
          expect([refused.status, refused.cookies]).toEqual([401, []]);
        }
      } finally {
        await proxy.close();
      }
    },
  );
});
