import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Neighbours, openNeighbours } from '../deliveries/neighbours.ts';
import { findingsOf, widthTooMuch } from './axe.ts';
import { openPortal, type Portal } from './portal.ts';

let near: Neighbours;
let portal: Portal;
beforeAll(async () => {
  near = await openNeighbours();
  portal = await openPortal({ environment: near.environment });
  await portal.house.jobs.start();
}, 120_000);
afterAll(async () => {
  await portal.close();
  await near.close();
});

async function looksGood(page: Page, withScripts: boolean): Promise<void> {
  if (!withScripts) return;
  expect(await findingsOf(page)).toEqual([]);
  expect(await widthTooMuch(page), 'nothing sticks out to the side').toBeLessThanOrEqual(0);
}

/** The page that tells how a sending stands moves by itself; without scripts by looking again. */
async function isTold(page: Page, words: string, withScripts: boolean): Promise<void> {
  const told = page.getByRole('heading', { name: words });
  for (let look = 0; !withScripts && look < 60 && (await told.count()) === 0; look++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await page.reload();
  }
  await told.waitFor({ timeout: 60_000 });
}

async function code(): Promise<string> {
  for (let look = 0; look < 60; look++) {
    const found = near.mailbox.arrived.at(-1)?.mail.text?.match(/^ {4}(\d{6})$/m)?.[1];
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('no code was mailed');
}

describe.each([
  { what: 'with scripts', as: 'Dvořák', javaScriptEnabled: true, width: 1280 },
  { what: 'without scripts, on a phone', as: 'Dvořák', javaScriptEnabled: false, width: 360 },
])('$what', ({ as, javaScriptEnabled, width }) => {
  it('an overview is sent by mail and to the eBox, and opened there', async () => {
    near.mailbox.fail(null);
    const context = await portal.visit({ as, javaScriptEnabled, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${portal.url}/overviews/new?year=2026`);
    await page.getByRole('button', { name: 'Maak de pdf' }).click();
    await page.waitForURL(/\/overviews\/[\w-]{20,}$/);
    const overview = page.url();
    await page.getByRole('link', { name: 'Verstuur het met e-mail of naar mijn eBox' }).click();
    await looksGood(page, javaScriptEnabled);

    if (javaScriptEnabled) {
      await page.getByRole('button', { name: 'Verstuur met e-mail' }).click();
      await page.getByRole('textbox', { name: 'E-mailadres' }).fill('lukasz@example.be');
      await looksGood(page, javaScriptEnabled);
      await page.getByRole('button', { name: 'Stuur me een code' }).click();
      await page.getByLabel('Code', { exact: true }).fill(await code());
      await looksGood(page, javaScriptEnabled);
      await page.getByRole('button', { name: 'Bevestig', exact: true }).click();
      await page.getByText('Je adres is bevestigd').waitFor();
      await page.getByRole('link', { name: 'Ga verder' }).click();
    }
    const mails = near.mailbox.arrived.length;
    await page.getByRole('button', { name: 'Verstuur met e-mail' }).click();
    await isTold(page, 'Je e-mail is verstuurd', javaScriptEnabled);
    await looksGood(page, javaScriptEnabled);
    expect(near.mailbox.arrived.slice(mails).map(({ mail }) => mail.text?.includes(overview))).toEqual([true]);

    await page.goto(`${overview}/deliveries`);
    await page.getByRole('button', { name: 'Verstuur naar mijn eBox' }).click();
    await isTold(page, 'Je overzicht staat in je eBox', javaScriptEnabled);
    await page.goto(near.ebox.inbox);
    await page.getByRole('link', { name: 'Łukasz Dvořák' }).click();
    await looksGood(page, javaScriptEnabled);
    await page.getByRole('link', { name: 'Je overzicht van' }).first().click();
    await looksGood(page, javaScriptEnabled);
    const href = await page.getByRole('link', { name: /\.pdf$/ }).getAttribute('href');
    const pdf = await fetch(new URL(href ?? '', near.ebox.inbox));
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await context.close();
  }, 120_000);
});
