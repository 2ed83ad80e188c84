import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPem, MTLS_SECRET, tlsProxy } from '../identity/mtls.proxy.ts';
import { authority, cardOf, type Issued } from '../pki.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';

/** Signing in by card, where the way is not the usual one. */

let portal: Portal;
let ca: Issued;
let proxy: Awaited<ReturnType<typeof tlsProxy>>;

beforeAll(async () => {
  ca = await authority();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-trust-'));
  writeFileSync(path.join(folder, 'ca.pem'), ca.pem);
  proxy = await tlsProxy('nginx', ca, () => Number(new URL(portal.url).port));
  const environment = { SIGN_IN: 'eid,mtls', MTLS_SECRET, MTLS_URL: proxy.url, TRUST_PROXY: '127.0.0.1' };
  portal = await openPortal({ environment: { ...environment, EID_OCSP: 'off' }, trust: [folder] });
}, 120_000);
afterAll(async () => {
  await portal.close();
  await proxy.close();
});

describe('the certificate in the TLS handshake', () => {
  const wayIn = 'Aanmelden met je certificaat';

  it('signs in, and comes back to where the visitor wanted to go', async () => {
    const { insz } = personCalled('Dvořák');
    const card = await cardOf(ca, { insz });
    const certificates = [{ origin: proxy.url, cert: Buffer.from(card.pem), key: Buffer.from(keyPem(card)) }];
    const context = await portal.visit({ ignoreHTTPSErrors: true, clientCertificates: certificates });
    const page = await context.newPage();
    await page.goto(`${portal.url}/relations?type=FLX`);
    await page.getByRole('link', { name: wayIn }).click();
    await page.waitForURL(`${portal.url}/relations?type=FLX`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mijn arbeidsrelaties');
    await context.close();
  });

  it('without a certificate leads back to the sign-in page, with words', async () => {
    const context = await portal.visit({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${portal.url}/sign-in`);
    await page.getByRole('link', { name: wayIn }).click();
    await page.waitForURL(`${portal.url}/sign-in?failed=no`);
    await page.getByRole('alert').filter({ hasText: 'Aanmelden is niet gelukt.' }).waitFor();
    expect(await page.getByRole('link', { name: wayIn }).count()).toBe(1);
    await context.close();
  });
});

describe('a card whose revocation cannot be asked', () => {
  let asking: Portal;
  beforeAll(async () => {
    asking = await openPortal();
  }, 120_000);
  afterAll(() => asking.close());

  it('is refused with words, and signs in as soon as it can', async () => {
    const { insz, pin } = personCalled('Dvořák');
    const nonce = Buffer.alloc(32, 1).toString('base64');
    await asking.card.cards.authenticate({ insz, pin, nonce, origin: asking.url }); // makes the card
    asking.card.register.set(insz, 'failing');
    const context = await asking.visit();
    const page = await context.newPage();
    await page.goto(`${asking.url}/sign-in`);
    const attempt = async () => {
      await page.getByRole('button', { name: 'Aanmelden met eID' }).click();
      const reader = page.getByRole('dialog');
      await reader.getByLabel('Pincode').fill(pin);
      await page.keyboard.press('Enter');
    };
    await attempt();
    await page.getByRole('alert').filter({ hasText: 'niet nakijken of je kaart nog geldig is' }).waitFor();
    asking.card.register.set(insz, 'good');
    await attempt();
    await page.waitForURL(`${asking.url}/`);
    await context.close();
  });
});
