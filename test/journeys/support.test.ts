import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from './axe.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

describe('a citizen calls the help desk', () => {
  it('is looked up with a reason, without JavaScript; the agent sees his pages; he finds it in his list', async () => {
    const citizen = await portal.visit({ as: 'Lefèvre' });
    const own = await citizen.newPage();
    await own.goto(`${portal.url}/`);

    const desk = await portal.visit({ as: 'Claes', agency: 'support', javaScriptEnabled: false });
    const page = await desk.newPage();
    await page.goto(`${portal.url}/`);
    await page.getByRole('heading', { name: 'Iemand opzoeken' }).waitFor();
    await page.getByLabel('Familienaam').fill('Nobody');
    await page.getByLabel('Geboortedatum').fill('1979-08-21');
    await page.getByLabel('Reden').selectOption({ label: 'Vraag over een arbeidsrelatie' });
    await page.getByLabel('Dossiernummer').fill('2026-118');
    await page.getByRole('button', { name: 'Zoek op' }).click();
    await page.getByText('Niemand gevonden, of meer dan één persoon').waitFor();

    await page.getByLabel('Rijksregisternummer').fill(personCalled('Lefèvre').insz);
    await page.getByLabel('Reden').selectOption({ label: 'Vraag over een arbeidsrelatie' });
    await page.getByLabel('Dossiernummer').fill('2026-118');
    await page.getByRole('button', { name: 'Zoek op' }).click();
    const bar = page.getByRole('region', { name: 'Opzoeking' });
    await bar.getByText('Je bekijkt Françoise Lefèvre').waitFor();
    expect(page.url()).not.toContain(personCalled('Lefèvre').insz);
    await bar.getByRole('link', { name: 'Lijst' }).click();
    await page.getByRole('heading', { name: 'Mijn arbeidsrelaties' }).waitFor();
    await page.getByText('laattijdig').first().waitFor();
    await page.locator('table.rows tbody a').first().click();
    await bar.getByText('Je bekijkt Françoise Lefèvre').waitFor();
    await page.locator('h2#story').waitFor();
    await bar.getByRole('link', { name: 'Kalender' }).click();
    await bar.getByRole('link', { name: 'Wat kan ik doen?' }).click();
    await page.getByText('Deze persoon is nu op 1 plaats aangemeld.').waitFor();
    await page.getByRole('button', { name: 'Meld overal af' }).click();
    await page.getByRole('status').getByText('Alle aanmeldingen zijn beëindigd.').waitFor();
    await bar.getByRole('button', { name: 'Sluit de opzoeking' }).click();
    await page.getByText('De opzoeking is gesloten.').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Deze opzoeking is afgelopen' }).waitFor();

    await own.reload();
    expect(await own.getByRole('link', { name: 'Aanmelden' }).count()).toBeGreaterThan(0);
    const later = await portal.visit({ as: 'Lefèvre', javaScriptEnabled: false });
    const list = await later.newPage();
    await list.goto(`${portal.url}/`);
    await list.getByText('Françoise Lefèvre').click();
    await list.getByRole('link', { name: 'Wie zag mijn gegevens?' }).click();
    await list.getByLabel('Wat?').selectOption({ label: 'Helpdesk' });
    await list.getByRole('button', { name: 'Toon' }).click();
    const told = await list.getByRole('listitem').filter({ hasText: 'Vraag over een arbeidsrelatie' }).allInnerTexts();
    expect(told.filter((text) => text.includes('De helpdesk zocht je op.'))).toHaveLength(1);
    expect(told.filter((text) => text.includes('Al je aanmeldingen werden beëindigd'))).toHaveLength(1);
    expect(told.every((text) => text.includes('Dossier 2026-118'))).toBe(true);
    expect(told.join()).not.toContain('Claes');

    const seen = await portal.visit({ as: 'Lefèvre' });
    const checked = await seen.newPage();
    await checked.goto(`${portal.url}/access`);
    expect(await findingsOf(checked)).toEqual([]);
    await Promise.all([citizen, desk, later, seen].map((context) => context.close()));
  }, 120_000);
});
