import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { focused, tabTo } from './keyboard.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';
import { visitAsStaff } from './staff.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

const ASTRID = String(FIRMS.astrid.enterpriseNumber);

/** What the worker sees of a day of his. */
async function seenBy(familyName: string, day: string): Promise<string> {
  const context = await portal.visit({ as: familyName });
  const page = await context.newPage();
  await page.goto(`${portal.url}/relations?from=${day}&to=${day}`);
  const text = (await page.getByRole('main').textContent()) ?? '';
  await context.close();
  return text.replace(/\s+/g, ' ');
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

describe('staff of an agency, with the keyboard only', () => {
  it('declares by form, mends what is wrong, and the worker sees it', async () => {
    const context = await visitAsStaff(portal, 'Novák', { viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${portal.url}/agency/declarations/new`);
    await type(page, 'Rijksregisternummer', personCalled('Willems').insz);
    await tabTo(page, 'Type werknemer');
    await page.keyboard.type('Gele');
    await type(page, 'Ondernemingsnummer', 'hotel as');
    await page.locator(`#companies option[value="${ASTRID}"]`).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+A');
    await page.keyboard.type(ASTRID);
    await page.getByRole('status').filter({ hasText: 'Hotel Astrid, Brussel' }).waitFor();
    await tabTo(page, 'Paritair comité van de onderneming');
    await page.keyboard.type('PC 302');
    await tabTo(page, 'Kijk na');
    await page.keyboard.press('Enter');

    await page.waitForURL(/\/agency\/drafts\/[\w-]{22}$/);
    expect(await page.title()).toMatch(/^Na te kijken/);
    expect(await focused(page)).toMatch(/^Dit moet je nog nakijken/);
    await tabTo(page, /^Begindatum: ontbreekt/);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('startDate');
    await page.keyboard.type('12122026'); // the same day however this browser spells it, and the hours likewise
    await type(page, 'Einddatum', '12122026');
    await type(page, 'Beginuur', '0900AM');
    await type(page, 'Einduur', '1130AM');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Kijk je aangifte na' }).waitFor();
    expect(await page.getByRole('main').textContent()).toMatch(
      /Tijdig.*12 december 2026 om 09\.00.*Hotel Astrid, Brussel/s,
    );
    await tabTo(page, 'Verstuur de aangifte');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'De aangifte is gedaan' }).waitFor();
    expect(page.url()).toMatch(/\/receipt$/);
    expect(faults).toEqual([]);
    await context.close();
    expect(await seenBy('Willems', '2026-12-12')).toMatch(/Hotel Astrid.*Gelegenheid.*Tijdig/);
  }, 90_000);

  it('sees only the fields that the worker type and the committee want', async () => {
    const context = await visitAsStaff(portal, 'Novák');
    const page = await context.newPage();
    await page.goto(`${portal.url}/agency/declarations/new`);
    const seen = async () => ({
      hours: await page.getByLabel('Beginuur').isVisible(),
      planned: await page.getByLabel('Geplande uren').isVisible(),
      user: await page.getByLabel('Ondernemingsnummer').isVisible(),
    });
    expect(await seen()).toEqual({ hours: false, planned: false, user: true });
    await page.getByLabel('Type werknemer').selectOption('FLX');
    expect(await seen()).toEqual({ hours: true, planned: false, user: true });
    await page.getByLabel('Type werknemer').selectOption('STU');
    await page.getByLabel('Paritair comité van de uitzendkracht').selectOption('302');
    expect(await seen()).toEqual({ hours: false, planned: true, user: false });
    await context.close();
  }, 60_000);
});

describe('without JavaScript, on a phone', () => {
  it('staff looks up the company, declares, changes and cancels', async () => {
    const context = await visitAsStaff(portal, 'Novák', {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const page = await context.newPage();
    await page.goto(`${portal.url}/agency/declarations/new`);
    expect(await page.getByLabel('Geplande uren').isVisible()).toBe(true);
    await page.getByLabel('Rijksregisternummer').fill(personCalled('Willems').insz);
    await page.getByLabel('Type werknemer').selectOption('OTH');
    await page.getByLabel('Ondernemingsnummer').fill(`BE ${ASTRID}`);
    await page.getByRole('button', { name: 'Zoek de naam op' }).click();
    await page.getByText('Hotel Astrid, Brussel').waitFor();
    expect(await page.getByLabel('Type werknemer').inputValue()).toBe('OTH');
    await page.getByLabel('Paritair comité van de onderneming').selectOption('302');
    await page.getByLabel('Begindatum').fill('2026-12-07');
    await page.getByLabel('Einddatum').fill('2026-12-11');
    await page.getByLabel('Einddatum').press('Enter'); // sends the form, does not look up
    await page.getByRole('link', { name: 'Verander iets' }).click();
    await page.getByLabel('Einddatum').fill('2026-12-10');
    await page.getByRole('button', { name: 'Kijk na' }).click();
    await page.getByRole('button', { name: 'Verstuur de aangifte' }).click();
    await page.getByRole('heading', { level: 1, name: 'De aangifte is gedaan' }).waitFor();
    const receipt = page.url();
    await page.goBack();
    expect(page.url()).toBe(receipt); // what was sent is not a form any more
    const period = (await page.getByRole('main').textContent())?.match(/Dimona-nummer\s*([\d\u00a0]+)/)?.[1] ?? '';
    const periodId = period.replace(/\D/g, '');

    await page.goto(`${portal.url}/agency/declarations/new?kind=UPDATE&period=${periodId}`);
    await page.getByLabel('Einddatum').fill('2026-12-09');
    await page.getByRole('button', { name: 'Kijk na' }).click();
    await page.getByText('in plaats van donderdag 10 december 2026').waitFor();
    await page.getByRole('button', { name: 'Verstuur de wijziging' }).click();
    await page.getByRole('heading', { level: 1, name: 'De aangifte is gewijzigd' }).waitFor();
    expect(await seenBy('Willems', '2026-12-08')).toMatch(/Hotel Astrid/);

    await page.goto(`${portal.url}/agency/declarations/new?kind=CANCEL&period=${periodId}`);
    await page.getByRole('button', { name: 'Kijk na' }).click();
    await page.getByRole('button', { name: 'Annuleer de aangifte' }).click();
    await page.getByRole('heading', { level: 1, name: 'De aangifte is geannuleerd' }).waitFor();
    expect(await seenBy('Willems', '2026-12-08')).toMatch(/Geannuleerd/);
    await context.close();
  }, 90_000);
});
