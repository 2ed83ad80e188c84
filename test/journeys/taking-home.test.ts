import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCode } from '../../src/overviews/code.ts';
import { bodyRows, readPdf } from '../overviews/reading.ts';
import { findingsOf, widthTooMuch } from './axe.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

/** By axe where scripts run: it is one itself. */
async function looksGood(page: Page, withScripts: boolean): Promise<void> {
  if (!withScripts) return;
  expect(await findingsOf(page)).toEqual([]);
  expect(await widthTooMuch(page), 'nothing sticks out to the side').toBeLessThanOrEqual(0);
}

/** Chooses sections on the page that previews them, makes the overview and downloads it. @returns the file's path */
async function takeOverview(page: Page, withScripts: boolean): Promise<string> {
  await page.goto(`${portal.url}/overviews/new?year=2026`);
  await page.getByLabel('Samenvatting per uitzendkantoor').check();
  await page.getByLabel('Kalender', { exact: true }).check();
  await page.getByRole('button', { name: 'Toon het voorbeeld' }).click();
  await page.waitForURL(/sections=summary/);
  await page.getByRole('heading', { name: 'Samenvatting per uitzendkantoor' }).waitFor();
  expect(await page.locator('.preview').textContent()).toContain('Tempo Interim');
  await looksGood(page, withScripts);
  await page.getByRole('button', { name: 'Maak de pdf' }).click();
  await page.waitForURL(/\/overviews\/[\w-]{20,}$/);
  const link = page.getByRole('link', { name: 'Download de pdf' });
  for (let look = 0; !withScripts && look < 40 && (await link.count()) === 0; look++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await page.reload();
  }
  await link.waitFor({ timeout: 20_000 });
  await looksGood(page, withScripts);
  const downloading = page.waitForEvent('download');
  await link.click();
  return (await downloading).path();
}

/** The code as it is printed: in the last paragraph beside the QR. */
async function codeOf(file: string): Promise<string> {
  const pdf = await readPdf(new Uint8Array(readFileSync(file)));
  expect(bodyRows(pdf).length).toBeGreaterThan(3);
  const code = pdf.pages[0]?.artifacts.match(/[0-9A-HJ-NP-Z]{4}(-[0-9A-HJ-NP-Z]{4}){4}/)?.[0];
  if (!code) throw new Error('no code is printed');
  return code;
}

describe.each([
  { what: 'with scripts', javaScriptEnabled: true, width: 1280 },
  { what: 'without scripts, on a phone', javaScriptEnabled: false, width: 360 },
])('$what', ({ javaScriptEnabled, width }) => {
  it('an overview is chosen, previewed, made, downloaded, and verified by somebody else', async () => {
    const mine = await portal.visit({ as: 'Dvořák', javaScriptEnabled, viewport: { width, height: 800 } });
    const page = await mine.newPage();
    const file = await takeOverview(page, javaScriptEnabled);
    const address = page.url();
    const code = await codeOf(file);

    const other = await portal.visit({ javaScriptEnabled, viewport: { width, height: 800 } });
    const desk = await other.newPage();
    await desk.goto(`${portal.url}/verify`);
    await looksGood(desk, javaScriptEnabled);
    await desk.getByLabel('Code op het document').fill(code.toLowerCase());
    await desk.getByRole('button', { name: 'Controleer' }).click();
    await desk.getByText('Dit overzicht is echt').waitFor();
    expect(await desk.getByRole('main').textContent()).toContain('Ł. D.');
    expect(await desk.getByRole('main').textContent()).not.toContain('Dvořák');
    await looksGood(desk, javaScriptEnabled);

    const altered = `${file}-altered.pdf`;
    const bytes = readFileSync(file);
    writeFileSync(altered, bytes.fill((bytes[5000] ?? 0) ^ 1, 5000, 5001));
    await compare(desk, file, altered, javaScriptEnabled);

    await desk.goto(`${portal.url}/verify/${newCode()}`);
    await desk.getByText('We kennen deze code niet').waitFor();
    await looksGood(desk, javaScriptEnabled);

    await page.goto(address);
    await page.getByRole('button', { name: 'Trek dit overzicht in' }).click();
    await page.getByText('Je hebt dit overzicht ingetrokken').waitFor();
    await desk.goto(`${portal.url}/verify/${code}`);
    await desk.getByText('Dit overzicht is ingetrokken').waitFor();
    await looksGood(desk, javaScriptEnabled);
    await mine.close();
    await other.close();
  }, 120_000);

  it('an address for the calendar is made, read, and ended; everything is taken along', async () => {
    const context = await portal.visit({ as: 'Verhoeven', javaScriptEnabled, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${portal.url}/relations`);
    await page.getByRole('link', { name: 'In mijn agenda' }).click();
    await page.getByRole('button', { name: 'Maak een adres' }).click();
    const address = await page.getByLabel('Adres voor je agenda').inputValue();
    await looksGood(page, javaScriptEnabled);
    const calendar = await fetch(address);
    expect(await calendar.text()).toContain('BEGIN:VEVENT');
    await page
      .getByRole('button', { name: /^Trek adres/ })
      .first()
      .click();
    await page.waitForURL(`${portal.url}/feeds`);
    expect((await fetch(address)).status).toBe(404);
    await page.goto(`${portal.url}/my-data`);
    await looksGood(page, javaScriptEnabled);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download alles' }).click();
    expect(
      readFileSync(await (await downloading).path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await context.close();
  }, 90_000);
});

/** The genuine file and one with a byte changed, by the browser's own hash or by one that is pasted. */
async function compare(page: Page, genuine: string, altered: string, withScripts: boolean): Promise<void> {
  const told = page.locator('[data-result]');
  for (const [file, words] of [
    [altered, 'Dit bestand is niet hetzelfde'],
    [genuine, 'Dit bestand is precies wat deze dienst maakte'],
  ] as const) {
    if (withScripts) await page.getByLabel('Kies de pdf').setInputFiles(file);
    else {
      const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
      await page.getByLabel('Of plak de SHA-256 van je bestand').fill(hash);
      await page.getByRole('button', { name: 'Vergelijk' }).click();
    }
    await told.filter({ hasText: words }).waitFor();
    await looksGood(page, withScripts);
  }
}
