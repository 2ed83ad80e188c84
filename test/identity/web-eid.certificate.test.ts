import { beforeAll, describe, expect, it } from 'vitest';
import {
  authority,
  type CardWish,
  CITIZEN_POLICY,
  CLIENT_AUTH,
  cardOf,
  INSZ,
  type Issued,
  KEY_USE,
  strangeExtension,
  subjectOf,
  type Token,
  tokenOf,
} from '../pki.ts';
import { AT, identify, verdict } from './web-eid.fixture.ts';

let ca: Issued;
let card: Issued;
let token: Token;

beforeAll(async () => {
  ca = await authority();
  card = await cardOf(ca);
  token = tokenOf(card);
});

const verdictOnCard = async (wish: CardWish) => verdict(tokenOf(await cardOf(ca, wish)), [ca]);

describe('the purpose of the certificate', () => {
  it('must be stated', async () => {
    expect(await verdictOnCard({ keyUsage: null })).toBe('purposeMissing');
  });
  it('is not signing documents', async () => {
    const wish = { keyUsage: KEY_USE.nonRepudiation, extendedKeyUsage: null, policies: ['2.16.56.12.1.1.2.1'] };
    expect(await verdictOnCard(wish)).toBe('purposeWrong');
  });
  it('is client authentication when it names extended uses', async () => {
    expect(await verdictOnCard({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'] })).toBe('purposeWrong');
    expect(await verdictOnCard({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', CLIENT_AUTH] })).toBe('accepted');
  });
  it('may not depend on a critical extension nobody understands', async () => {
    expect(await verdictOnCard({ extra: [strangeExtension(true)] })).toBe('purposeWrong');
    expect(await verdictOnCard({ extra: [strangeExtension(false)] })).toBe('accepted');
  });
});

describe('the policy of the certificate', () => {
  it.each([[[]], [['2.16.56.12.1.1.2.1']], [['2.5.29.32.0']], [['1.3.6.1.4.1.10015.1.3']]])(
    '%j is refused',
    async (policies) => {
      expect(await verdictOnCard({ policies })).toBe('policy');
    },
  );
  it('may be another one where the operator says so', async () => {
    const other = tokenOf(await cardOf(ca, { policies: ['1.2.3'] }));
    expect(await verdict(other, [ca], { policies: ['1.2.3'] })).toBe('accepted');
    expect(await verdict(token, [ca], { policies: ['1.2.3'] })).toBe('policy');
    expect(await verdict(token, [ca], { policies: ['1.2.3', CITIZEN_POLICY] })).toBe('accepted');
  });
});

describe('the dates of the certificate', () => {
  it.each(['P-384', 'RSA'] as const)('an expired %s card is refused', async (kind) => {
    expect(await verdictOnCard({ kind, until: '2026-11-23T08:59:59Z' })).toBe('expired');
  });
  it('a card that is not valid yet is refused', async () => {
    expect(await verdictOnCard({ from: '2026-11-23T09:00:01Z' })).toBe('notYetValid');
  });
});

describe('the person', () => {
  const person = async (who: Parameters<typeof subjectOf>[0]) =>
    identify(tokenOf(await cardOf(ca, { subject: subjectOf(who) })), [ca]);
  it('may have no given name', async () => {
    expect(await person({ insz: INSZ, familyName: 'Sari' })).toMatchObject({ givenName: null, familyName: 'Sari' });
  });
  it.each([
    ['Łukasz François', 'Dvořák-Çelik'],
    ['Ναταλία', 'Şahin'],
  ])('keeps the letters of %s %s', async (givenName, familyName) => {
    expect(await person({ insz: INSZ, givenName, familyName })).toMatchObject({ givenName, familyName });
  });
  it.each(['85471500150', '85271500136'])('may be a foreigner with a BIS number, %s', async (base) => {
    const number = `${base.slice(0, 9)}${String(97 - (Number(base.slice(0, 9)) % 97)).padStart(2, '0')}`;
    const foreigner = { insz: number, familyName: 'Munteanu' };
    const card = await cardOf(ca, { subject: subjectOf(foreigner), policies: ['2.16.56.12.1.1.7.2'] });
    expect(await identify(tokenOf(card), [ca])).toMatchObject(foreigner);
  });
  it('has one spelling for the same letters', async () => {
    expect(await person({ insz: INSZ, familyName: 'Rene\u0301' })).toMatchObject({ familyName: 'René' });
  });
  it('is read from other kinds of text too', async () => {
    const subject = [
      { '2.5.4.4': [{ bmpString: 'Łoś' }] },
      { '2.5.4.42': [{ printableString: 'Jan' }] },
      { '2.5.4.5': [{ utf8String: INSZ }] },
    ];
    expect(await identify(tokenOf(await cardOf(ca, { subject })), [ca])).toMatchObject({
      insz: INSZ,
      givenName: 'Jan',
      familyName: 'Łoś',
    });
  });
  it.each(['85073003329', '8507300332', 'PNOBE-85073003328', '850730-033.28', ''])(
    '%s is no national number',
    async (insz) => {
      expect(await person({ insz, familyName: 'Peeters' })).toEqual({ fault: 'identity' });
    },
  );
  it('is refused without a number, without a family name, and when there are two', async () => {
    const twice = [
      ...subjectOf({ insz: INSZ, familyName: 'Peeters' }),
      { '2.5.4.5': [{ printableString: '94022722580' }] },
    ];
    expect(await person({ familyName: 'Peeters' })).toEqual({ fault: 'identity' });
    expect(await person({ insz: INSZ })).toEqual({ fault: 'identity' });
    expect(await person({ insz: INSZ, familyName: '   ' })).toEqual({ fault: 'identity' });
    expect(await person({ insz: INSZ, familyName: 'Pee\nters' })).toEqual({ fault: 'identity' });
    expect(await identify(tokenOf(await cardOf(ca, { subject: twice })), [ca])).toEqual({ fault: 'identity' });
  });
});

describe('revocation', () => {
  it.each(['revoked', 'revocationUnknown'] as const)('%s refuses', async (standing) => {
    expect(await verdict(token, [ca], { revocation: async () => standing })).toBe(standing);
  });
  it('is asked of the issuer, at the moment of signing in, and only for a trusted card', async () => {
    const asked: unknown[] = [];
    const revocation = async (...question: unknown[]) => {
      asked.push(question);
      return 'good' as const;
    };
    expect(await verdict(token, [ca], { revocation })).toBe('accepted');
    expect(await verdict(token, [await authority({ commonName: 'Other CA' })], { revocation })).toBe('notTrusted');
    expect(asked).toEqual([
      [
        expect.objectContaining({ x509: expect.objectContaining({ subject: expect.stringContaining('Peeters') }) }),
        [expect.objectContaining({ isCa: true })],
        AT,
      ],
    ]);
  });
});
