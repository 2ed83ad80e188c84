import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPortal, type Portal, personCalled } from './portal.ts';
import { visitAsStaff } from './staff.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

it('begins at the empty day itself on a wide screen', async () => {
  const context = await portal.visit({ as: 'Willems', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${portal.url}/relations/calendar/2026-11`);
  await page.getByRole('link', { name: /woensdag 18 november: niets aangegeven/ }).click();
  expect(await page.getByLabel('Eerste dag').inputValue()).toBe('2026-11-18');
  await context.close();
}, 60_000);

it('from an empty day to a late declaration that the worker checks and closes, and support looks at, without JavaScript on a phone', async () => {
  const phone = { javaScriptEnabled: false, viewport: { width: 360, height: 740 } };
  const mine = await portal.visit({ ...phone, as: 'Willems' });
  const page = await mine.newPage();
  await page.goto(`${portal.url}/relations/calendar/2026-11`);
  await page.getByRole('link', { name: 'Meld die dag.' }).click(); // a phone shows no empty days
  await page.getByLabel('Eerste dag').fill('2026-11-18');
  await page.getByLabel(/^Uitzendkantoor/).fill('tempo interim');
  await page.getByLabel(/^Bedrijf waar je werkte/).fill('Hotel Astrid, Brussel');
  await page.getByLabel(/^Van/).fill('09:00');
  await page.getByLabel(/^Tot/).fill('17:00');
  await page.getByLabel(/^Uitleg/).fill('Ik stond aan de balie, met Sofie.');
  await page.getByRole('button', { name: 'Kijk na' }).click();
  await page.getByText('Het kantoor heeft 5 werkdagen om te antwoorden').waitFor();
  await page.getByRole('button', { name: 'Verstuur de melding' }).click();
  await page.getByText(/heeft tot en met maandag 30 november om te antwoorden/).waitFor();
  const report = page.url();

  const desk = await visitAsStaff(portal, 'Novák', phone);
  const staff = await desk.newPage();
  await staff.goto(`${portal.url}/agency`);
  await staff.getByRole('link', { name: /1\s+meldingen wachten op antwoord/ }).click();
  await staff.getByRole('link', { name: 'Greet Willems' }).click();
  await staff.getByText('Ik stond aan de balie, met Sofie.').waitFor();
  await page.reload();
  await page.getByText('Gezien door het kantoor').waitFor();
  expect(await page.locator('[aria-current="step"]').textContent()).toContain('Gezien door het kantoor');

  await staff.getByRole('link', { name: 'Geef aan' }).click();
  expect(await staff.getByLabel('Rijksregisternummer').inputValue()).toBe(personCalled('Willems').insz);
  expect(staff.url()).not.toContain(personCalled('Willems').insz);
  expect(await staff.getByLabel('Begindatum').inputValue()).toBe('2026-11-18');
  await staff.getByLabel('Type werknemer').selectOption('EXT');
  await staff.getByLabel('Paritair comité van de onderneming').selectOption('302');
  await staff.getByLabel('Beginuur').fill('10:00');
  await staff.getByRole('button', { name: 'Kijk na' }).click();
  await staff.getByRole('button', { name: 'Verstuur de aangifte' }).click();
  await staff.getByRole('heading', { level: 1, name: 'De aangifte is gedaan' }).waitFor();
  await portal.house.jobs.workOff();

  await page.goto(report);
  const seen = (await page.getByRole('main').textContent())?.replace(/\s+/g, ' ') ?? '';
  expect(seen).toMatch(/Nu is het aan jou/);
  expect(seen).toMatch(/Laattijdig aangegeven/);
  expect(seen).toMatch(/Dagen.*klopt.*Uren.*09\.00.*10\.00.*verschilt.*Bedrijf waar je werkte.*klopt/);
  await page.getByRole('button', { name: 'Het is in orde, sluit de melding' }).click();
  await page.getByText('Deze melding is gesloten.').waitFor();
  await page.goto(`${portal.url}/reports`);
  expect(await page.getByRole('main').textContent()).toMatch(/Niet aangegeven: wo 18 nov 2026.*Gesloten/s);
  await staff.goto(`${portal.url}/agency/reports?state=answered`);
  expect(await staff.getByRole('main').textContent()).toMatch(/Greet Willems/);

  const support = await portal.visit({ as: 'Claes', agency: 'support', javaScriptEnabled: false });
  const agent = await support.newPage();
  await agent.goto(`${portal.url}/support`);
  await agent.getByLabel('Rijksregisternummer').fill(personCalled('Willems').insz);
  await agent.getByLabel('Reden').selectOption({ label: 'Vraag over een melding' });
  await agent.getByLabel('Dossiernummer').fill('2026-204');
  await agent.getByRole('button', { name: 'Zoek op' }).click();
  const bar = agent.getByRole('region', { name: 'Opzoeking' });
  await bar.getByText('Je bekijkt Greet Willems').waitFor();
  await bar.getByText('Reden: Vraag over een melding, dossier 2026-204. De burger ziet dit.').waitFor();
  await bar.getByRole('link', { name: 'Meldingen' }).click();
  await agent
    .getByRole('main')
    .getByRole('link', { name: /wo 18 nov 2026/ })
    .click();
  const both = (await agent.getByRole('main').textContent())?.replace(/\s+/g, ' ') ?? '';
  expect(both).toMatch(/Ik stond aan de balie, met Sofie\./);
  expect(both).toMatch(/Laattijdig aangegeven/);
  expect(both).toMatch(/Uren.*09\.00.*10\.00.*verschilt/);
  expect(await agent.getByRole('main').getByRole('button').count()).toBe(0); // she looks, and decides nothing
  expect(agent.url()).not.toContain(personCalled('Willems').insz);

  await page.goto(`${portal.url}/access?kind=support`);
  const told = await page.getByRole('listitem').filter({ hasText: 'Dossier 2026-204' }).allInnerTexts();
  expect(told.filter((text) => text.includes('De helpdesk zocht je op.'))).toHaveLength(1);
  expect(told.filter((text) => text.includes('Eén melding'))).toHaveLength(1);
  expect(told.every((text) => text.includes('Reden: Vraag over een melding'))).toBe(true);
  expect(told.join()).not.toContain('Claes');
  await Promise.all([mine.close(), desk.close(), support.close()]);
}, 120_000);
