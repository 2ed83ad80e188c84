import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoToken } from '../../src/stubs/people.keys.ts';
import { findingsOf } from './axe.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';

let portal: Portal;
let lukasz: DemoToken;
beforeAll(async () => {
  portal = await openPortal();
  await portal.withTokens();
  const found = portal.tokens.find(({ insz }) => insz === personCalled('Dvořák').insz);
  if (!found) throw new Error('Łukasz has no paper token');
  lukasz = found;
}, 180_000);
afterAll(() => portal.close());

const pageWith = async (context: Promise<BrowserContext>) => (await context).newPage();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function enter(page: Page, password = lukasz.password): Promise<void> {
  await page.goto(`${portal.url}/sign-in/token?return=%2Frelations`);
  await page.getByLabel('Gebruikersnaam').fill(lukasz.userName);
  await page.getByLabel('Wachtwoord').fill(password);
  await press(page, 'Ga verder');
}

async function asked(page: Page): Promise<number> {
  return Number((await page.getByRole('heading', { level: 1 }).textContent())?.match(/\d+/)?.[0]);
}

async function give(page: Page, code: string | undefined): Promise<void> {
  await page.getByLabel(/^Code \d+$/).fill(code ?? '');
  await press(page, 'Meld je aan');
}

async function codesIn(pdf: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  return items.flatMap((item) => ('str' in item && /^[A-HJ-NP-Z]{6}$/.test(item.str.trim()) ? [item.str.trim()] : []));
}

describe('Łukasz with his paper token, without JavaScript', () => {
  it('finds the way from the sign-in page, gives the code that is asked, and sees his relations', async () => {
    const page = await pageWith(portal.visit({ javaScriptEnabled: false }));
    await page.goto(`${portal.url}/relations`);
    await page.getByRole('link', { name: 'Aanmelden met token' }).click();
    await page.getByLabel('Gebruikersnaam').fill(lukasz.userName);
    await page.getByLabel('Wachtwoord').fill('iets anders');
    await press(page, 'Ga verder');
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('klopt niet');
    await page.getByLabel('Gebruikersnaam').fill(lukasz.userName);
    await page.getByLabel('Wachtwoord').fill(lukasz.password);
    await press(page, 'Ga verder');
    const number = await asked(page);
    await page.reload();
    expect(await asked(page)).toBe(number);
    await give(page, lukasz.codes[number % 24]);
    expect(await alert.textContent()).toContain('niet de code');
    expect(await asked(page)).toBe(number);
    await give(page, lukasz.codes[number - 1]?.toLowerCase());
    expect(page.url()).toBe(`${portal.url}/relations`);
    await page.goto(`${portal.url}/keys`);
    expect(await page.getByRole('main').textContent()).toContain('met je token');
    await page.getByRole('link', { name: 'Vraag een nieuwe kaart' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Bevestig dat jij het bent');
    await page.context().close();
  }, 60_000);

  it('guesses too often and is told when he may try again; his card reader still works', async () => {
    const page = await pageWith(portal.visit({ javaScriptEnabled: false }));
    for (let n = 0; n < 5; n++) await enter(page, 'verkeerd');
    expect(await page.getByRole('alert').textContent()).toContain('over 15 minuten');
    await enter(page);
    expect(await page.getByRole('alert').textContent()).toContain('te veel fouten');
    const inside = await pageWith(portal.visit({ as: 'Dvořák' }));
    expect((await inside.goto(`${portal.url}/keys`))?.status()).toBe(200);
    expect(await inside.getByRole('main').textContent()).toContain('even geblokkeerd na vijf fouten');
    const by = { kind: 'support', insz: lukasz.insz } as const;
    const now = portal.house.clock.now();
    expect(await portal.house.keys.accounts.unlock({ by, insz: lukasz.insz, now })).toBe('unlocked');
    await page.context().close();
    await inside.context().close();
  }, 60_000);

  it('asks for another card by eID: the old one ends at once, the new one is fetched once and put into use', async () => {
    const old = await pageWith(portal.visit({ javaScriptEnabled: false }));
    await enter(old);
    const page = await pageWith(portal.visit({ as: 'Dvořák', javaScriptEnabled: false }));
    await page.goto(`${portal.url}/keys`);
    await page.getByRole('link', { name: 'Vraag een nieuwe kaart' }).click();
    expect(await page.getByRole('main').textContent()).toContain('huidige kaart werkt niet meer');
    await page.getByLabel('Ik heb de afspraken gelezen en ga ermee akkoord').check();
    await press(page, 'Vraag de kaart aan');
    const download = page.getByRole('link', { name: 'Download je kaart (pdf)' });
    const seen = await pageWith(portal.visit({ as: 'Dvořák' }));
    await seen.goto(page.url());
    const findings = await findingsOf(seen);
    await seen.context().close();
    expect(findings).toEqual([]);
    const pdf = await page.request.get(portal.url + (await download.getAttribute('href')));
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    const codes = await codesIn(await pdf.body());
    expect(codes).toHaveLength(24);
    await page.reload();
    expect(await page.getByRole('main').textContent()).toContain('al gedownload');
    // the other browser was asked for a code of the card that is gone
    await give(old, lukasz.codes[(await asked(old)) - 1]);
    expect(await old.getByRole('alert').textContent()).toContain('Begin opnieuw');
    const number = Number((await page.getByText(/^Code \d+$/).textContent())?.match(/\d+/)?.[0]);
    await page.getByLabel(`Code ${number}`).fill(codes[number - 1] ?? '');
    await press(page, 'Neem in gebruik');
    expect(await page.getByRole('status').textContent()).toContain('in gebruik');
    await enter(old);
    await give(old, codes[(await asked(old)) - 1]);
    expect(old.url()).toBe(`${portal.url}/relations`);
    // and revoking it signs the other browser out
    await page.getByRole('link', { name: 'Schakel de kaart uit' }).click();
    await press(page, 'Ja, schakel uit');
    await old.goto(`${portal.url}/relations`);
    expect(new URL(old.url()).pathname).toBe('/sign-in');
    await page.context().close();
    await old.context().close();
  }, 90_000);
});
