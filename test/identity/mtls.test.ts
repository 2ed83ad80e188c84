import 'reflect-metadata';
import { AuthorityInfoAccessExtension } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { authority, type CardWish, cardOf, INSZ, type Issued, strangeExtension } from '../pki.ts';
import { type Asking, behindProxy, bySecret, ENVIRONMENT, shown, visit } from './mtls.fixture.ts';
import { headersFor, MTLS_SECRET } from './mtls.proxy.ts';

let ca: Issued;
let card: Issued;
let folder: string;
let one: TestApp;

beforeAll(async () => {
  ({ portal: one, ca, card, folder } = await behindProxy());
});
afterAll(() => one.close());

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
    const asking = await openTestApp({ trust: [folder], environment: { ...ENVIRONMENT, EID_OCSP: 'on' } });
    const nobody = new AuthorityInfoAccessExtension({ ocsp: 'http://127.0.0.1:9/ocsp' });
    const unasked = await cardOf(ca, { extra: [nobody] });
    const answer = await visit(asking, '/sign-in/mtls', { headers: shown(unasked) });
    await asking.close();
    expect([answer.status, answer.session]).toEqual([401, null]);
    expect(answer.body).toContain('we konden niet nakijken of je kaart nog geldig is');
  });
});
