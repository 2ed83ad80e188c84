import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORIGIN, type TestApp } from '../app.ts';
import type { Issued } from '../pki.ts';
import { behindProxy, bySecret, shown, visit } from './mtls.fixture.ts';
import { headersFor } from './mtls.proxy.ts';

let card: Issued;
let portal: TestApp;

beforeAll(async () => {
  ({ portal, card } = await behindProxy({ MTLS_URL: 'https://card.interim.example' }));
});
afterAll(() => portal.close());

describe('a proxy on a host name of its own', () => {
  const begin = async () => {
    const answer = await visit(portal, '/sign-in/mtls?return=/relations', { from: '192.0.2.7' });
    return { cookie: answer.challenge ?? '', state: new URL(answer.to ?? '').searchParams.get('state') ?? '' };
  };
  const shownThere = (state: string, headers = shown(card)) =>
    visit(portal, `/sign-in/mtls?state=${encodeURIComponent(state)}`, { headers });
  const arrive = (to: string | undefined, cookie: string) => visit(portal, (to ?? '').slice(ORIGIN.length), { cookie });

  it('is where he is led, and from where he comes back with a code', async () => {
    const { cookie, state } = await begin();
    const there = await shownThere(state);
    expect([there.status, there.session]).toEqual([303, null]);
    expect(there.to).toMatch(/^http:\/\/localhost:3999\/sign-in\/mtls\/arrival\?code=[\w-]{43}$/);
    const back = await arrive(there.to, cookie);
    expect([back.status, back.to]).toEqual([303, '/relations']);
    expect((await visit(portal, '/relations', { cookie: `interim-session=${back.session}` })).status).toBe(200);
  });

  it('gives a code that is good once, soon, and in the browser that began', async () => {
    const mine = await begin();
    const there = await shownThere(mine.state);
    const theirs = await begin();
    expect(await arrive(there.to, theirs.cookie)).toMatchObject({ status: 401, session: null });
    expect(await arrive(there.to, mine.cookie)).toMatchObject({ status: 401, session: null });
    const late = await begin();
    const code = (await shownThere(late.state)).to;
    await portal.db.query(`update sign_in_challenges set expires_at = now() - interval '1 second'`);
    expect(await arrive(code, late.cookie)).toMatchObject({ status: 401, session: null });
    const { cookie, state } = await begin();
    const to = (await shownThere(state)).to;
    expect((await arrive(to, cookie)).session).not.toBe(null);
    expect(await arrive(to, cookie)).toMatchObject({ status: 401, session: null });
    expect(await arrive(`${ORIGIN}/sign-in/mtls/arrival?code=AAAA`, (await begin()).cookie)).toMatchObject({
      status: 401,
    });
  });

  it('sends him to the main host when he began there himself, or was refused', async () => {
    expect((await visit(portal, '/sign-in/mtls', { headers: shown(card) })).to).toBe(`${ORIGIN}/sign-in/mtls`);
    const { state } = await begin();
    const refused = await shownThere(state, { ...bySecret, ...headersFor('nginx', null) });
    expect(refused.to).toBe(`${ORIGIN}/sign-in?failed=no`);
    const page = await visit(portal, '/sign-in?failed=no');
    expect(page.body).toContain('Aanmelden is niet gelukt.');
  });

  it('is offered on the sign-in page', async () => {
    const page = await visit(portal, '/sign-in?return=%2Frelations');
    expect(page.body).toContain('href="/sign-in/mtls?return=%2Frelations"');
  });
});
