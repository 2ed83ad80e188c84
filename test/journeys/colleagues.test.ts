import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';

const TEMPO = FIRMS.tempo.enterpriseNumber as string;

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

describe('an officer, without JavaScript', () => {
  it('lets a colleague in, who chooses the agency; takes the right away, and the colleague is only himself again', async () => {
    const officer = await portal.visit({ as: 'Peeters', agency: TEMPO, javaScriptEnabled: false });
    const desk = await officer.newPage();
    await desk.goto(`${portal.url}/agency/colleagues`);
    await desk.getByLabel('Rijksregisternummer').fill('12 34');
    await desk.getByLabel(/^Bekijken Aangiften/).check();
    await desk.getByRole('button', { name: 'Voeg toe' }).click();
    await desk.getByRole('alert').getByText('geen geldig rijksregisternummer').waitFor();

    await desk.getByLabel('Rijksregisternummer').fill(personCalled('Aerts').insz);
    await desk.getByLabel(/^Alles/).check();
    await desk.getByRole('button', { name: 'Voeg toe' }).click();
    await desk.getByRole('status').getByText('is toegevoegd').waitFor();
    expect(await desk.getByRole('listitem').filter({ hasText: 'Naam nog niet bekend' }).count()).toBe(1);

    const colleague = await portal.visit({ as: 'Aerts', javaScriptEnabled: false });
    const own = await colleague.newPage();
    await own.goto(`${portal.url}/capacity?return=%2Fagency%2Fcolleagues`);
    await own.getByRole('button', { name: /Tempo Interim/ }).click();
    await own.getByText('Je handelt voor Tempo Interim.').waitFor();

    await desk.reload();
    await desk.getByRole('link', { name: 'Tom Aerts' }).click();
    await desk.getByRole('link', { name: 'Verwijder deze collega' }).click();
    await desk.getByRole('heading', { name: 'Tom Aerts verwijderen?' }).waitFor();
    await desk.getByRole('button', { name: 'Ja, verwijder' }).click();
    await desk.getByRole('status').getByText('kan niet meer handelen').waitFor();

    await own.reload();
    expect(new URL(own.url()).pathname).toBe('/capacity');
    expect(await own.getByText('Tempo Interim').count()).toBe(0);
    await officer.close();
    await colleague.close();
  });
});
