import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthorityInfoAccessExtension } from '@peculiar/x509';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuersByAddress } from '../../src/identity/methods/issuers.ts';
import { type AuthorityWish, authority, cardOf, type Issued, tokenOf } from '../pki.ts';
import { verdict } from './web-eid.fixture.ts';

const NOW = '2026-11-23T09:00:00Z';

let root: Issued;
let server: Server;
let host: string;
let asked: string[];
let files: Record<string, Buffer | string>;

beforeAll(async () => {
  root = await authority({ commonName: 'Root CA', pathLength: 1 });
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    if (file === '') return; // says nothing
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': 'application/pkix-cert' }).end(file);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  files = {};
});

/** A card below a Citizen CA that is not in the folder, only at an address. */
async function cardBelow(wish: AuthorityWish = {}, address = `http://${host}/ca.crt`) {
  const ca = await authority({ issuer: root, pathLength: 0, ...wish });
  const card = await cardOf(ca, { extra: [new AuthorityInfoAccessExtension({ caIssuers: address })] });
  return { ca, token: tokenOf(card) };
}
const judged = (token: unknown, hosts = [host], anchors = [root]) =>
  verdict(token, anchors, { issuers: issuersByAddress(hosts, () => NOW) });

describe('an issuer that is not in the folder', () => {
  it.each(['der', 'pem'] as const)(
    'is fetched from the address in the card (%s), and counts below an anchor',
    async (form) => {
      const { ca, token } = await cardBelow();
      files['/ca.crt'] = ca[form];
      expect(await judged(token)).toBe('accepted');
      expect(asked).toEqual(['/ca.crt']);
    },
  );
  it('is fetched once for many cards', async () => {
    const { ca, token } = await cardBelow();
    files['/ca.crt'] = ca.der;
    const issuers = issuersByAddress([host], () => NOW);
    for (let n = 0; n < 3; n++) expect(await verdict(token, [root], { issuers })).toBe('accepted');
    expect(asked).toHaveLength(1);
  });
  it('is not fetched for a card whose issuer is known', async () => {
    const { ca, token } = await cardBelow();
    expect(await judged(token, [host], [ca])).toBe('accepted');
    expect(asked).toEqual([]);
  });
});

describe('a fetched issuer does not count', () => {
  it('from another host, port or kind of address', async () => {
    const { ca, token } = await cardBelow();
    files['/ca.crt'] = ca.der;
    for (const hosts of [[], ['127.0.0.1'], ['certs.example'], [`${host}0`]])
      expect(await judged(token, hosts)).toBe('notTrusted');
    for (const address of ['file:///etc/passwd', `http://me:it@${host}/ca.crt`, `ftp://${host}/ca.crt`, 'ca.crt'])
      expect(await judged((await cardBelow({}, address)).token)).toBe('notTrusted');
    expect(asked).toEqual([]);
  });
  it('when it leads to no anchor, also when it vouches for itself', async () => {
    const stranger = await authority({ commonName: 'Root CA' });
    const below = await cardBelow({ issuer: stranger });
    files['/ca.crt'] = below.ca.der;
    expect(await judged(below.token)).toBe('notTrusted');
    const own = await authority({ commonName: 'Own CA' });
    files['/own.crt'] = own.der;
    const card = await cardOf(own, {
      extra: [new AuthorityInfoAccessExtension({ caIssuers: `http://${host}/own.crt` })],
    });
    expect(await judged(tokenOf(card))).toBe('notTrusted');
    files['/both.crt'] = `${own.pem}${root.pem}`;
    const sneaky = await cardOf(own, {
      extra: [new AuthorityInfoAccessExtension({ caIssuers: `http://${host}/both.crt` })],
    });
    expect(await judged(tokenOf(sneaky))).toBe('notTrusted');
  });
  it.each<[string, AuthorityWish]>([
    ['is no CA', { ca: false, pathLength: undefined as never }],
    ['ended', { until: '2026-11-23T08:59:59Z' }],
    ['rests on SHA-1', { signedWith: 'SHA-1' }],
  ])('when it %s', async (_, wish) => {
    const { ca, token } = await cardBelow(wish);
    files['/ca.crt'] = ca.der;
    expect(await judged(token)).not.toBe('accepted');
  });
  it('when there is nothing, something else, or far too much', async () => {
    const { ca, token } = await cardBelow();
    for (const file of [undefined, 'no certificate', Buffer.concat([ca.der, Buffer.alloc(40_000)])] as const) {
      files = file === undefined ? {} : { '/ca.crt': file };
      expect(await judged(token)).toBe('notTrusted');
    }
  });
  it('when it does not come within 3 seconds', async () => {
    const { token } = await cardBelow();
    files['/ca.crt'] = '';
    const started = performance.now();
    expect(await judged(token)).toBe('notTrusted');
    expect(performance.now() - started).toBeLessThan(4_500);
  });
});
