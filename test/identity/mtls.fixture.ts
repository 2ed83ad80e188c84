import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openTestApp, type TestApp } from '../app.ts';
import { authority, cardOf, type Issued } from '../pki.ts';
import { type Form, headersFor, MTLS_SECRET } from './mtls.proxy.ts';

export const PROXY = '10.1.2.3';
export const ENVIRONMENT = { SIGN_IN: 'eid,mtls', MTLS_SECRET, TRUST_PROXY: '127.0.0.1,10.0.0.0/8' };

/** A portal behind a proxy that asks for certificates, an authority it trusts, and a card of that. */
export async function behindProxy(more: Record<string, string> = {}) {
  const ca = await authority();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-trust-'));
  writeFileSync(path.join(folder, 'ca.pem'), ca.pem);
  const portal = await openTestApp({ trust: [folder], environment: { ...ENVIRONMENT, ...more } });
  return { portal, ca, card: await cardOf(ca), folder };
}

export interface Asking {
  headers?: Record<string, string | string[]>;
  cookie?: string;
  from?: string;
}

/** Asks as the proxy, unless told otherwise. */
export async function visit(portal: TestApp, url: string, { headers = {}, cookie, from = PROXY }: Asking = {}) {
  const answer = await portal.app.inject({
    url,
    headers: { ...headers, ...(cookie ? { cookie } : {}) },
    remoteAddress: from,
  });
  const kept = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
  return {
    status: answer.statusCode,
    to: answer.headers.location,
    session: kept['interim-session'] ?? null,
    challenge: kept['interim-challenge'] ? `interim-challenge=${kept['interim-challenge']}` : undefined,
    body: answer.body,
  };
}
export const bySecret = { 'x-mtls-secret': MTLS_SECRET };
/** What the proxy tells of a card. */
export const shown = (of: Issued, form: Form = 'nginx') => ({ ...bySecret, ...headersFor(form, of) });
