import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { xml, xmlIn } from '../declarations/batches.example.ts';
import { findingsOf } from './axe.ts';
import { openPortal, type Portal } from './portal.ts';
import { visitAsStaff } from './staff.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

const user = `<UsingEmployerCompanyID>${Number(FIRMS.astrid.enterpriseNumber)}</UsingEmployerCompanyID>`;
const day = { start: '2026-12-14', end: '2026-12-14' };
const atAstrid = (form: string) => form.replace(/<UsingEmployerCompanyID>\d+<\/UsingEmployerCompanyID>/, user);
const good = [1, 2, 3, 4].map((n) => atAstrid(xmlIn(n, day)));
/** An end before the start, no joint committee of the company, a day that is none. */
const wrong = [
  atAstrid(xmlIn(5, { start: '2026-12-14', end: '2026-12-13' })),
  atAstrid(xmlIn(6, day)).replace('<UsingEmployer><JointCommissionNbr>XXX</JointCommissionNbr>', '<UsingEmployer>'),
  atAstrid(xmlIn(7, { start: '2026-12-14', end: '2026-12-32' })),
];
const file = (name: string, text: string) => ({ name, mimeType: 'application/xml', buffer: Buffer.from(text) });

describe.each([true, false])('staff, scripts %s', (javaScriptEnabled) => {
  it('sends a file with three faults, and mends them', async () => {
    const context = await visitAsStaff(portal, 'Novák', { javaScriptEnabled, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const seed = javaScriptEnabled ? '<!-- with -->' : '<!-- without -->';
    await page.goto(`${portal.url}/agency/batches`);
    await page
      .getByLabel('Bestand', { exact: true })
      .setInputFiles(file('week.xml', xml(...good).replace('</Form>', '</Frm>')));
    await page.getByRole('button', { name: 'Versturen' }).click();
    await page.getByRole('heading', { name: 'Het bestand is niet aanvaard' }).waitFor();
    await page.getByText(/Op regel 3, teken \d+/).waitFor();

    await page
      .getByLabel('Bestand', { exact: true })
      .setInputFiles(file('week.xml', xml(seed, ...(javaScriptEnabled ? [...good, ...wrong] : wrong))));
    await page.getByRole('button', { name: 'Versturen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alles is beantwoord' }).waitFor({ timeout: 30_000 });
    if (javaScriptEnabled) expect(await findingsOf(page)).toEqual([]);
    await page.getByRole('link', { name: /^3 Geweigerd/ }).click();
    for (let left = 3; left > 0; left--) {
      await page
        .getByRole('link', { name: /^Opnieuw aangeven/ })
        .first()
        .click();
      await page.getByLabel('Begindatum').fill(javaScriptEnabled ? '2026-12-14' : '2026-12-15');
      await page.getByLabel('Einddatum').fill(javaScriptEnabled ? '2026-12-14' : '2026-12-15');
      await page.getByLabel('Paritair comité van de onderneming').selectOption('XXX');
      await page.getByRole('button', { name: 'Kijk na' }).click();
      await page.getByRole('button', { name: 'Verstuur de aangifte' }).click();
      await page.getByRole('heading', { level: 1, name: 'De aangifte is gedaan' }).waitFor();
      await page.goto(`${portal.url}/agency/batches`);
      await page.getByRole('link', { name: 'week.xml' }).first().click();
      await page.getByRole('link', { name: /^3 Geweigerd/ }).click();
      if (javaScriptEnabled)
        await page
          .getByText('Opnieuw aangegeven')
          .nth(3 - left)
          .waitFor();
      else {
        await page
          .getByRole('button', { name: /^Geregeld/ })
          .first()
          .click();
        if (left === 1) await page.getByText('Alles is geregeld').first().waitFor();
      }
    }
    await context.close();
  }, 120_000);
});
