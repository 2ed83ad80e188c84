import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CsamStub, startCsamStub } from '../../src/stubs/csam.server.ts';
import { ORIGIN, openTestApp, type TestApp } from '../app.ts';
import { csamBrowser } from './csam.browser.ts';

const about = { nl: '', fr: '', de: '', en: '' };
const LUKASZ = { key: 'lukasz', insz: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák', about };
const SARI = { key: 'sari', insz: '94022722580', givenName: null, familyName: 'Sari', about };
const BY_EID = { person: 'lukasz', means: 'eid' };
const BY_ITSME = { person: 'lukasz', means: 'itsme' };
const SESSION = 'interim-session';

let stub: CsamStub;
let portal: TestApp;
let logged = '';

beforeAll(async () => {
  const secret = 'a secret that CSAM and the portal share';
  const client = { secret };
  const people = [LUKASZ, SARI];
  const place = { port: 0, host: '127.0.0.1', portalOrigin: ORIGIN };
  stub = await startCsamStub({ ...place, people, clientId: 'interim', client, signedUserinfo: true });
  const log = new Writable({
    write(chunk, _, done) {
      logged += chunk;
      done();
    },
  });
  portal = await openTestApp({ environment: { CSAM_ISSUER: stub.issuer, CSAM_CLIENT_SECRET: secret }, log });
});
beforeEach(() => {
  logged = '';
});
afterAll(async () => {
  await portal.close();
  await stub.close();
});

const browse = () => csamBrowser(portal);
const START = '/sign-in/csam?return=%2Frelations%3Ftype%3DEXT';

/** Nobody is signed in, the words are the same for every fault, and there is a way on. */
function expectRefused(answer: { statusCode: number; body: string; headers: object }): void {
  expect(answer.statusCode).toBe(401);
  expect(answer.body).toContain('Aanmelden is niet gelukt. Probeer opnieuw, of kies een andere manier');
  expect(answer.body).toMatch(/href="\/sign-in\/csam\?return=/);
  expect(JSON.stringify(answer.headers)).not.toContain(SESSION);
}

describe('signing in by CSAM', () => {
  it('is offered on the sign-in page, with the way back', async () => {
    const { body } = await browse().portal('/sign-in?return=%2Foverviews');
    expect(body).toContain('href="/sign-in/csam?return=%2Foverviews"');
  });

  it('leads to CSAM and back to where he wanted to go, in his language, with an access row', async () => {
    const browser = browse();
    const callback = await browser.through(START, BY_ITSME);
    const answer = await browser.portal(callback);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/relations?type=EXT']);
    expect(browser.cookies.get('lang')).toBe('nl');
    expect((await browser.portal('/')).body).toContain('Łukasz');
    const { rows } = await portal.db.query(
      `select detail from access_rows where subject_insz = $1 and purpose = 'sign-in' order by id desc limit 1`,
      [LUKASZ.insz],
    );
    expect(rows).toEqual([{ detail: { method: 'csam', assurance: 450 } }]);
    expect(logged + callback + JSON.stringify(answer.headers)).not.toContain(LUKASZ.insz);
  });

  it('works for who has no given name', async () => {
    const browser = browse();
    const answer = await browser.portal(await browser.through(START, { person: 'sari', means: 'eid' }));
    expect(answer.statusCode).toBe(303);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', ''])('never leads away to %j', async (back) => {
    const browser = browse();
    const callback = await browser.through(`/sign-in/csam?return=${encodeURIComponent(back)}`, BY_EID);
    expect((await browser.portal(callback)).headers.location).toBe('/');
  });

  it('gives a new session and ends the one the browser had: a planted one is worth nothing', async () => {
    const browser = browse();
    const planted = (await portal.signInAs(SARI.insz, { familyName: 'Sari' })).split('=')[1] ?? '';
    browser.cookies.set(SESSION, planted);
    await browser.portal(await browser.through(START, BY_EID));
    expect(browser.cookies.get(SESSION)).not.toBe(planted);
    const answer = await portal.app.inject({ url: '/relations', headers: { cookie: `${SESSION}=${planted}` } });
    expect(answer.statusCode).toBe(303);
  });

  it('takes a made-up session id for none', async () => {
    const browser = browse();
    browser.cookies.set(SESSION, 'chosen-by-somebody-else');
    await browser.portal(await browser.through(START, BY_EID));
    expect(browser.cookies.get(SESSION)).not.toBe('chosen-by-somebody-else');
    const headers = { cookie: `${SESSION}=chosen-by-somebody-else` };
    expect((await portal.app.inject({ url: '/relations', headers })).statusCode).toBe(303);
  });
});

describe('a callback', () => {
  it('counts once', async () => {
    const browser = browse();
    const callback = await browser.through(START, BY_EID);
    expect((await browser.portal(callback)).statusCode).toBe(303);
    browser.cookies.delete(SESSION);
    expectRefused(await browser.portal(callback));
  });

  it('counts once, also when it is asked twice at the same time', async () => {
    const browser = browse();
    const callback = await browser.through(START, BY_EID);
    const answers = await Promise.all([browser.portal(callback), browser.portal(callback)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 401]);
  });

  it('without a beginning counts not', async () => {
    expectRefused(await browse().portal('/sign-in/csam/callback'));
    expectRefused(await browse().portal(`/sign-in/csam/callback?code=abc&state=def&iss=${stub.issuer}`));
    expect(logged).toContain('no attempt of this browser');
  });

  it('in another browser counts not, and not in the first one afterwards with another’s state', async () => {
    const [mine, other] = [browse(), browse()];
    const callback = await mine.through(START, BY_EID);
    expectRefused(await other.portal(callback));
    await other.through(START, { person: 'sari', means: 'eid' });
    expectRefused(await other.portal(callback));
    expect((await mine.portal(callback)).statusCode).toBe(303);
  });

  it('of the tab that began first counts not once another began', async () => {
    const browser = browse();
    const first = await browser.through(START, BY_EID);
    await browser.through(START, BY_EID);
    expectRefused(await browser.portal(first));
  });

  it('after ten minutes counts not', async () => {
    const browser = browse();
    const callback = await browser.through(START, BY_EID);
    await portal.db.query(`update sign_in_challenges set expires_at = $1`, [portal.house.clock.now()]);
    expectRefused(await browser.portal(callback));
  });

  it('with a code of somebody else counts not', async () => {
    const [mine, other] = [browse(), browse()];
    const [callback, theirs] = [
      await mine.through(START, BY_EID),
      await other.through(START, { person: 'sari', means: 'eid' }),
    ];
    const stolen = new URL(theirs, ORIGIN).searchParams.get('code') ?? '';
    const mixed = new URL(callback, ORIGIN);
    mixed.searchParams.set('code', stolen);
    // PKCE: the code belongs to the verifier of the browser that began
    expectRefused(await mine.portal(mixed.pathname + mixed.search));
    expect(logged).toContain('invalid_grant');
  });

  it('of who stopped says the same, and he can begin again where he was', async () => {
    const browser = browse();
    const answer = await browser.portal(await browser.through(START, 'cancel'));
    expectRefused(answer);
    expect(answer.body).toContain('href="/sign-in/csam?return=%2Frelations%3Ftype%3DEXT"');
    expect(logged).toContain('access_denied');
  });

  it('is never kept by a browser or a proxy', async () => {
    const browser = browse();
    const answer = await browser.portal(await browser.through(START, BY_EID));
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });
});

describe('a proof that is asked anew', () => {
  it('must be as strong as the eID, whatever CSAM offers', async () => {
    const browser = browse();
    const again = '/sign-in/csam?return=%2F&again=1';
    const { headers } = await browser.portal(again);
    expect(new URL(String(headers.location)).searchParams.get('acr_values')).toBe('urn:be:fedict:iam:fas:Level500');
    expect((await browser.portal(await browser.through(again, BY_EID))).statusCode).toBe(303);
  });
});

describe('signing out', () => {
  it('ends CSAM’s session too, and comes back', async () => {
    const browser = browse();
    await browser.portal(await browser.through(START, BY_EID));
    const old = browser.cookies.get(SESSION);
    const { headers, statusCode } = await browser.portal('/sign-out', 'POST');
    expect(statusCode).toBe(303);
    const url = String(headers.location);
    expect(url).toContain(`${stub.issuer}/connect/endSession?id_token_hint=`);
    expect(url).not.toContain(LUKASZ.insz);
    expect(Buffer.from(url.split('.')[1] ?? '', 'base64url').toString()).not.toContain(LUKASZ.insz);
    expect(String(headers['content-security-policy'])).toContain(`form-action 'self' ${new URL(stub.issuer).origin}`);
    expect(await browser.leave(url)).toBe(`${ORIGIN}/signed-out`);
    const again = await portal.app.inject({ url: '/relations', headers: { cookie: `${SESSION}=${old}` } });
    expect(again.statusCode).toBe(303);
  });

  it('of who signed in otherwise stays here', async () => {
    const browser = browse();
    browser.cookies.set(SESSION, (await portal.signInAs(LUKASZ.insz)).split('=')[1] ?? '');
    expect((await browser.portal('/sign-out', 'POST')).headers.location).toBe('/signed-out');
  });
});

describe('CSAM that is away', () => {
  it('is said in words at once, with the other ways', async () => {
    const away = await openTestApp();
    const before = performance.now();
    const answer = await csamBrowser(away).portal('/sign-in/csam?return=%2Foverviews');
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain('CSAM, de aanmelddienst van de overheid, antwoordt nu niet');
    expect(answer.body).toContain('data-return="/overviews"');
    await away.close();
  });
});
