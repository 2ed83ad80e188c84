import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EidCardStub, startEidCardStub } from '../../src/stubs/eid-card.server.ts';
import { signWithCard } from '../../src/stubs/eid-card.ts';
import type { Told } from '../../src/stubs/eid-register.ts';
import { DEMO_PEOPLE } from '../../src/stubs/people.ts';
import { ORIGIN, OWN, openTestApp, type TestApp } from '../app.ts';
import { tempFolder } from '../pki.ts';

/** The demo's own cards and responder, and a portal that asks. */

const NOW = '2026-11-23T09:00:00Z';
const [person] = DEMO_PEOPLE as [(typeof DEMO_PEOPLE)[number]];

let stub: EidCardStub;
let portal: TestApp;

beforeAll(async () => {
  const clock = { now: () => NOW };
  const dir = tempFolder('interim-eid-');
  stub = await startEidCardStub({ port: 0, host: '127.0.0.1', portalOrigin: ORIGIN, people: DEMO_PEOPLE, dir, clock });
  portal = await openTestApp({ at: NOW, trust: [stub.anchorsDir], environment: { EID_OCSP: 'on' } });
  await signIn();
});
afterEach(() => stub.register.set(person.insz, 'good'));
afterAll(async () => {
  await portal.close();
  await stub.close();
});

async function signIn() {
  const given = await portal.app.inject({ url: '/sign-in/eid/challenge' });
  const [cookie] = given.cookies;
  const { insz, pin } = person;
  const authToken = await signWithCard(stub.cards, { insz, pin, nonce: given.json().nonce, origin: ORIGIN });
  const headers = { ...OWN, cookie: `${cookie?.name}=${cookie?.value}` };
  return portal.app.inject({ method: 'POST', url: '/sign-in/eid', headers, payload: { authToken } });
}

describe('signing in while revocation is asked', () => {
  it('works with a card that stands well', async () => {
    expect((await signIn()).statusCode).toBe(200);
  });

  it.each<[Told, boolean]>([
    ['revoked', false],
    ['unknown', false],
    ['failing', true],
  ])(
    'is refused when the responder says %s, and told to try again only where it could not say',
    async (told, again) => {
      stub.register.set(person.insz, told);
      const answer = await signIn();
      expect([answer.statusCode, answer.json(), answer.headers['retry-after'] !== undefined]).toEqual([
        401,
        { error: 'sign-in-failed' },
        again,
      ]);
      expect(answer.cookies.filter(({ name }) => name === 'interim-session')).toEqual([]);
    },
  );

  it('is refused with a card that was replaced', async () => {
    const nonce = async () => {
      const given = await portal.app.inject({ url: '/sign-in/eid/challenge' });
      return { nonce: given.json().nonce as string, cookie: `${given.cookies[0]?.name}=${given.cookies[0]?.value}` };
    };
    const { insz, pin } = person;
    const before = await nonce();
    const old = await signWithCard(stub.cards, { insz, pin, nonce: before.nonce, origin: ORIGIN });
    stub.cards.replace(insz);
    expect((await signIn()).statusCode).toBe(200);
    const headers = { ...OWN, cookie: before.cookie };
    const answer = await portal.app.inject({
      method: 'POST',
      url: '/sign-in/eid',
      headers,
      payload: { authToken: old },
    });
    expect(answer.statusCode).toBe(401);
  });
});
