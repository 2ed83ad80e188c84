import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AuthorityWish,
  authority,
  CLIENT_AUTH,
  cardOf,
  certify,
  type Issued,
  KEY_USE,
  strangeExtension,
  tokenOf,
} from '../pki.ts';
import { verdict } from './web-eid.fixture.ts';

let root: Issued;

beforeAll(async () => {
  root = await authority({ commonName: 'Root CA', pathLength: 1 });
});

/** The verdict on a good card below a Citizen CA made as wished, with these certificates in the folder. */
async function below(wish: AuthorityWish, folder: (ca: Issued) => Issued[] = (ca) => [ca]): Promise<string> {
  const ca = await authority({ issuer: root, pathLength: 0, ...wish });
  return verdict(tokenOf(await cardOf(ca)), folder(ca));
}

describe('a card is trusted', () => {
  it('below a Citizen CA in the folder, with or without its root', async () => {
    expect(await below({})).toBe('accepted');
    expect(await below({}, (ca) => [root, ca])).toBe('accepted');
    expect(await below({}, (ca) => [ca, root])).toBe('accepted');
  });
  it('below a self-signed CA without stated key use, as openssl makes them', async () => {
    const ca = await authority({ keyUsage: null });
    expect(await verdict(tokenOf(await cardOf(ca)), [ca])).toBe('accepted');
  });
  it('below an RSA authority', async () => {
    const ca = await authority({ kind: 'RSA' });
    expect(await verdict(tokenOf(await cardOf(ca)), [ca])).toBe('accepted');
  });
  it('whatever else is in the folder, expired ones too', async () => {
    const unrelated = await authority({ commonName: 'Old CA', until: '2021-01-01T00:00:00Z' });
    const namesake = await authority();
    expect(await below({}, (ca) => [unrelated, namesake, ca, root])).toBe('accepted');
  });
  it('when one of two certificates of the same CA is still good', async () => {
    const renewed = await authority({ issuer: root });
    const old = await certify({
      name: renewed.name,
      keys: renewed.keys,
      issuer: root,
      until: '2021-01-01T00:00:00Z',
      extensions: [],
    });
    expect(await verdict(tokenOf(await cardOf(renewed)), [old, renewed, root])).toBe('accepted');
  });
});

describe('a card is not trusted', () => {
  it('below a CA that is not in the folder', async () => {
    expect(await below({}, () => [])).toBe('notTrusted');
    expect(await below({}, () => [root])).toBe('notTrusted');
  });
  it('below a CA that only bears a trusted name', async () => {
    const honest = await authority();
    expect(await verdict(tokenOf(await cardOf(await authority())), [honest])).toBe('notTrusted');
  });
  it('below another card', async () => {
    const ca = await authority();
    const thief = await cardOf(ca);
    expect(await verdict(tokenOf(await cardOf(thief)), [ca])).toBe('notTrusted');
    expect(await verdict(tokenOf(await cardOf(thief)), [ca, thief])).toBe('notTrusted');
  });
  it('when it vouches for itself, even from within the folder', async () => {
    const ca = await authority();
    const card = await cardOf(ca);
    expect(await verdict(tokenOf(card), [card])).toBe('notTrusted');
    const selfSigned = await cardOf({ ...card, keys: card.keys }, { subject: card.name });
    expect(await verdict(tokenOf(selfSigned), [selfSigned])).toBe('notTrusted');
  });
  it('when it is a CA itself', async () => {
    const ca = await authority({ keyUsage: KEY_USE.digitalSignature | KEY_USE.keyCertSign });
    expect(await verdict(tokenOf(ca), [ca])).toBe('purposeWrong');
  });
  it.each<[string, AuthorityWish]>([
    ['is no CA', { ca: false, pathLength: undefined as never }],
    ['may not sign certificates', { keyUsage: KEY_USE.crlSign }],
    ['is for something else', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] }],
    ['has a critical extension nobody understands', { extra: [strangeExtension(true)] }],
  ])('when its issuer %s', async (_, wish) => {
    expect(await below(wish)).toBe('notTrusted');
  });
  it('unless its issuer is also for client authentication', async () => {
    expect(await below({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', CLIENT_AUTH] })).toBe('accepted');
  });
  it('when there are more CAs on the way than the root allows', async () => {
    const middle = await authority({ commonName: 'Middle CA', issuer: root });
    const ca = await authority({ issuer: middle });
    const token = tokenOf(await cardOf(ca));
    expect(await verdict(token, [root, middle, ca])).toBe('notTrusted');
    expect(await verdict(token, [middle, ca])).toBe('accepted');
  });
  it('when a signature on the way rests on SHA-1', async () => {
    const top = await authority({ commonName: 'Top CA' });
    const ca = await authority({ issuer: top, signedWith: 'SHA-1' });
    const token = tokenOf(await cardOf(ca));
    expect(await verdict(token, [top, ca])).toBe('notTrusted');
    // Trusted by the operator's own hand: nobody reads the signature on it.
    expect(await verdict(token, [ca])).toBe('accepted');
    expect(await verdict(tokenOf(await cardOf(top, { signedWith: 'SHA-1' })), [top])).toBe('notTrusted');
  });
});

describe('the dates of the authorities', () => {
  it('count for the issuer', async () => {
    expect(await below({ until: '2026-11-23T08:59:59Z' })).toBe('caExpired');
    expect(await below({ from: '2026-11-23T09:00:01Z' })).toBe('caNotYetValid');
  });
  it('count for the root above it when that is in the folder', async () => {
    const old = await authority({ commonName: 'Root CA', until: '2026-01-01T00:00:00Z' });
    const coming = await authority({ commonName: 'Root CA', from: '2027-01-01T00:00:00Z' });
    expect(await below({ issuer: old }, (ca) => [ca, old])).toBe('caExpired');
    expect(await below({ issuer: coming }, (ca) => [ca, coming])).toBe('caNotYetValid');
  });
});
