import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { OCSPRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AuthorityInfoAccessExtension } from '@peculiar/x509';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OCSP_SECONDS, ocspRevocation } from '../../src/identity/methods/revocation.ts';
import type { Certificate } from '../../src/identity/methods/web-eid.certificate.ts';
import type { Authorities } from '../../src/identity/methods/web-eid.chain.ts';
import { ocspAnswer } from '../../src/stubs/eid-ocsp.ts';
import { authority, cardOf, type Issued } from '../pki.ts';
import { after, responderOf, signerFrom, WINDOW } from './ocsp.fixture.ts';
import { AT, trust } from './web-eid.fixture.ts';

let ca: Issued;
let responder: Issued;
let server: Server;
let url: string;
let answer: RequestListener;

beforeAll(async () => {
  ca = await authority();
  responder = await responderOf(ca);
});
beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocsp`;
  answer = right();
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Answers as it should, but for the status, type or bytes. */
function right(wrong: { status?: number; type?: string; body?: Buffer } = {}): RequestListener {
  return async (request, response) => {
    const { tbsRequest } = AsnConvert.parse(await buffer(request), OCSPRequest);
    const [one] = tbsRequest.requestList;
    if (!one) throw new Error('The request asks for nothing');
    const body = ocspAnswer({
      signer: signerFrom(responder),
      singles: [{ certId: one.reqCert, told: 'good', from: after(0) }],
      extensions: [...(tbsRequest.requestExtensions ?? [])],
    });
    response.writeHead(wrong.status ?? 200, { 'content-type': wrong.type ?? 'application/ocsp-response' });
    response.end(wrong.body ?? body);
  };
}

async function ask(address: string | null = url) {
  const extra = address === null ? [] : [new AuthorityInfoAccessExtension({ ocsp: address })];
  const [leaf] = trust(await cardOf(ca, { extra })) as [Certificate];
  return ocspRevocation(WINDOW)(leaf, trust(ca) as unknown as Authorities, AT);
}

describe('a responder', () => {
  it('is asked at the address in the certificate, with a nonce of its own each time', async () => {
    const asked: Buffer[] = [];
    const good = right();
    answer = async (request, response) => {
      expect([request.method, request.url, request.headers['content-type']]).toEqual([
        'POST',
        '/ocsp',
        'application/ocsp-request',
      ]);
      request.on('data', (part: Buffer) => asked.push(part));
      return good(request, response);
    };
    expect([await ask(), await ask()]).toEqual(['good', 'good']);
    expect(asked).toHaveLength(2);
    expect(asked[0]).not.toEqual(asked[1]);
  });
  it('may say its type in its own way', async () => {
    answer = right({ type: 'Application/OCSP-Response; charset=binary' });
    expect(await ask()).toBe('good');
  });
});

describe('without a right answer nobody signs in', () => {
  it.each([null, '', 'ocsp', 'ldap://127.0.0.1/ocsp', 'file:///etc/passwd', 'http://user:word@127.0.0.1/'])(
    'address %j',
    async (address) => {
      expect(await ask(address)).toBe('ocspAddress');
    },
  );
  it('nobody there', async () => {
    server.close();
    expect(await ask()).toBe('ocspUnreachable');
    expect(await ask('http://nowhere.invalid/ocsp')).toBe('ocspUnreachable');
  });
  it.each([204, 404, 500, 503])('HTTP %i', async (status) => {
    answer = right({ status });
    expect(await ask()).toBe('ocspHttp');
  });
  it('another type', async () => {
    answer = right({ type: 'text/html' });
    expect(await ask()).toBe('ocspHttp');
  });
  it('sent elsewhere', async () => {
    answer = (_, response) => response.writeHead(307, { location: `${url}/other` }).end();
    expect(await ask()).toBe('ocspUnreachable');
  });
  it('without end, or cut off', async () => {
    answer = right({ body: Buffer.alloc(70_000, 0x30) });
    expect(await ask()).toBe('ocspBody');
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/ocsp-response', 'content-length': '1000' });
      response.write('0', () => response.destroy());
    };
    expect(await ask()).toBe('ocspUnreachable');
  });
  it(`too slow: after ${OCSP_SECONDS} seconds, also where it begins to answer`, async () => {
    const silent: RequestListener = () => undefined;
    const slow: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/ocsp-response' });
      response.write('0');
    };
    const started = performance.now();
    const both: RequestListener[] = [silent, slow];
    answer = (request, response) => both.pop()?.(request, response);
    expect(await Promise.all([ask(), ask()])).toEqual(['ocspUnreachable', 'ocspUnreachable']);
    expect(performance.now() - started).toBeLessThan(OCSP_SECONDS * 1000 + 1_500);
  });
});
