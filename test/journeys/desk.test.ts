import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDesk, TEMPO } from './desk.example.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  await fillDesk(portal);
}, 120_000);
afterAll(() => portal.close());

describe('a colleague at the desk, without JavaScript', () => {
  it('verifies 25 selected declarations with his name and the time, and takes one back', async () => {
    const context = await portal.visit({ as: 'Peeters', agency: TEMPO, javaScriptEnabled: false });
    const desk = await context.newPage();
    await desk.goto(`${portal.url}/agency/declarations?verified=no&kind=IN`);
    const ticks = desk.locator('tbody input[type=checkbox]');
    for (let n = 0; n < 25; n++) await ticks.nth(n).check();
    await desk.getByRole('button', { name: 'Gekozen afvinken' }).click();
    await desk.getByRole('status').waitFor();

    await desk.goto(`${portal.url}/agency/declarations?verified=yes`);
    const rows = desk.locator('tbody tr');
    expect(await rows.count()).toBe(25);
    expect(await rows.first().locator('.desk-rows__verified').innerText()).toMatch(/An Peeters, .*\d{1,2}[.:]\d\d/);

    await rows.first().locator('input[type=checkbox]').check();
    await desk.getByRole('button', { name: 'Vinkje weghalen' }).click();
    await desk.getByRole('status').waitFor();
    await desk.goto(`${portal.url}/agency/declarations?verified=yes`);
    expect(await rows.count()).toBe(24);
    await context.close();
  });

  it('works off what was refused: sees why, and declares again with the form filled in', async () => {
    const context = await portal.visit({ as: 'Peeters', agency: TEMPO, javaScriptEnabled: false });
    const desk = await context.newPage();
    await desk.goto(`${portal.url}/agency/refused`);
    const again = desk.getByRole('link', { name: /^Opnieuw aangeven/ });
    const mistaken = desk.getByRole('listitem').filter({ hasText: 'Einddatum voor begindatum', has: again });
    await mistaken.first().locator(again).click();
    await desk.waitForURL(/declarations\/new/);
    expect(await desk.getByLabel('Begindatum').inputValue()).toBe('2026-12-07');
    expect(await desk.getByLabel('Einddatum').inputValue()).toBe('2026-12-01');
    await context.close();
  });
});
