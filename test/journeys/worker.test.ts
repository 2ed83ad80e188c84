import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabTo } from './keyboard.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

async function textOf(file: string): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise;
  let text = '';
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join(' ');
  }
  return text.replace(/\s+/g, ' ');
}

/** What goes wrong in the browser, unseen by the visitor. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return faults;
}

describe('Łukasz, with the keyboard only', () => {
  it('signs in with his card, sees that he is declared today, filters, and takes the PDF home', async () => {
    const context = await portal.visit({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(`${portal.url}/relations?type=FLX`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await tabTo(page, 'Aanmelden met eID');
    await page.keyboard.press('Enter');
    const reader = page.getByRole('dialog');
    await reader.waitFor();
    // the first card is Łukasz's; a wrong PIN first
    await page.keyboard.press('Space');
    await tabTo(page, 'Pincode');
    await page.keyboard.type('0000');
    await page.keyboard.press('Enter');
    await reader.getByRole('alert').filter({ hasText: /2/ }).waitFor();
    const pin = reader.getByLabel('Pincode');
    await pin.fill('');
    await pin.focus();
    await page.keyboard.type(personCalled('Dvořák').pin);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${portal.url}/relations?type=FLX`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mijn arbeidsrelaties');
    const rows = page.locator('tbody tr');
    expect(await rows.filter({ hasNotText: 'Flexi-job' }).count()).toBe(0);
    expect(await rows.first().textContent()).toContain('Hotel Astrid');

    await tabTo(page, 'Vandaag');
    await page.keyboard.press('Enter');
    await page.getByText('Vandaag ben je aangegeven').waitFor();
    expect(await page.getByRole('main').textContent()).toMatch(/Brouwerij De Zwaan.*Tempo Interim.*Tijdig/s);

    await page.goto(`${portal.url}/relations?type=FLX`);
    await tabTo(page, 'Overzicht maken');
    await page.keyboard.press('Enter'); // opens the choices
    await tabTo(page, /^Taal/);
    await tabTo(page, 'Maak de pdf');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/overviews\/[\w-]{20,}$/);
    const link = page.getByRole('link', { name: /pdf/i });
    await link.waitFor({ timeout: 15_000 });
    await tabTo(page, /pdf/i);
    const downloading = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const file = await (await downloading).path();
    const text = await textOf(file);
    expect(text).toContain('Łukasz Dvořák');
    expect(text).toContain('Hotel Astrid');
    expect(text).not.toContain('Brouwerij De Zwaan'); // not in the filter
    expect(text).not.toContain(personCalled('Dvořák').insz);
    expect(faults).toEqual([]);
    await context.close();
  }, 90_000);

  it('is told in words when the card software does not answer', async () => {
    const context = await portal.visit();
    const page = await context.newPage();
    await page.route(`${portal.card.url}/**`, (route) => route.abort());
    await page.goto(`${portal.url}/sign-in`);
    await page.getByRole('button', { name: 'Aanmelden met eID' }).click();
    await page.getByRole('alert').filter({ hasText: 'Web eID' }).waitFor();
    await context.close();
  }, 60_000);
});

describe('without JavaScript', () => {
  it('a worker reads his list, filters, looks at a day and takes the PDF home', async () => {
    const context = await portal.visit({
      as: 'Dvořák',
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const page = await context.newPage();
    await page.goto(`${portal.url}/`);
    await page.getByText('Vandaag ben je aangegeven').waitFor();
    await page.getByRole('link', { name: 'Lijst', exact: true }).click();
    await page.locator('summary').filter({ hasText: 'Filter' }).click(); // folded on a phone
    await page.getByLabel('Van', { exact: true }).fill('2026-11-01');
    await page.getByLabel('Tot en met').fill('2026-11-30');
    await page.getByRole('button', { name: 'Toepassen' }).click();
    expect(page.url()).toContain('from=2026-11-01');
    const rows = await page.locator('tbody tr').count();
    expect(rows).toBeGreaterThan(3);
    await page.getByText('Overzicht maken').click();
    await page.getByRole('button', { name: 'Maak de pdf' }).click();
    await page.waitForURL(/\/overviews\/[\w-]{20,}$/);
    for (let look = 0; look < 20 && (await page.getByRole('link', { name: /pdf/i }).count()) === 0; look++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await page.reload();
    }
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: /pdf/i }).click();
    expect(await textOf(await (await downloading).path())).toContain('Brouwerij De Zwaan');
    await page.goto(`${portal.url}/relations/calendar/2026-11`);
    await page
      .getByRole('link', { name: /Hotel Astrid/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Hotel Astrid' }).waitFor();
    await page.locator('summary', { hasText: 'Aangemeld als' }).click();
    await page.getByRole('button', { name: 'Afmelden' }).click();
    await page.waitForURL(`${portal.url}/signed-out`);
    await page.goto(`${portal.url}/relations`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await context.close();
  }, 60_000);
});

describe('a first view', () => {
  it('weighs at most 60 kB compressed without fonts, and fetches nothing from elsewhere', async () => {
    const context = await portal.visit({ as: 'Diallo' });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    const types = new Map<string, { type: string; url: string }>();
    let bytes = 0;
    cdp.on('Network.responseReceived', ({ requestId, type, response }) =>
      types.set(requestId, { type, url: response.url }),
    );
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (types.get(requestId)?.type !== 'Font') bytes += encodedDataLength;
    });
    await page.goto(`${portal.url}/relations?pageSize=25`, { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(3_000);
    expect(bytes).toBeLessThan(60_000);
    expect([...types.values()].filter(({ url }) => !url.startsWith(portal.url) && !url.startsWith('data:'))).toEqual(
      [],
    );
    await context.close();
  }, 60_000);
});
