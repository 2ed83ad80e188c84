import { mkdtempSync, writeFileSync } from 'node:fs';
import { type Agent, request as askTls, Agent as HttpsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORIGIN, openTestApp, type TestApp } from '../app.ts';
import { authority, type CardWish, cardOf, INSZ, type Issued, strangeExtension } from '../pki.ts';
import { type Form, headersFor, keyPem, MTLS_SECRET, tlsProxy } from './mtls.proxy.ts';

const ELSEWHERE = 'https://card.interim.example';
const PROXY = '10.1.2.3';

let ca: Issued;
let card: Issued;
let folder: string;
let one: TestApp;
let two: TestApp;

const environment = { SIGN_IN: 'eid,mtls', MTLS_SECRET, TRUST_PROXY: '127.0.0.1,10.0.0.0/8' };

beforeAll(async () => {
  ca = await authority();
  card = await cardOf(ca);
  folder = mkdtempSync(path.join(os.tmpdir(), 'interim-trust-'));
  writeFileSync(path.join(folder, 'ca.pem'), ca.pem);
  one = await openTestApp({ trust: [folder], environment });
  two = await openTestApp({ trust: [folder], environment: { ...environment, MTLS_URL: ELSEWHERE } });
});
afterAll(() => Promise.all([one.close(), two.close()]));

interface Asking {
  headers?: Record<string, string | string[]>;
  cookie?: string;
  from?: string;
}

async function visit(portal: TestApp, url: string, { headers = {}, cookie, from = PROXY }: Asking = {}) {
  const answer = await portal.app.inject({
    url,
    headers: { ...headers, ...(cookie ? { cookie } : {}) },
    remoteAddress: from,
  });
  const kept = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
  return {
    status: answer.statusCode,
    to: answer.headers.location,
    session: kept['interim-session'] ?? null,
    challenge: kept['interim-challenge'] ? `interim-challenge=${kept['interim-challenge']}` : undefined,
    body: answer.body,
  };
}
const bySecret = { 'x-mtls-secret': MTLS_SECRET };
const shown = (of: Issued, form: Form = 'nginx') => ({ ...bySecret, ...headersFor(form, of) });

describe('a proxy that asks for the card’s certificate on the main host', () => {
  it.each(['nginx', 'rfc9440'] as const)('signs in by what it tells as %s', async (form) => {
    const answer = await visit(one, '/sign-in/mtls?return=/relations', { headers: shown(card, form) });
    expect([answer.status, answer.to]).toEqual([303, '/relations']);
    const home = await visit(one, '/relations', { cookie: `interim-session=${answer.session}` });
    expect(home.status).toBe(200);
    const { rows } = await one.db.query(
      `select detail from access_rows where subject_insz = $1 and purpose = 'sign-in'`,
      [INSZ],
    );
    expect(rows[0].detail).toMatchObject({ method: 'mtls', assurance: 500 });
  });

  it('keeps the letters of names', async () => {
    const subject = [
      { '2.5.4.4': [{ utf8String: 'Dvořák' }] },
      { '2.5.4.42': [{ utf8String: 'Anaïs' }] },
      { '2.5.4.5': [{ printableString: INSZ }] },
    ];
    const answer = await visit(one, '/sign-in/mtls', { headers: shown(await cardOf(ca, { subject })) });
    const home = await visit(one, '/', { cookie: `interim-session=${answer.session}` });
    expect(home.body).toContain('Anaïs');
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example'])('never leads away to %j', async (back) => {
    const url = `/sign-in/mtls?return=${encodeURIComponent(back)}`;
    expect((await visit(one, url, { headers: shown(card) })).to).toBe('/');
  });
});

/** No session, the neutral words, nothing else. */
async function expectRefused(asking: Asking, url = '/sign-in/mtls') {
  const answer = await visit(one, url, asking);
  expect([answer.status, answer.session]).toEqual([401, null]);
  expect(answer.body).toContain('Aanmelden is niet gelukt.');
}

describe('whoever is not the proxy is refused', () => {
  const cases: [string, () => Asking][] = [
    ['no proxy at all', () => ({ headers: {} })],
    ['headers of a certificate alone', () => ({ headers: headersFor('nginx', card) })],
    ['another secret', () => ({ headers: { ...shown(card), 'x-mtls-secret': `${MTLS_SECRET}.` } })],
    ['an empty secret', () => ({ headers: { ...shown(card), 'x-mtls-secret': '' } })],
    ['the secret twice', () => ({ headers: { ...shown(card), 'x-mtls-secret': `${MTLS_SECRET}, ${MTLS_SECRET}` } })],
    ['another peer that knows the secret', () => ({ headers: shown(card), from: '192.0.2.7' })],
    [
      'another peer that says it is one',
      () => ({ headers: { ...shown(card), 'x-forwarded-for': '10.1.2.3' }, from: '192.0.2.7' }),
    ],
  ];
  it.each(cases)('%s', async (_, asking) => expectRefused(asking()));
});

describe('what the proxy tells is judged once more', () => {
  const headers: [string, () => Record<string, string>][] = [
    ['no certificate', () => headersFor('nginx', null)],
    ['one that was not verified', () => headersFor('nginx', card, 'FAILED:certificate revoked')],
    ['success twice', () => headersFor('nginx', card, 'SUCCESS, SUCCESS')],
    ['success without a certificate', () => ({ 'x-ssl-client-verify': 'SUCCESS' })],
    ['a certificate without success', () => ({ 'x-ssl-client-cert': encodeURIComponent(card.pem) })],
    ['both forms at once', () => ({ ...headersFor('nginx', card), ...headersFor('rfc9440', card) })],
    ['another form that was not verified', () => ({ ...headersFor('rfc9440', card), 'x-ssl-client-verify': 'NONE' })],
    ['something else', () => ({ 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-cert': 'spoof' })],
    ['an escape that is none', () => ({ 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-cert': '%E0%A4%A' })],
    [
      'two certificates',
      () => ({ 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-cert': encodeURIComponent(card.pem + ca.pem) }),
    ],
    ['bytes that are none', () => ({ 'client-cert': ':AAAA:' })],
    ['no byte sequence', () => ({ 'client-cert': card.der.toString('base64') })],
    ['two byte sequences', () => ({ 'client-cert': `${headersFor('rfc9440', card)['client-cert']}, :AAAA:` })],
  ];
  it.each(headers)('%s', async (_, told) => expectRefused({ headers: { ...bySecret, ...told() } }));

  const cards: [string, CardWish][] = [
    ['for signing documents', { keyUsage: 2, policies: ['2.16.56.12.1.1.2.1'] }],
    ['for web servers', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }],
    ['of another policy', { policies: ['1.2.3'] }],
    ['that ended', { until: '2025-01-01T00:00:00Z' }],
    ['with a weak key', { kind: 'RSA-1024' }],
    ['with wrong check digits', { insz: '85073003329' }],
    ['with a critical extension nobody understands', { extra: [strangeExtension(true)] }],
  ];
  it.each(cards)('a card %s', async (_, wish) => {
    const wrong = await cardOf(ca, wish);
    for (const form of ['nginx', 'rfc9440'] as const) await expectRefused({ headers: shown(wrong, form) });
  });
  it('a card of an authority that is not ours', async () => {
    await expectRefused({ headers: shown(await cardOf(await authority())) });
  });
  it('a card whose revocation cannot be asked, with words that say so', async () => {
    const asking = await openTestApp({ trust: [folder], environment: { ...environment, EID_OCSP: 'on' } });
    const answer = await visit(asking, '/sign-in/mtls', { headers: shown(card) });
    await asking.close();
    expect([answer.status, answer.session]).toEqual([401, null]);
    expect(answer.body).toContain('we konden niet nakijken of je kaart nog geldig is');
  });
});

describe('a proxy on a host name of its own', () => {
  const begin = async () => {
    const answer = await visit(two, '/sign-in/mtls?return=/relations', { from: '192.0.2.7' });
    return { cookie: answer.challenge ?? '', state: new URL(answer.to ?? '').searchParams.get('state') ?? '' };
  };
  const shownThere = (state: string, headers = shown(card)) =>
    visit(two, `/sign-in/mtls?state=${encodeURIComponent(state)}`, { headers });
  const arrive = (to: string | undefined, cookie: string) => visit(two, (to ?? '').slice(ORIGIN.length), { cookie });

  it('is where he is led, and from where he comes back with a code', async () => {
    const { cookie, state } = await begin();
    const there = await shownThere(state);
    expect([there.status, there.session]).toEqual([303, null]);
    expect(there.to).toMatch(/^http:\/\/localhost:3999\/sign-in\/mtls\/arrival\?code=[\w-]{43}$/);
    const back = await arrive(there.to, cookie);
    expect([back.status, back.to]).toEqual([303, '/relations']);
    expect((await visit(two, '/relations', { cookie: `interim-session=${back.session}` })).status).toBe(200);
  });

  it('gives a code that is good once, soon, and in the browser that began', async () => {
    const mine = await begin();
    const there = await shownThere(mine.state);
    const theirs = await begin();
    expect(await arrive(there.to, theirs.cookie)).toMatchObject({ status: 401, session: null });
    expect(await arrive(there.to, mine.cookie)).toMatchObject({ status: 401, session: null });
    const late = await begin();
    const code = (await shownThere(late.state)).to;
    await two.db.query(`update sign_in_challenges set expires_at = now() - interval '1 second'`);
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
    expect((await visit(two, '/sign-in/mtls', { headers: shown(card) })).to).toBe(`${ORIGIN}/sign-in/mtls`);
    const { state } = await begin();
    const refused = await shownThere(state, { ...bySecret, ...headersFor('nginx', null) });
    expect(refused.to).toBe(`${ORIGIN}/sign-in?failed=no`);
    const page = await visit(two, '/sign-in?failed=no');
    expect(page.body).toContain('Aanmelden is niet gelukt.');
  });

  it('is offered on the sign-in page', async () => {
    const page = await visit(two, '/sign-in?return=%2Frelations');
    expect(page.body).toContain('href="/sign-in/mtls?return=%2Frelations"');
  });
});

describe('through a TLS proxy', () => {
  const get = (url: string, agent: Agent, cookie = ''): Promise<{ status: number; to: string; cookies: string[] }> =>
    new Promise((resolve, reject) => {
      const asking = askTls(
        url,
        { agent, headers: { cookie, 'x-ssl-client-verify': 'SUCCESS', ...spoofed() } },
        (answer) => {
          answer.resume();
          const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
          resolve({ status: answer.statusCode ?? 0, to: answer.headers.location ?? '', cookies });
        },
      );
      asking.on('error', reject).end();
    });
  /** What somebody sends along himself: the proxy must drop it. */
  const spoofed = () => ({ 'x-ssl-client-cert': encodeURIComponent(card.pem), 'x-mtls-secret': 'guessed' });

  it.each(['nginx', 'rfc9440'] as const)(
    'the certificate of the handshake counts, and no header of the client (%s)',
    async (form) => {
      await one.app.listen({ host: '127.0.0.1', port: 0 }).catch(() => undefined); // the second form finds it open
      const proxy = await tlsProxy(form, ca, () => (one.app.server.address() as AddressInfo).port);
      const stranger = await authority({ commonName: 'Nobody’s CA' });
      const strangers = await cardOf(stranger);
      const agentFor = (of: Issued | null) =>
        new HttpsAgent({ rejectUnauthorized: false, ...(of ? { cert: of.pem, key: keyPem(of) } : {}) });
      try {
        const good = await get(`${proxy.url}/sign-in/mtls?return=/relations`, agentFor(card));
        expect([good.status, good.to]).toEqual([303, '/relations']);
        expect(good.cookies.some((line) => line.startsWith('interim-session='))).toBe(true);
        for (const wrong of [null, strangers]) {
          const refused = await get(`${proxy.url}/sign-in/mtls`, agentFor(wrong));
          expect([refused.status, refused.cookies]).toEqual([401, []]);
        }
      } finally {
        await proxy.close();
      }
    },
  );
});
