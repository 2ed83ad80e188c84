import net, { type AddressInfo } from 'node:net';
import { pino } from 'pino';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse, type House } from '../../src/house.ts';
import { cookieName, hashOf, newToken } from '../../src/identity/sessions.ts';
import { signIn } from '../../src/identity/sign-in.actions.ts';
import { type Hashing, hashing } from '../../src/keys/hashing.ts';
import { patternsRoutes } from '../../src/patterns/patterns.ts';
import { startCsamStub } from '../../src/stubs/csam.server.ts';
import { type EidCardStub, startEidCardStub } from '../../src/stubs/eid-card.server.ts';
import { type DemoToken, demoKeys, demoTokens } from '../../src/stubs/people.keys.ts';
import { DEMO_PEOPLE, demoFill } from '../../src/stubs/people.ts';
import { openTestDatabase } from '../database.ts';
import { EID_FOLDER, sealOnce } from '../demo.keys.ts';
import { drawing } from '../drawing.ts';

/** A portal as the demo runs it, with its people and the virtual card, and a real browser before it. */
export interface Portal {
  url: string;
  house: House;
  card: EidCardStub;
  /** Paper tokens of the demo, once `withTokens` gave them out: hashed as at work, or cheaply where no code is tried. */
  tokens: DemoToken[];
  withTokens(hashes?: Hashing): Promise<void>;
  /** A browser context; signed in as a demo person when his family name is given, acting for the agency of that number, or the support desk. */
  visit(options?: BrowserContextOptions & { as?: string; agency?: string }): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Monday 23 November 2026, 10.00 in Belgium: the day the demo's people are told around. */
export const NOW = '2026-11-23T09:00:00Z';
export const TODAY = '2026-11-23';

/** Gives a person every right of an agency. */
const STAFF = `insert into agency_staff (agency_number, worker_id, right_held, added_at)
  select $1, worker_id, 'manage', now() from worker_numbers where insz = $2 on conflict do nothing`;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One browser for all files of a test process, gone with it: to start one takes as long as to look at ten pages. */
let started: Promise<Browser> | undefined;
function browserOf(): Promise<Browser> {
  started ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  return started;
}

/** `environment` and `trust`, a folder of anchors, come on top of what the demo has. */
export async function openPortal(
  more: { environment?: Record<string, string>; trust?: string[] } = {},
): Promise<Portal> {
  const database = await openTestDatabase({ name: 'demo', fill: (owner) => demoFill(owner, TODAY) });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const clock = { now: () => NOW };
  const tokens = demoTokens('tests');
  const pepper = 'a pepper for tests, of 32 characters';
  const card = await startEidCardStub({
    port: 0,
    host: '127.0.0.1',
    portalOrigin: url,
    people: DEMO_PEOPLE,
    tokens,
    dir: EID_FOLDER,
    clock,
  });
  const secret = 'a secret that CSAM and the portal share';
  const csam = await startCsamStub({
    port: 0,
    host: '127.0.0.1',
    portalOrigin: url,
    people: DEMO_PEOPLE,
    clientId: 'interim',
    client: { secret },
    signedUserinfo: true,
  });
  const house = buildHouse({
    drawing: drawing(await sealOnce()),
    config: readConfig('demo', {
      PORTAL_NOW: NOW,
      SIGN_IN: 'eid,token,csam',
      CSAM_ISSUER: csam.issuer,
      CSAM_CLIENT_ID: 'interim',
      CSAM_CLIENT_SECRET: secret,
      ...more.environment,
    }),
    connection: database.patient,
    publicUrl: url,
    secret: 'a secret for tests, of 32 characters',
    pepper,
    trust: [card.anchorsDir, ...(more.trust ?? [])],
    cardUrl: card.url,
    log: pino({ level: 'silent' }),
  });
  const app = await buildApp(house, { lateMs: 0, more: patternsRoutes() }); // never shed: a machine that runs other tests too is slow, not overwhelmed
  await app.listen({ host: '127.0.0.1', port });
  const browser = await browserOf();
  const visitors: BrowserContext[] = [];
  return {
    url,
    house,
    card,
    tokens,
    async withTokens(hashes = hashing()) {
      const client = await database.db.connect();
      await demoKeys(client, tokens, { pepper, now: NOW, hashing: hashes });
      client.release();
    },
    async visit({ as, agency, ...options } = {}) {
      const context = await browser.newContext({ locale: 'nl-BE', timezoneId: 'America/New_York', ...options });
      visitors.push(context);
      if (as !== undefined && agency !== undefined && agency !== 'support')
        await database.db.query(STAFF, [agency, personCalled(as).insz]);
      if (as !== undefined) await context.addCookies([await sessionOf(house, url, as, agency)]);
      return context;
    },
    async close() {
      for (const context of visitors) await context.close();
      await app.close();
      await house.close();
      await card.close();
      await csam.close();
      await database.close();
    },
  };
}

async function sessionOf(house: House, url: string, familyName: string, agency?: string) {
  const person = personCalled(familyName);
  const who = { ...person, method: 'eid', assurance: 500, evidence: {} } as const;
  const { token } = await signIn(house, { who, now: NOW, secret: house.secret, replaces: null, requestId: 'test' });
  const name = cookieName(url, 'session');
  if (agency === undefined) return { name, value: token, url };
  const acting = newToken();
  const [old, next] = [hashOf(token, house.secret), hashOf(acting, house.secret)];
  if (!(await house.sessions.take(old, next, agency, NOW))) throw new Error(`${familyName} does not act for ${agency}`);
  return { name, value: acting, url };
}

export function personCalled(familyName: string) {
  const person = DEMO_PEOPLE.find((one) => one.familyName === familyName);
  if (!person) throw new Error(`nobody in the demo is called ${familyName}`);
  return person;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
