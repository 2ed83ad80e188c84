import type { TestApp } from '../app.ts';

type Answer = Awaited<ReturnType<TestApp['app']['inject']>>;

/** A browser without a screen, between the portal (asked by inject) and CSAM (asked by http). */
export interface CsamBrowser {
  cookies: Map<string, string>;
  /** The portal's answer to an own path. */
  portal(path: string, method?: 'GET' | 'POST'): Promise<Answer>;
  /** From the portal's address to CSAM's page and through it. @returns the path on which the portal is called back */
  through(start: string, answer: { person: string; means: string } | 'cancel'): Promise<string>;
  /** From `/sign-out` through the end of CSAM's session. @returns where it ends */
  leave(url: string): Promise<string>;
}

export function csamBrowser({ app }: TestApp): CsamBrowser {
  const cookies = new Map<string, string>();
  const elsewhere = new Map<string, string>();
  const shown = (jar: Map<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  async function visit(url: string, body?: URLSearchParams): Promise<Response> {
    const init = body ? { method: 'POST', body } : {};
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie: shown(elsewhere) } });
    for (const cookie of answer.headers.getSetCookie()) keep(elsewhere, cookie);
    return answer;
  }

  const browser: CsamBrowser = {
    cookies,
    async portal(path, method = 'GET') {
      const headers = { cookie: shown(cookies), ...(method === 'POST' ? { 'sec-fetch-site': 'same-origin' } : {}) };
      const answer = await app.inject({ method, url: path, headers });
      for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) keep(cookies, cookie);
      return answer;
    },
    async through(start, answer) {
      const { headers } = await browser.portal(start);
      const first = await visit(String(headers.location));
      const page = new URL(first.headers.get('location') ?? '', String(headers.location)).href;
      const fields = answer === 'cancel' ? { do: 'cancel' } : { do: 'sign', ...answer };
      const given = await visit(page, new URLSearchParams(fields));
      const back = await visit(new URL(given.headers.get('location') ?? '', page).href);
      const { pathname, search } = new URL(back.headers.get('location') ?? '');
      return pathname + search;
    },
    async leave(url) {
      const html = await (await visit(url)).text();
      const [action = '', xsrf = ''] = [/action="([^"]+)"/, /name="xsrf" value="([^"]+)"/].map(
        (pattern) => pattern.exec(html)?.[1],
      );
      const ended = await visit(action, new URLSearchParams({ xsrf, logout: 'yes' }));
      return ended.headers.get('location') ?? '';
    },
  };
  return browser;
}

function keep(jar: Map<string, string>, cookie: string): void {
  const [pair = ''] = cookie.split(';');
  const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
  if (value === '' || /Expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name);
  else jar.set(name, value);
}
