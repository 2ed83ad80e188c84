import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 120_000);
afterAll(() => portal.close());

/** Answers in the page as an extension that finds the given; nobody answers to null. */
async function withExtension(page: Page, answer: { kind: string; fields: object } | null): Promise<void> {
  await page.route(`${portal.card.url}/**`, (route) => route.abort());
  await page.addInitScript({
    content: `const given = ${JSON.stringify(answer)};
      addEventListener('message', ({ data }) => {
        if (data?.action !== 'web-eid:status' || given === null) return;
        postMessage({ action: 'web-eid:status-ack' }, location.origin);
        postMessage({ action: 'web-eid:status-' + given.kind, ...given.fields }, location.origin);
      });`,
  });
}

const failure = (code: string) => ({ kind: 'failure', fields: { error: { code: `ERR_WEBEID_${code}` } } });

/** What the test says of each step: true, false, or nothing. */
async function tested(page: Page): Promise<Record<string, string | undefined>> {
  await page.goto(`${portal.url}/help/card`);
  await page.getByRole('button', { name: 'Start de test' }).click();
  await page.getByRole('button', { name: 'Test opnieuw' }).waitFor();
  const steps = await page.locator('[data-step]').all();
  const told = await Promise.all(
    steps.map(async (step) => [await step.getAttribute('data-step'), await step.getAttribute('data-state')]),
  );
  return Object.fromEntries(told);
}

describe('the test of a computer', () => {
  it.each([
    [
      'everything is there',
      { kind: 'success', fields: { extension: '2.3.0', nativeApp: '2.6.0' } },
      'true true true true',
    ],
    ['there is no extension', null, 'true false undefined undefined'],
    ['there is no application', failure('NATIVE_UNAVAILABLE'), 'true true false undefined'],
    ['the two do not go together', failure('VERSION_MISMATCH'), 'true true true false'],
    ['the application fails', failure('NATIVE_FATAL'), 'true true false undefined'],
  ])(
    'says when %s',
    async (_, answer, expected) => {
      const context = await portal.visit();
      const page = await context.newPage();
      await withExtension(page, answer);
      const { secure, extension, app, version } = await tested(page);
      expect([secure, extension, app, version].join(' ')).toBe(expected);
      const said = page.getByRole('status');
      if (version === 'true') {
        expect(await said.textContent()).toContain('Je kunt je aanmelden met je eID');
        expect(await page.getByRole('main').textContent()).toContain('(2.6.0)');
      } else {
        expect(await said.textContent()).toContain('Er ontbreekt nog iets');
        expect(await page.locator('[data-test-bad]:visible').count()).toBe(1);
        expect(await page.locator('[data-test-bad]:visible').getByRole('link', { name: 'Web eID' }).count()).toBe(1);
      }
      await context.close();
    },
    30_000,
  );

  it('finds the virtual card of the demo', async () => {
    const context = await portal.visit();
    const page = await context.newPage();
    expect((await tested(page)).version).toBe('true');
    await context.close();
  }, 30_000);

  it('says without JavaScript how to look oneself', async () => {
    const context = await portal.visit({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${portal.url}/help/card`);
    expect(await page.getByRole('button', { name: 'Start de test' }).count()).toBe(0);
    expect(await page.content()).toContain('Zonder JavaScript kijk je deze punten zelf na');
    await page.getByText('De extensie Web eID staat in je browser en is aan.').waitFor();
    await context.close();
  }, 30_000);
});

describe('who cannot sign in', () => {
  it('finds from the sign-in page a new PIN, the other ways and the test', async () => {
    const context = await portal.visit({ locale: 'fr-BE', viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(`${portal.url}/sign-in`);
    await page.getByRole('link', { name: /code PIN/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Un nouveau code PIN pour votre eID' }).waitFor();
    const interior = page.getByRole('link', { name: 'SPF Intérieur' });
    expect(await interior.getAttribute('href')).toContain('/fr/citoyen/documents-didentite/eid/');
    await page.getByRole('link', { name: 'Voici ce qu’il vous faut' }).click();
    await page.getByRole('heading', { level: 1, name: 'Comment obtenir l’accès' }).waitFor();
    await page.getByRole('link', { name: 'Vérifiez si votre ordinateur' }).click();
    await page.getByRole('heading', { level: 1, name: 'Votre ordinateur est-il prêt' }).waitFor();
    await context.close();
  }, 60_000);
});
