import { randomBytes } from 'node:crypto';
import { DEMO_SECRET } from '../config.production.ts';
import type { Config } from '../config.ts';
import { startCsamStub } from '../stubs/csam.server.ts';
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
