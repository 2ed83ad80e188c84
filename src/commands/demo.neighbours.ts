import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_SECRET } from '../config.production.ts';
import type { Config } from '../config.ts';
import { startCsamStub } from '../stubs/csam.server.ts';
import { startEboxStub } from '../stubs/ebox.server.ts';
import { startMailbox } from '../stubs/mailbox.ts';
import { DEMO_PEOPLE } from '../stubs/people.ts';

/** The demo's neighbours, each unless the environment names a real one. */

/** An imitation of CSAM, unless the operator names a provider of his own. */
export async function withCsam(config: Config, publicUrl: string): Promise<{ config: Config; close(): Promise<void> }> {
  if (config.CSAM_ISSUER) return { config, close: async () => undefined };
  const [clientId, secret] = ['interim', `${DEMO_SECRET}${randomBytes(32).toString('base64url')}`];
  const stub = await startCsamStub({
    ...placeOf(config.CSAM_PORT, config, publicUrl),
    portalOrigin: publicUrl,
    people: DEMO_PEOPLE,
    clientId,
    client: { secret },
    signedUserinfo: true,
  });
  const SIGN_IN = config.given.has('SIGN_IN') ? config.SIGN_IN : [...config.SIGN_IN, 'csam' as const];
  const settings = { SIGN_IN, CSAM_ISSUER: stub.issuer, CSAM_CLIENT_ID: clientId, CSAM_CLIENT_SECRET: secret };
  return { config: { ...config, ...settings }, close: stub.close };
}

/** A free port, found by its own address; a port that somebody chose is reached beside the portal (in a container HOST is no address to go to). */
export function placeOf(
  port: number | undefined,
  { HOST }: Config,
  publicUrl: string,
): { host: string; port: number; url?: string } {
  if (!port) return { host: HOST, port: 0 };
  return { host: HOST, port, url: `http://${new URL(publicUrl).hostname}:${port}` };
}

/** A mail server whose every mail can be looked at. */
export async function withMailbox(
  config: Config,
  publicUrl: string,
): Promise<{ config: Config; url: string | null; close(): Promise<void> }> {
  if (config.SMTP_URL) return { config, url: null, close: async () => undefined };
  const stub = await startMailbox(placeOf(config.MAILBOX_PORT, config, publicUrl));
  const settings = { SMTP_URL: stub.smtpUrl, MAIL_FROM: 'Interim@work <no-reply@interim.example>' };
  return { config: { ...config, ...settings }, url: stub.url, close: stub.close };
}

const EBOX = { enterpriseNumber: '0206731645', application: 'interim-at-work', messageType: 'interim-overview' };

/** The eBox, with a key of this installation's own. One of the people never opened his. */
export async function withEbox(
  config: Config,
  publicUrl: string,
  folder: string,
): Promise<{ config: Config; url: string | null; close(): Promise<void> }> {
  if (config.EBOX_URL) return { config, url: null, close: async () => undefined };
  const keyFile = keyIn(folder);
  const people = DEMO_PEOPLE.map(({ insz, givenName, familyName }) => {
    return { insz, name: [givenName, familyName].filter(Boolean).join(' ') };
  });
  const stub = await startEboxStub({
    ...placeOf(config.EBOX_PORT, config, publicUrl),
    client: { id: 'interim', key: createPublicKey(readFileSync(keyFile)) },
    rules: { ...EBOX, neverOpened: new Set(people.slice(-1).map(({ insz }) => insz)), mostBytes: 10 * 1024 * 1024 },
    people,
  });
  const settings = {
    EBOX_URL: stub.url,
    EBOX_TOKEN_URL: stub.tokenUrl,
    EBOX_CLIENT_ID: 'interim',
    EBOX_KEY: keyFile,
    EBOX_SENDER: EBOX.enterpriseNumber,
    EBOX_APPLICATION: EBOX.application,
    EBOX_MESSAGE_TYPE: EBOX.messageType,
  };
  return { config: { ...config, ...settings }, url: stub.inbox, close: stub.close };
}

function keyIn(folder: string): string {
  const file = path.join(folder, 'key.pem');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  return file;
}
