import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** As the package for Playwright brings it: that loads a megabyte and a half twice for a look, and opens a blank page for a sum nobody needs. */
const AXE = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Every rule that axe has switched on; what passed is not told. */
const LOOK = `axe.run(document, { reporter: 'no-passes', resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`;

/** What axe finds wrong on a page as it stands. */
export async function findingsOf(page: Page): Promise<string[]> {
  if (page.frames().length > 1) throw new Error('a page in a page: axe looks at the outer one only');
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE);
  return page.evaluate<string[]>(LOOK);
}

/** Pixels by which a page is wider than its window. */
export function widthTooMuch(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
