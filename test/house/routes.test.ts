import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { patternsRoutes } from '../../src/patterns/patterns.ts';
import type { Route } from '../../src/web/route.ts';
import { ALL_METHODS, ORIGIN, OWN, openTestApp, type TestApp } from '../app.ts';
import { ADDRESSES, BESIDE_THE_ROOMS } from './addresses.ts';
import {
  codeFor,
  declareFor,
  makeCard,
  makeDelivery,
  makeFeed,
  makeOverview,
  makeReport,
  OWNER,
  STRANGER,
} from './routes.arrange.ts';

const UNKNOWN = {
  periodId: '999999999901',
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  cardId: 'AAAAAAAAAAAAAAAAAAAAAA',
  month: '2026-11',
  code: '',
  feedId: 'DDDDDDDDDDDDDDDDDDDDDD',
  secret: '',
  deliveryId: 'EEEEEEEEEEEEEEEEEEEEEEEEEE',
  reportId: 'CCCCCCCCCCCCCCCCCCCCCCCCCC',
  reportDraftId: 'BBBBBBBBBBBBBBBBBBBBBBBBBB',
};

let portal: TestApp;
let routes: Route[];
let cookies: { owner: string; stranger: string };
let theirs: typeof UNKNOWN;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z', environment: ALL_METHODS });
  routes = [...routesOf(portal.house), ...patternsRoutes()];
  cookies = { owner: await portal.signInAs(OWNER), stranger: await portal.signInAs(STRANGER) };
  const periodId = await declareFor(portal, OWNER);
  const { cardId, cookie } = await makeCard(portal, OWNER);
  const id = await makeOverview(portal, cookies.owner);
  const code = await codeFor(portal, id);
  const deliveryId = await makeDelivery(portal, id);
  const feed = await makeFeed(portal, cookies.owner);
  theirs = {
    periodId,
    id,
    deliveryId,
    cardId,
    month: '2026-11',
    code,
    ...feed,
    ...(await makeReport(portal, cookies.owner)),
  };
  cookies.owner += `; ${cookie}`;
});

afterAll(() => portal.close());

const filled = (path: string, values: Record<string, string>) =>
  path.replace(/:(\w+)/g, (_, name) => values[name] ?? '');
const titleOf = ({ method, path }: Route) => `${method} ${path}`;

function ask(route: Route, values: Record<string, string>, headers: Record<string, string>) {
  const type = route.json ? 'application/json' : 'application/x-www-form-urlencoded';
  const body =
    route.method === 'POST' ? { headers: { ...headers, 'content-type': type }, payload: route.json ? '{}' : '' } : {};
  return portal.app.inject({ method: route.method, url: filled(route.path, values), headers, ...body });
}

/** An answer without what may differ: the address that was asked, and the reference by which a visitor may ask about it. */
function anonymised(body: string, asked: Record<string, string>): string {
  const named = Object.values(asked)
    .filter(Boolean)
    .reduce((text, value) => text.replaceAll(value, 'ASKED'), body);
  return named.replace(/(class="reference">|"instance":")[\w-]{8,}?(?=["<])/g, '$1REFERENCE');
}

describe('addresses', () => {
  it('are the ones we know, each with its right', () => {
    expect(routes.map(({ method, path, right }) => `${method} ${path} ${right}`).sort()).toEqual([...ADDRESSES].sort());
  });

  it('are nowhere mounted but through the rooms', () => {
    const mounted = mountedIn(portal.app.printRoutes());
    const known = [...ADDRESSES.map((line) => line.split(' ').slice(0, 2).join(' ')), ...BESIDE_THE_ROOMS];
    expect(mounted.sort()).toEqual(known.sort());
  });

  it('tell by their ending whether people or programs read them', () => {
    for (const { path, answers } of routes)
      expect(answers === 'data', path).toBe(/\.(json|csv|pdf|ics|zip|xml)$|^\/REST\//.test(path));
  });
});

describe('without a session', () => {
  it('pages of a worker lead to sign-in and back, data is refused with 401', async () => {
    for (const route of routes.filter(({ right }) => right === 'worker')) {
      const answer = await ask(route, theirs, OWN);
      if (route.answers === 'data') {
        expect([answer.statusCode, answer.headers['content-type']], titleOf(route)).toEqual([
          401,
          'application/problem+json; charset=utf-8',
        ]);
      } else {
        const back = route.method === 'GET' ? filled(route.path, theirs) : route.comeBack({});
        expect([answer.statusCode, answer.headers.location], titleOf(route)).toEqual([
          303,
          `/sign-in?return=${encodeURIComponent(back)}`,
        ]);
      }
    }
  });

  it('public pages are there for everybody', async () => {
    for (const route of routes.filter(({ right, method }) => right === 'public' && method === 'GET')) {
      // a sign-in method may lead on to where it proves somebody, or say that it did not
      const isFine = route.path.startsWith('/sign-in/') ? [200, 303, 401] : [200];
      expect(isFine, titleOf(route)).toContain((await ask(route, theirs, {})).statusCode);
    }
  });

  it('what asks for JSON gets 401 and no redirect, whatever the address', async () => {
    const answer = await portal.app.inject({ url: '/relations', headers: { accept: 'application/json' } });
    expect([answer.statusCode, answer.headers.location]).toEqual([401, undefined]);
  });

  it('a made-up or ended session is no session', async () => {
    const ended = await portal.signInAs(STRANGER);
    await portal.app.inject({ method: 'POST', url: '/sign-out', headers: { ...OWN, cookie: ended } });
    for (const cookie of [ended, ended.replace(/=.*/, '=AAAA')])
      expect((await portal.app.inject({ url: '/relations', headers: { cookie } })).statusCode).toBe(303);
  });
});

describe('a worker', () => {
  it('reads everything of his own', async () => {
    for (const route of routes.filter(({ right }) => right === 'worker')) {
      const answer = await ask(route, theirs, { ...OWN, cookie: cookies.owner });
      expect(answer.statusCode, titleOf(route)).toBe(route.method === 'POST' ? 303 : 200);
    }
  });

  it('gets the same answer for what is another’s as for what does not exist', async () => {
    const withId = routes.filter(({ path, right }) => /:(\w*id|periodId)/i.test(path) && right === 'worker');
    expect(withId.length).toBeGreaterThanOrEqual(11);
    for (const route of withId) {
      const headers = { ...OWN, cookie: cookies.stranger };
      const [another, unknown] = [await ask(route, theirs, headers), await ask(route, UNKNOWN, headers)];
      expect([another.statusCode, unknown.statusCode], titleOf(route)).toEqual([404, 404]);
      expect(anonymised(another.body, theirs), titleOf(route)).toBe(anonymised(unknown.body, UNKNOWN));
      expect(anonymised(another.body, theirs)).toContain('REFERENCE');
      expect({ ...another.headers, date: '', 'content-length': '' }).toEqual({
        ...unknown.headers,
        date: '',
        'content-length': '',
      });
    }
  });

  it('finds nothing of another in lists and data', async () => {
    for (const url of [
      '/',
      '/relations?year=all',
      '/relations.json?year=all',
      '/relations.csv?year=all',
      '/relations/calendar',
      '/overviews',
      '/reports',
    ]) {
      const headers = { cookie: cookies.stranger };
      const answer = await portal.app.inject({ url, headers });
      expect(answer.statusCode, url).toBe(200);
      expect(answer.body, url).not.toContain(theirs.periodId);
      expect(answer.body, url).not.toContain(theirs.id);
      expect(answer.body, url).not.toContain(theirs.reportId);
    }
  });
});

describe('writes', () => {
  const FOREIGN: [string, Record<string, string>][] = [
    ['without a word on where they come from', {}],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site', origin: ORIGIN }],
    ['typed in', { 'sec-fetch-site': 'none', origin: ORIGIN }],
    ['from another origin', { origin: 'http://localhost:4000' }],
    ['from an origin that hides', { origin: 'null' }],
  ];

  it.each(FOREIGN)('%s are refused, session or not', async (_, headers) => {
    for (const route of routes.filter(
      ({ method, path, withoutCookie }) => method === 'POST' && !path.startsWith('/REST/') && !withoutCookie,
    ))
      for (const cookie of [cookies.owner, ''])
        expect((await ask(route, theirs, { ...headers, cookie })).statusCode, titleOf(route)).toBe(403);
    expect((await portal.app.inject({ url: '/relations', headers: { cookie: cookies.owner } })).statusCode).toBe(200);
  });

  it('from a browser that only sends Origin are accepted when it is ours', async () => {
    const answer = await portal.app.inject({
      method: 'POST',
      url: '/overviews',
      headers: { origin: ORIGIN, cookie: cookies.owner },
    });
    expect(answer.statusCode).toBe(303);
  });

  it('of a script must be JSON', async () => {
    for (const route of routes.filter(({ json }) => json)) {
      const answer = await portal.app.inject({
        method: 'POST',
        url: route.path,
        headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'a=b',
      });
      expect(answer.statusCode, titleOf(route)).toBe(415);
    }
  });
});

/** The addresses of Fastify's own drawing of its routes; HEAD comes with every GET. */
function mountedIn(drawing: string): string[] {
  const trail: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const found = line.match(/^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/);
    if (!found) return [];
    const depth = (found[1] ?? '').length / 4;
    trail.length = depth;
    trail.push(found[2] ?? '');
    const address = trail.join('');
    return (found[3] ?? 'HEAD')
      .split(', ')
      .filter((verb) => verb !== 'HEAD')
      .map((verb) => `${verb} ${address}`);
  });
}
