import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SubjectAlternativeNameExtension } from '@peculiar/x509';
import { authority, certify, type Issued } from '../pki.ts';

/** How a proxy tells of the certificate: as nginx does, or by RFC 9440. */
export type Form = 'nginx' | 'rfc9440';

export const MTLS_SECRET = 'the secret of the proxy, 32 bytes or more';

export function keyPem({ keys }: Issued): string {
  return KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** The certificate of a server. */
export async function serverAt(host: string, issuer?: Issued): Promise<Issued> {
  const ca = issuer ?? (await authority({ commonName: 'Web CA' }));
  const extensions = [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])];
  return certify({ issuer: ca, name: [{ CN: [{ utf8String: host }] }], extensions });
}

/** The headers in which a proxy tells of a handshake. */
export function headersFor(
  form: Form,
  card: Issued | null,
  verify = card ? 'SUCCESS' : 'NONE',
): Record<string, string> {
  if (form === 'rfc9440') return card ? { 'client-cert': `:${card.der.toString('base64')}:` } : {};
  return { 'x-ssl-client-verify': verify, ...(card ? { 'x-ssl-client-cert': encodeURIComponent(card.pem) } : {}) };
}

/** A small TLS proxy: asks for a certificate, drops what the client says of one, and tells the portal on `port`. */
export async function tlsProxy(form: Form, trusted: Issued, port: () => number) {
  const server = await serverAt('localhost');
  const options = {
    key: keyPem(server),
    cert: server.pem,
    ca: [trusted.pem],
    requestCert: true,
    rejectUnauthorized: false,
  };
  const proxy = createServer(options, (request, response) => {
    const socket = request.socket as TLSSocket;
    const { raw } = socket.getPeerCertificate();
    const shown = raw ? { der: raw, pem: pemOf(raw) } : null;
    const verify = shown === null ? 'NONE' : socket.authorized ? 'SUCCESS' : `FAILED:${socket.authorizationError}`;
    const told = form === 'rfc9440' && !socket.authorized ? {} : headersFor(form, shown as Issued | null, verify);
    const own = ['x-ssl-client-verify', 'x-ssl-client-cert', 'client-cert', 'x-mtls-secret'];
    const passed = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !own.includes(name)));
    const headers = { ...passed, ...told, 'x-mtls-secret': MTLS_SECRET };
    const onward = ask({ host: '127.0.0.1', port: port(), path: request.url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    onward.end();
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `https://localhost:${(proxy.address() as AddressInfo).port}`,
    async close() {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

function pemOf(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}
