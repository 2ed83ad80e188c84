import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from './axe.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

/** On CSAM's own page: who, and by what. */
async function choose(page: Page, means: string, person: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Aanmelden bij de overheid' }).waitFor();
  await page.getByRole('radio', { name: means }).check();
  await page.getByRole('radio', { name: person }).check();
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

describe('by CSAM', () => {
  it.each([true, false])(
    'a worker signs in with itsme, comes back, and signs out of both (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const context = await portal.visit({ javaScriptEnabled, viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await page.goto(`${portal.url}/relations?type=FLX`);
      await page.getByRole('link', { name: 'Aanmelden via CSAM' }).click();
      await choose(page, 'itsme', 'Łukasz Dvořák');
      await page.waitForURL(`${portal.url}/relations?type=FLX`);
      await page.getByRole('heading', { level: 1, name: 'Mijn arbeidsrelaties' }).waitFor();
      await page.locator('summary', { hasText: 'Aangemeld als' }).click();
      await page.getByRole('button', { name: 'Afmelden' }).click();
      // CSAM's page goes on by itself where scripts run
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Afmelden' }).click();
      await page.waitForURL(`${portal.url}/signed-out`);
      await page.goto(`${portal.url}/relations`);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await context.close();
    },
    60_000,
  );

  it('who stops is told so, and can begin again from where he was', async () => {
    const context = await portal.visit({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${portal.url}/sign-in?return=%2Foverviews`);
    await page.getByRole('link', { name: 'Aanmelden via CSAM' }).click();
    await page.getByRole('button', { name: 'Stoppen' }).click();
    await page.getByRole('alert').filter({ hasText: 'Aanmelden is niet gelukt' }).waitFor();
    await page.getByRole('link', { name: 'Aanmelden via CSAM' }).click();
    await choose(page, 'eID met kaartlezer', 'Lotte Verhoeven');
    await page.waitForURL(`${portal.url}/overviews`);
    await context.close();
  }, 60_000);

  it('a second tab makes the first one begin again, and nobody is signed in twice', async () => {
    const context = await portal.visit();
    const [one, two] = [await context.newPage(), await context.newPage()];
    for (const page of [one, two]) {
      await page.goto(`${portal.url}/sign-in`);
      await page.getByRole('link', { name: 'Aanmelden via CSAM' }).click();
    }
    await choose(one, 'eID met kaartlezer', 'Łukasz Dvořák');
    await one.getByRole('alert').filter({ hasText: 'Aanmelden is niet gelukt' }).waitFor();
    await context.close();
  }, 60_000);

  it('the imitation itself is fit for everybody', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await portal.visit({ colorScheme, viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await page.goto(`${portal.url}/sign-in/csam`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await findingsOf(page)).toEqual([]);
      await context.close();
    }
  }, 60_000);
});
