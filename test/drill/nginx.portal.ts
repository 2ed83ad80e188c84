import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AuthorityInfoAccessExtension } from '@peculiar/x509';
import { ocspResponder } from '../../src/stubs/eid-ocsp.ts';
import { cardRegister, type Told } from '../../src/stubs/eid-register.ts';
import { openCluster } from '../bench/database.ts';
import { keyPem, serverAt } from '../identity/mtls.proxy.ts';
import { responderOf, signerFrom } from '../identity/ocsp.fixture.ts';
import { authority, type CardWish, cardOf, type Issued } from '../pki.ts';
import { program } from './finding.ts';
import { type Answered, type Asking, askerOf, type Door } from './nginx.client.ts';
import { freePort, listening, ROOT, start, stop } from './process.ts';

const HOSTS = { card: 'card.interim.example', main: 'interim.example' };

/** Production, its database, nginx before it and a responder beside it. */
export interface Behind {
  card(wish?: CardWish): Promise<Issued>;
  tell(card: Issued, told: Told): void;
  /** The responder takes calls and says nothing. */
  silence(isSilent: boolean): void;
  ask(door: Door, path: string, asking: Asking): Promise<Answered>;
  /** Follows a browser that shows this certificate to where it ends. */
  signIn(card: Issued | null, comeBack: string): Promise<{ at: string; status: number }>;
  /** The way there and back, but for the last step. */
  codeFor(card: Issued): Promise<{ code: string; cookie: string }>;
  close(): Promise<void>;
}

export async function openBehindNginx(): Promise<Behind> {
  const nginx = program('nginx', 'nginx-light');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-drill-'));
  await using standing = new AsyncDisposableStack();
  standing.defer(() => rmSync(folder, { recursive: true, force: true }));
  const ca = await authority({ commonName: 'Citizen CA' });
  const responder = await startResponder(ca);
  standing.defer(() => responder.close());
  const cluster = await openCluster(false);
  standing.defer(() => cluster.close());
  const { portal: database } = await cluster.database('drill');
  const [tls, portal] = [await freePort(), await freePort()];
  const secret = randomBytes(24).toString('base64url');

  mkdirSync(path.join(folder, 'trust'));
  writeFileSync(path.join(folder, 'trust/ca.pem'), ca.pem);
  const running = start(process.execPath, [path.join(ROOT, 'src/main.ts'), 'serve'], {
    DATABASE_URL: `postgres://${database.user}@localhost/${database.database}?host=${encodeURIComponent(String(database.host))}&port=${database.port}`,
    PORT: String(portal),
    PUBLIC_URL: `https://${HOSTS.main}:${tls}`,
    MTLS_URL: `https://${HOSTS.card}:${tls}`,
    MTLS_SECRET: secret,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    EID_TRUST: path.join(folder, 'trust'),
    TRUST_PROXY: '127.0.0.1',
    SIGN_IN: 'eid,mtls',
    LOG_LEVEL: 'warn',
  });
  standing.defer(() => stop(running));
  const configuration = await configure(folder, ca, { tls, portal, secret });
  const proxy = start(nginx, ['-c', configuration, '-p', folder, '-e', path.join(folder, 'error.log')], {});
  standing.defer(() => stop(proxy));
  await Promise.all([listening(portal, running), listening(tls, proxy)]);

  const { ask, signIn, codeFor } = askerOf(HOSTS, { tls, portal });
  const started = standing.move();
  return { ...responder, ask, signIn, codeFor, close: () => started.disposeAsync() };
}

/** The file of the docs, word for word but for names of this drill: ports, paths and the secret. */
async function configure(
  folder: string,
  ca: Issued,
  at: { tls: number; portal: number; secret: string },
): Promise<string> {
  writeFileSync(path.join(folder, 'eid-authorities.pem'), ca.pem);
  for (const name of ['card', 'interim'] as const) {
    const server = await serverAt(name === 'card' ? HOSTS.card : HOSTS.main);
    writeFileSync(path.join(folder, `${name}.pem`), server.pem);
    writeFileSync(path.join(folder, `${name}.key`), keyPem(server));
  }
  const servers = readFileSync(path.join(ROOT, 'docs/nginx-card.conf'), 'utf8')
    .replaceAll('listen 443 ssl', `listen 127.0.0.1:${at.tls} ssl`)
    .replaceAll('https://interim.example', `https://${HOSTS.main}:${at.tls}`)
    .replaceAll('/etc/nginx/', `${folder}/`)
    .replaceAll('http://127.0.0.1:3000', `http://127.0.0.1:${at.portal}`)
    .replace('the-secret-of-the-proxy-32-bytes-or-more', at.secret);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const file = path.join(folder, 'nginx.conf');
  const http = `http { access_log off; ${temporary.join(' ')}\n${servers}}`;
  writeFileSync(file, `daemon off; master_process off; pid ${folder}/pid; events {}\n${http}\n`);
  return file;
}

async function startResponder(ca: Issued) {
  const register = cardRegister();
  const now = () => new Date().toISOString();
  const answer = ocspResponder({ signer: signerFrom(await responderOf(ca)), register, now });
  let isSilent = false;
  const server = createServer(async (request, response) => {
    const body = answer(await buffer(request));
    if (!isSilent) response.writeHead(200, { 'content-type': 'application/ocsp-response' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const ocsp = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    async card(wish: CardWish = {}): Promise<Issued> {
      const card = await cardOf(ca, { ...wish, extra: [new AuthorityInfoAccessExtension({ ocsp })] });
      register.issued(keyOf(card), card.der.toString('base64'));
      return card;
    },
    tell: (card: Issued, told: Told) => register.set(keyOf(card), told),
    silence(wish: boolean) {
      isSilent = wish;
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** In this drill all cards are of one person: each is told apart by itself. */
const keyOf = (card: Issued) => card.der.toString('hex');
