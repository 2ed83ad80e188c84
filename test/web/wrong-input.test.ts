import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../src/app.ts';
import type { Right, Route } from '../../src/web/route.ts';
import { ALL_METHODS, OWN, openTestApp, type TestApp } from '../app.ts';
import { arrange, everybody, headersOf } from '../house/rights.visitors.ts';
import {
  declareFor,
  makeCard,
  makeDelivery,
  makeFeed,
  makeOverview,
  makeReport,
  OWNER,
} from '../house/routes.arrange.ts';
import { countedHashing } from '../keys/keys.example.ts';
import { ASKED, type Filler, FORMS } from './wrong-input.forms.ts';
import { faultsOf, WRONG, WRONG_JSON } from './wrong-input.ts';

const NOW = '2026-11-23T09:00:00Z';
const FORM = 'application/x-www-form-urlencoded';
const NAMES: Record<Filler, string> = {
  nobody: 'nobody',
  worker: 'worker, level 500',
  view: 'colleague who views',
  declare: 'colleague who declares',
  manage: 'officer',
  support: 'support agent',
};

/** Who sees a page. */
const FILLERS: Partial<Record<Right, Filler>> = {
  public: 'nobody',
  'agency:view': 'manage',
  'agency:declare': 'manage',
  'agency:manage': 'manage',
  support: 'support',
};
/** An address line is not as long as a form: the server reads 16 KiB of it. */
const short = (value: string) => value.slice(0, 150);

let portal: TestApp;
let routes: Route[];
let theirs: Record<string, string>;

beforeAll(async () => {
  portal = await openTestApp({ at: NOW, environment: ALL_METHODS, hashing: countedHashing() });
  routes = routesOf(portal.house).filter(({ path, right }) => right !== 'client' && !path.startsWith('/REST/'));
  const cookie = await portal.signInAs(OWNER);
  const periodId = await declareFor(portal, OWNER);
  await arrange(portal);
  const { cardId } = await makeCard(portal, OWNER);
  const overview = await makeOverview(portal, cookie);
  const deliveryId = await makeDelivery(portal, overview);
  const feed = await makeFeed(portal, cookie);
  theirs = { periodId, cardId, deliveryId, overview, month: '2026-11', ...feed, ...(await makeReport(portal, cookie)) };
});
afterAll(() => portal.close());

let askers = 0;
const people = everybody(NOW);
const sessions = new Map<Filler, Record<string, string>>();

/** The session of that kind; a new one once it was ended. */
async function sessionOf(by: Filler): Promise<Record<string, string>> {
  const who = people.find(({ name }) => name === NAMES[by]);
  if (!who) throw new Error(`nobody is called ${NAMES[by]}`);
  const session = sessions.get(by) ?? (await headersOf(portal, who));
  sessions.set(by, session);
  return session;
}

/** From an address that nobody has asked from: what is counted against guessing is no matter of this. */
async function ask(by: Filler, url: string, more: { method?: 'POST'; payload?: string; type?: string } = {}) {
  const isNew = !sessions.has(by);
  const session = await sessionOf(by);
  const { type = FORM, ...rest } = more;
  const headers = { ...session, ...(rest.method && { ...OWN, 'content-type': type }) };
  askers += 1;
  const remoteAddress = `10.${(askers >> 16) & 255}.${(askers >> 8) & 255}.${askers & 255}`;
  const answer = await portal.app.inject({ url, ...rest, headers, remoteAddress });
  const isEnded = String(answer.headers.location ?? '').startsWith('/sign-in');
  if (isEnded || answer.cookies.length > 0) sessions.delete(by);
  // what was asked before may have ended the session: then this was not tried yet
  if (isEnded && !isNew && by !== 'nobody') return ask(by, url, more);
  return { answer, session, remoteAddress };
}

/** The answer, and the page that it leads to. */
async function faultsAfter(by: Filler, url: string, more: Parameters<typeof ask>[2] = {}): Promise<string[]> {
  const { answer, session, remoteAddress } = await ask(by, url, more);
  const faults = faultsOf(answer);
  const to = String(answer.headers.location ?? '');
  if (answer.statusCode !== 303 || !to.startsWith('/')) return faults;
  const cookie = [session.cookie, ...answer.cookies.map(({ name, value }) => `${name}=${value}`)]
    .filter(Boolean)
    .join('; ');
  const page = await portal.app.inject({ url: to, headers: { cookie }, remoteAddress });
  return [...faults, ...faultsOf(page).map((fault) => `then ${fault} at ${to.slice(0, 80)}`)];
}

/** Of a form that is about something: what it is about. */
async function addressOf(path: string): Promise<string> {
  const id = path.startsWith('/support/') ? await openLookup() : theirs.overview;
  return path.replace(/:(\w+)/g, (_, name) => (name === 'id' ? id : theirs[name]) ?? 'AAAA');
}

async function openLookup(): Promise<string> {
  const fields = { insz: OWNER, reason: 'sign-in', caseNumber: 'C-1' };
  const { answer } = await ask('support', '/support/lookups', {
    method: 'POST',
    payload: String(new URLSearchParams(fields)),
  });
  return String(answer.headers.location).split('/').at(-1) ?? '';
}

/** A form of many fields is tried field by field with what tells most. */
const MANY = 8;
const TELLING = { 'control characters': true, html: true, 'a day that is none': true };

/** Bodies of a form that are wrong in one way each. */
function* bodiesOf(fields: Record<string, string>): Generator<[what: string, body: string]> {
  const told = Object.entries(fields);
  const body = (pairs: string[][]) => String(new URLSearchParams(pairs));
  yield ['no field', ''];
  yield ['every field twice', body([...told, ...told.map(([name, value]) => [name, `${value}x`])])];
  yield ['a field of another name', body([...told, ['constructor', 'x'], ['__proto__', 'x']])];
  yield ['half an escape', `${told[0]?.[0] ?? 'a'}=%E0%A4%A`];
  for (const [name] of told) yield [`no ${name}`, body(told.filter(([other]) => other !== name))];
  for (const [what, value] of Object.entries(WRONG)) {
    yield [`${what} everywhere`, body(told.map(([name]) => [name, value]))];
    for (const [name] of told.length > 1 && (told.length < MANY || what in TELLING) ? told : [])
      yield [`${name}: ${what}`, body(told.map(([other, right]) => [other, other === name ? value : right]))];
  }
}

describe('wrong input', () => {
  it('is tried with every form there is', () => {
    const known = routes.filter(({ method }) => method === 'POST').map(({ path }) => `POST ${path}`);
    expect(Object.keys(FORMS).sort()).toEqual(known.sort());
  });

  it.each(Object.entries(FORMS))(
    'in the fields of %s is answered in words',
    async (title, { by, fields }) => {
      const path = title.slice('POST '.length);
      const found: string[] = [];
      for (const [what, payload] of bodiesOf(fields)) {
        const faults = await faultsAfter(by, await addressOf(path), { method: 'POST', payload });
        found.push(...faults.map((fault) => `${what}: ${fault}`));
      }
      for (const value of WRONG_JSON)
        for (const json of [value, Object.fromEntries(Object.keys(fields).map((name) => [name, value]))]) {
          const more = { method: 'POST', payload: JSON.stringify(json), type: 'application/json' } as const;
          const faults = await faultsAfter(by, await addressOf(path), more);
          found.push(...faults.map((fault) => `${more.payload.slice(0, 60)}: ${fault}`));
        }
      for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json', 'nonsense']) {
        const faults = await faultsAfter(by, await addressOf(path), { method: 'POST', payload: '{"', type });
        found.push(...faults.map((fault) => `as ${type}: ${fault}`));
      }
      expect(found).toEqual([]);
    },
    120_000,
  );

  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }],
    ['that does not say whence it comes', {}],
  ])('a form %s is refused in words', async (_, whence) => {
    const found: string[] = [];
    for (const [title, { fields }] of Object.entries(FORMS)) {
      const path = title.slice('POST '.length);
      if (routes.some((route) => route.path === path && route.withoutCookie)) continue;
      const headers = { ...whence, 'content-type': FORM };
      const payload = String(new URLSearchParams(fields));
      const answer = await portal.app.inject({ method: 'POST', url: path.replaceAll(/:\w+/g, 'A'), headers, payload });
      if (answer.statusCode !== 403) found.push(`${title}: ${answer.statusCode}`);
      found.push(...faultsOf(answer).map((fault) => `${title}: ${fault}`));
    }
    expect(found).toEqual([]);
  });

  it('behind the question mark of every page is answered in words', async () => {
    const found: string[] = [];
    const pages = routes.filter(({ method, path }) => method === 'GET' && path !== '/sign-in/csam');
    for (const { path, right } of pages) {
      const by = FILLERS[right] ?? 'worker';
      const values = [...Object.values(WRONG).map((value) => ASKED.map((name) => [name, short(value)]))];
      const twice = ASKED.flatMap((name) => [1, 2].map((n) => [name, String(n)]));
      for (const pairs of [...values, twice]) {
        const url = `${await addressOf(path)}?${new URLSearchParams(pairs)}`;
        const faults = await faultsAfter(by, url);
        found.push(...faults.map((fault) => `${path} ${JSON.stringify(pairs[0]?.[1]).slice(0, 40)}: ${fault}`));
      }
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('in the path of every page is answered in words', async () => {
    const found: string[] = [];
    const about = routes.filter(({ path }) => path.includes(':'));
    for (const { method, path, right } of about) {
      const by = FILLERS[right] ?? 'worker';
      for (const [what, value] of Object.entries(WRONG)) {
        const url = path.replaceAll(/:\w+/g, () => (value === '' ? '%20' : encodeURIComponent(value.toWellFormed())));
        const faults = await faultsAfter(by, url, method === 'POST' ? { method, payload: '' } : {});
        found.push(...faults.map((fault) => `${method} ${path} ${what}: ${fault}`));
      }
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('by another method is answered in words', async () => {
    const found: string[] = [];
    for (const path of new Set(routes.map((route) => route.path)))
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        if (routes.some((route) => route.path === path && route.method === method)) continue;
        const url = await addressOf(path);
        const answer = await portal.app.inject({
          method,
          url,
          headers: { ...OWN, 'content-type': FORM },
          payload: 'a=b',
        });
        if (![303, 404].includes(answer.statusCode)) found.push(`${method} ${path}: ${answer.statusCode}`);
        found.push(...faultsOf(answer).map((fault) => `${method} ${path}: ${fault}`));
      }
    expect(found).toEqual([]);
  }, 120_000);
});
