import { env } from 'node:process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORIGIN, OWN, type TestApp } from '../app.ts';
import { cardOf, type Issued, tokenOf } from '../pki.ts';
import { change, forged } from './der.ts';
import { behindProxy, bySecret, PROXY } from './mtls.fixture.ts';

/** How many of each; `FUZZ=10000` for the long run. The seed is fixed: what fails once fails again. */
const RUNS = Number(env.FUZZ ?? 150);
const LONG = 30_000 + RUNS * 60;
const SETTINGS = { numRuns: RUNS, seed: 20261123 };

let portal: TestApp;
let ca: Issued;
let card: Issued;

beforeAll(async () => {
  ({ portal, ca, card } = await behindProxy());
});
afterAll(() => portal.close());

let visitors = 0;
/** Everybody from an address of his own: a flood from one is another test. */
const address = () => `192.${168 + (++visitors % 80)}.${(visitors >> 8) % 256}.${visitors % 256}`;

async function challenge() {
  const given = await portal.app.inject({ url: '/sign-in/eid/challenge', remoteAddress: address() });
  return { nonce: given.json().nonce as string, cookie: `${given.cookies[0]?.name}=${given.cookies[0]?.value}` };
}

const hasSession = (answer: { cookies: { name: string }[] }) =>
  answer.cookies.some(({ name }) => name === 'interim-session');

describe('whatever is sent', () => {
  const field = fc.constantFrom('unverifiedCertificate', 'algorithm', 'signature', 'format');
  const bytes = fc.constantFrom('unverifiedCertificate' as const, 'signature' as const);
  /** Makes something else of a right token. */
  const spoil: fc.Arbitrary<(token: Record<string, unknown>) => unknown> = fc.oneof(
    fc.tuple(field, fc.jsonValue()).map(([name, value]) => (token: object) => ({ ...token, [name]: value })),
    field.map((name) => (token: object) => ({ ...token, [name]: undefined })),
    fc
      .tuple(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }))
      .map(([name, where, flip]) => (token: Record<string, unknown>) => {
        const wrong = Buffer.from(String(token[name]), 'base64');
        wrong[where % wrong.length] = (wrong[where % wrong.length] ?? 0) ^ flip;
        return { ...token, [name]: wrong.toString('base64') };
      }),
    fc.tuple(bytes, fc.nat({ max: 60 })).map(([name, length]) => (token: Record<string, unknown>) => ({
      ...token,
      [name]: String(token[name]).slice(0, length),
    })),
    fc.jsonValue().map((value) => () => value),
  );

  it(`as a token is refused with the one answer, ${RUNS} times`, { timeout: LONG }, async () => {
    await fc.assert(
      fc.asyncProperty(spoil, async (spoiled) => {
        const { nonce, cookie } = await challenge();
        const right = tokenOf(card, { nonce, origin: ORIGIN });
        const payload = JSON.stringify({ authToken: spoiled({ ...right }) });
        const headers = { ...OWN, cookie, 'content-type': 'application/json' };
        const asking = { method: 'POST', url: '/sign-in/eid', headers, payload, remoteAddress: address() } as const;
        const answer = await portal.app.inject(asking);
        // JSON that would change a prototype is no JSON to the door
        if (answer.statusCode !== 400)
          expect([answer.statusCode, answer.json()]).toEqual([401, { error: 'sign-in-failed' }]);
        expect(hasSession(answer)).toBe(false);
      }),
      SETTINGS,
    );
  });

  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  const show = (der: Buffer) =>
    portal.app.inject({
      url: '/sign-in/mtls',
      headers: { ...bySecret, 'client-cert': `:${der.toString('base64')}:`, 'x-forwarded-for': address() },
      remoteAddress: PROXY,
    });

  it(`as a certificate that no authority signed is refused, ${RUNS} times`, { timeout: LONG }, async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (how) => {
        const der = forged(card, how, null);
        fc.pre(!der.equals(card.der));
        const answer = await show(der);
        expect([answer.statusCode, hasSession(answer)]).toEqual([401, false]);
      }),
      SETTINGS,
    );
  });

  it(`as a certificate that the authority signed is judged and no fault of ours, ${RUNS} times`, {
    timeout: LONG,
  }, async () => {
    const verdicts = { in: 0, out: 0 };
    await fc.assert(
      fc.asyncProperty(changes, async (how) => {
        const { statusCode } = await show(forged(card, how, ca));
        expect([303, 401]).toContain(statusCode);
        verdicts[statusCode === 303 ? 'in' : 'out']++;
      }),
      SETTINGS,
    );
    // the changes reach the rules: some leave the certificate a right one, most do not
    expect(verdicts.in).toBeGreaterThan(0);
    expect(verdicts.out).toBeGreaterThan(verdicts.in);
  });

  it('and the right ones do sign in', async () => {
    const { nonce, cookie } = await challenge();
    const payload = { authToken: tokenOf(card, { nonce, origin: ORIGIN }) };
    const answer = await portal.app.inject({
      method: 'POST',
      url: '/sign-in/eid',
      headers: { ...OWN, cookie },
      payload,
    });
    expect([answer.statusCode, hasSession(answer)]).toEqual([200, true]);
    expect(hasSession(await show((await cardOf(ca)).der))).toBe(true);
    expect(hasSession(await show(forged(card, [], ca)))).toBe(true);
  });
});
