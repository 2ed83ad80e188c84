import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lang } from '../../src/web/language.ts';
import { LANGS } from '../../src/web/language.ts';
import { countedHashing } from '../keys/keys.example.ts';
import { findingsOf, widthTooMuch } from './axe.ts';
import { openPortal, type Portal, personCalled } from './portal.ts';
import { posted, reportAddress } from './reports.ts';
import { formAddress, TEMPO } from './staff.ts';

/** Every page; `npm run a11y` sees each in every language, width and theme, `npm test` each once and every pair of those somewhere. */
const PAGES: { path: string; as?: string; agency?: string }[] = [
  { path: '/' },
  { path: '/sign-in' },
  { path: '/signed-out' },
  { path: '/sign-in/token' },
  { path: '/sign-in/token?said=wrong' },
  { path: '/help' },
  { path: '/help/pin' },
  { path: '/help/access' },
  { path: '/help/card' },
  { path: '/accessibility' },
  { path: '/privacy' },
  { path: '/verify' },
  { path: '/verify/ABCD' },
  { path: '/no-such-page' },
  { path: '/patterns' },
  { path: '/', as: 'Dvořák' },
  { path: '/', as: 'Willems' },
  { path: '/relations', as: 'Dvořák' },
  { path: '/relations?year=all&type=FLX&verdict=late&from=nonsense', as: 'Dvořák' },
  { path: '/relations', as: 'Willems' },
  { path: '/relations?sector=other', as: 'Dubois' },
  { path: '/relations?pageSize=all&from=2026-10-01', as: 'Diallo' },
  { path: '/relations/calendar', as: 'Diallo' },
  { path: '/relations/calendar/2026-11', as: 'Dvořák' },
  { path: 'late', as: 'Novák' },
  { path: 'first', as: 'Dvořák' },
  { path: 'first', as: 'Çelik' },
  { path: 'first', as: 'Küpper' },
  { path: '/overviews', as: 'Dvořák' },
  { path: '/access', as: 'Dvořák' },
  { path: '/access?kind=support', as: 'Diallo' },
  { path: 'overview', as: 'Dvořák' },
  { path: '/shifts', as: 'Dvořák' },
  { path: '/shifts?check=yes&day=x', as: 'Dvořák' },
  { path: '/notices', as: 'Dvořák' },
  { path: '/unsubscribe/c2VjcmV0' },
  { path: '/overviews/new?sections=summary&sections=list&sections=calendar&sections=timeline', as: 'Diallo' },
  { path: '/overviews/new?type=BCW', as: 'Willems' },
  { path: '/feeds', as: 'Dvořák' },
  { path: '/my-data', as: 'Dvořák' },
  { path: '/reports', as: 'Dvořák' },
  { path: '/reports/new', as: 'Dvořák' },
  { path: 'report wrong', as: 'Dvořák' },
  { path: 'report check', as: 'Dvořák' },
  { path: 'report sent', as: 'Dvořák' },
  { path: 'report taken', as: 'Dvořák' },
  { path: '/agency/reports', as: 'Peeters', agency: TEMPO },
  { path: '/keys', as: 'Dvořák' },
  { path: '/keys', as: 'Willems' },
  { path: '/keys/account', as: 'Dvořák' },
  { path: '/keys/account?said=short', as: 'Willems' },
  { path: '/keys/cards/new?said=terms', as: 'Dvořák' },
  { path: '/keys/revocations', as: 'Dvořák' },
  { path: '/capacity', as: 'Dubois' },
  { path: '/developers' },
  { path: '/keys/email', as: 'Dvořák' },
  { path: 'deliveries', as: 'Dvořák' },
  { path: '/agency', as: 'Peeters', agency: TEMPO },
  { path: '/agency/declarations', as: 'Peeters', agency: TEMPO },
  { path: '/agency/declarations?result=W&from=nonsense', as: 'Peeters', agency: TEMPO },
  { path: 'declaration', as: 'Peeters', agency: TEMPO },
  { path: '/agency/declarations/export', as: 'Peeters', agency: TEMPO },
  { path: '/agency/refused', as: 'Peeters', agency: TEMPO },
  { path: '/agency/batches', as: 'Peeters', agency: TEMPO },
  { path: '/agency/colleagues', as: 'Peeters', agency: TEMPO },
  { path: '/agency/colleagues?said=insz', as: 'Peeters', agency: TEMPO },
  { path: 'colleague', as: 'Peeters', agency: TEMPO },
  { path: 'removal', as: 'Peeters', agency: TEMPO },
  { path: '/agency/declarations/new', as: 'Peeters', agency: TEMPO },
  { path: 'form UPDATE', as: 'Peeters', agency: TEMPO },
  { path: 'form CANCEL', as: 'Peeters', agency: TEMPO },
  { path: 'form wrong', as: 'Peeters', agency: TEMPO },
  { path: 'form right', as: 'Peeters', agency: TEMPO },
  { path: 'form receipt', as: 'Peeters', agency: TEMPO },
  { path: 'form expired', as: 'Peeters', agency: TEMPO },
  { path: '/support', as: 'Claes', agency: 'support' },
  { path: '/support?said=born', as: 'Claes', agency: 'support' },
  { path: 'look-up', as: 'Claes', agency: 'support' },
  { path: 'look-up /relations', as: 'Claes', agency: 'support' },
  { path: 'look-up /relations/calendar/2026-11', as: 'Claes', agency: 'support' },
  { path: 'look-up /help', as: 'Claes', agency: 'support' },
];
const WIDTHS = [360, 1280];
const THEMES = ['light', 'dark'] as const;

interface View {
  lang: Lang;
  width: number;
  theme: (typeof THEMES)[number];
}

const ALL: View[] = LANGS.flatMap((lang) => WIDTHS.flatMap((width) => THEMES.map((theme) => ({ lang, width, theme }))));
/** Eight views in which every two of language, width and theme meet. */
const PAIRS = ALL.filter(
  ({ lang, width, theme }) => (LANGS.indexOf(lang) + WIDTHS.indexOf(width) + THEMES.indexOf(theme)) % 2 === 0,
);
const isFull = process.env.A11Y === 'full';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  await portal.withTokens(countedHashing());
}, 120_000);
afterAll(() => portal.close());

const windows = new Map<string, Promise<Page>>();

/** One window a visitor: a new one for each page would fetch and compile everything anew. */
function windowOf(as?: string, agency?: string): Promise<Page> {
  const who = `${as} for ${agency}`;
  const open = async () => (await portal.visit({ ...(as && { as }), ...(agency && { agency }) })).newPage();
  return windows.get(who) ?? (windows.set(who, open()).get(who) as Promise<Page>);
}

/** A long page's findings keep this process, and the portal in it, busy: the next page is asked for when it answers again. */
async function answering(): Promise<void> {
  while (!(await fetch(`${portal.url}/health/ready`)).ok);
}

/** A page inside a look-up that an agent opens. */
async function lookedUp(path: string, cookies: string): Promise<string> {
  const body = new URLSearchParams({ insz: personCalled('Dvořák').insz, reason: 'relation', caseNumber: 'C-1' });
  const headers = { cookie: cookies, 'sec-fetch-site': 'same-origin' };
  const opened = await fetch(`${portal.url}/support/lookups`, { method: 'POST', headers, body, redirect: 'manual' });
  return portal.url + opened.headers.get('location') + path;
}

/** The address a page of this visitor has: some depend on his data. */
async function addressOf(path: string, as: string | undefined, cookies: string): Promise<string> {
  if (path.startsWith('/')) return portal.url + path;
  if (path === 'colleague' || path === 'removal') {
    const list = await (await fetch(`${portal.url}/agency/colleagues`, { headers: { cookie: cookies } })).text();
    const [key] = list.match(/\/agency\/colleagues\/[\w-]{36}(?=">Bram)/) ?? [];
    return `${portal.url}${key}${path === 'removal' ? '/removal' : ''}`;
  }
  if (path.startsWith('look-up')) return lookedUp(path.slice('look-up'.length).trim(), cookies);
  if (path.startsWith('report ')) return reportAddress(portal, path.slice('report '.length), cookies);
  if (path.startsWith('form ')) return formAddress(portal, path.slice('form '.length), cookies);
  if (path === 'declaration') {
    const table = await (await fetch(`${portal.url}/agency/declarations`, { headers: { cookie: cookies } })).text();
    const [href] = table.match(/\/agency\/declarations\/\d{12}/) ?? [];
    return portal.url + href;
  }
  if (path === 'overview' || path === 'deliveries') {
    const made = await posted(portal, cookies, '/overviews', { year: '2026' });
    await portal.house.overviews.settled();
    return portal.url + made + (path === 'deliveries' ? '/deliveries' : '');
  }
  const query = path === 'late' ? 'verdict=late&year=all' : 'year=all';
  const found = await fetch(`${portal.url}/relations.json?${query}`, { headers: { cookie: cookies } });
  const { items } = (await found.json()) as { items: { periodId: string }[] };
  if (!items[0]) throw new Error(`${as} has no relation for ${path}`);
  return `${portal.url}/relations/${items[0].periodId}`;
}

/** What one visit looks at: a page in one language, its window and theme changed before each look. */
function visitsOf(index: number): { lang: Lang; looks: Omit<View, 'lang'>[] }[] {
  const views = isFull ? ALL : [PAIRS[index % PAIRS.length] as View];
  return [...Map.groupBy(views, ({ lang }) => lang)].map(([lang, looks]) => ({ lang, looks }));
}

describe.each(PAGES.map((page, index) => ({ ...page, index })))('$path of $as', ({ path, as, agency, index }) => {
  it.each(visitsOf(index))(
    '$lang: axe finds nothing',
    async ({ lang, looks }) => {
      const page = await windowOf(as, agency);
      const context = page.context();
      await context.addCookies([{ name: 'lang', value: lang, url: portal.url }]);
      const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
      await answering();
      await page.setViewportSize({ width: looks[0]?.width ?? 0, height: 800 });
      await page.goto(await addressOf(path, as, cookies));
      for (const { width, theme } of looks) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: theme });
        const at = `${width} px, ${theme}`;
        expect(await findingsOf(page), at).toEqual([]);
        expect(await widthTooMuch(page), `nothing sticks out to the side, ${at}`).toBeLessThanOrEqual(0);
        expect(await page.evaluate('document.documentElement.lang')).toBe(lang);
      }
    },
    120_000,
  );
});
