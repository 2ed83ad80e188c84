import type { Page } from 'playwright-core';

/** Moves the focus with Tab until it stands on an element with this accessible text; never clicks. Fails after 80 steps. */
export async function tabTo(page: Page, text: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab');
    const name = await focused(page);
    seen.push(name);
    if (typeof text === 'string' ? name.includes(text) : text.test(name)) return;
  }
  throw new Error(`Tab never reached ${text}; it reached: ${seen.join(' | ')}`);
}

/** What somebody who cannot see hears of the focused element, in short; also proves that the focus is never lost. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '(nothing)';
    const label = element.labels?.[0]?.textContent ?? '';
    return (element.getAttribute('aria-label') ?? (label || element.textContent || '')).trim().replace(/\\s+/g, ' ');
  })()`);
}
