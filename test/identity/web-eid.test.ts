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
  NONCE,
  ORIGIN,
  strangeExtension,
  subjectOf,
  type Token,
  tokenOf,
} from '../pki.ts';
import { AT, identify, verdict } from './web-eid.fixture.ts';

let ca: Issued;
let card: Issued;
let rsaCard: Issued;
let token: Token;

beforeAll(async () => {
  ca = await authority();
  card = await cardOf(ca);
  rsaCard = await cardOf(ca, { kind: 'RSA' });
  token = tokenOf(card);
});

const verdictOnCard = async (wish: CardWish) => verdict(tokenOf(await cardOf(ca, wish)), [ca]);

describe('a right token', () => {
  it('of a P-384 card says who holds it, from the certificate alone', async () => {
    expect(await identify(token, [ca])).toEqual({
      insz: INSZ,
      givenName: 'Amélie',
      familyName: 'Peeters',
      method: 'eid',
      assurance: 500,
      certificateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])(
    'of an RSA card with %s passes',
    async (algorithm) => {
      expect(await verdict(tokenOf(rsaCard, { algorithm }), [ca])).toBe('accepted');
    },
  );
  it.each(['P-256', 'P-384', 'P-521'] as const)('of a %s key passes', async (kind) => {
    expect(await verdictOnCard({ kind })).toBe('accepted');
  });
  it.each(['1', '9', '10', '12'])('of a foreigner (Root CA generation %s) passes', async (arc) => {
    expect(await verdictOnCard({ policies: [`2.16.56.${arc}.1.1.7.2`] })).toBe('accepted');
  });
  it('may carry fields we do not know, and a later minor format', async () => {
    expect(await verdict({ ...token, format: 'web-eid:1.1', supportedSignatureAlgorithms: [] }, [ca])).toBe('accepted');
  });
  it('passes without an extended key use, as on older cards', async () => {
    expect(await verdictOnCard({ extendedKeyUsage: null })).toBe('accepted');
  });
  it('passes at the first and at the last second of its certificate', async () => {
    const narrow = tokenOf(await cardOf(ca, { from: '2026-01-01T00:00:00Z', until: '2026-12-31T23:59:59Z' }));
    for (const at of ['2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z']) {
      expect(await verdict(narrow, [ca], { at: Temporal.Instant.from(at) })).toBe('accepted');
    }
  });
});

describe('the shape of a token', () => {
  it.each([null, undefined, '', 'web-eid:1.0', 42, [], {}, { format: 'web-eid:1.0' }])(
    '%j is no token',
    async (junk) => {
      expect(await verdict(junk, [ca])).toBe('parse');
    },
  );
  it('is refused when too long', async () => {
    expect(await verdict({ ...token, filler: 'x'.repeat(10_000) }, [ca])).toBe('parse');
  });
  it('is refused when it is no JSON value at all', async () => {
    const circle: Record<string, unknown> = { ...token };
    circle.self = circle;
    expect(await verdict(circle, [ca])).toBe('parse');
    expect(await verdict({ ...token, size: 1n }, [ca])).toBe('parse');
  });
  it.each([undefined, '', 'web-eid:2.0', 'web-eid:0.9', 'web-eid:10', 'eid:1.0', 1])(
    'format %j is unknown',
    async (format) => {
      expect(await verdict({ ...token, format }, [ca])).toBe('parse');
    },
  );
  it.each([undefined, '', 'none', 'NONE', 'HS256', 'ES385', 'es384', 384, ['ES384']])(
    'algorithm %j is unsupported',
    async (algorithm) => {
      expect(await verdict({ ...token, algorithm }, [ca])).toBe('unsupportedAlgorithm');
    },
  );
  it('names an algorithm that fits the key', async () => {
    expect(await verdict({ ...token, algorithm: 'RS256' }, [ca])).toBe('unsupportedAlgorithm');
    expect(await verdict({ ...tokenOf(rsaCard), algorithm: 'ES256' }, [ca])).toBe('unsupportedAlgorithm');
    expect(await verdictOnCard({ kind: 'RSA-1024' })).toBe('unsupportedAlgorithm');
  });
  it.each([undefined, '', [], 7, {}, '€€€', 'bm90IGEgY2VydGlmaWNhdGU='])(
    'certificate %j cannot be decoded',
    async (unverifiedCertificate) => {
      expect(await verdict({ ...token, unverifiedCertificate }, [ca])).toBe('certificateDecoding');
    },
  );
  it('takes the certificate only as the one DER it is', async () => {
    const others = [Buffer.concat([card.der, Buffer.of(0)]), Buffer.from(card.pem), card.der.subarray(0, -1)];
    for (const other of others) {
      const wrong = { ...token, unverifiedCertificate: other.toString('base64') };
      expect(await verdict(wrong, [ca])).toBe('certificateDecoding');
    }
  });
  it.each([undefined, '', 7, 'no base64!'])('signature %j is none', async (signature) => {
    expect(await verdict({ ...token, signature }, [ca])).toBe('parse');
  });
});

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

describe('the signature', () => {
  it('was made for this nonce and this origin', async () => {
    const otherNonce = Buffer.alloc(32, 8).toString('base64');
    expect(await verdict(token, [ca], { nonce: otherNonce })).toBe('signature');
    expect(await verdict(token, [ca], { origin: 'https://interim.example:8443' })).toBe('signature');
    expect(await verdict(tokenOf(card, { origin: NONCE, nonce: ORIGIN }), [ca])).toBe('signature');
  });
  it('was made by the key of this certificate', async () => {
    const other = await cardOf(ca);
    expect(await verdict({ ...token, unverifiedCertificate: other.der.toString('base64') }, [ca])).toBe('signature');
  });
  it('is whole, and raw rather than DER', async () => {
    const raw = Buffer.from(String(token.signature), 'base64');
    const changed = Buffer.from(raw);
    changed[40] = (changed[40] ?? 0) ^ 1;
    const wrong = [changed, raw.subarray(1), Buffer.concat([raw, Buffer.of(0)]), Buffer.alloc(96), Buffer.alloc(1)];
    for (const bytes of wrong) {
      expect(await verdict({ ...token, signature: bytes.toString('base64') }, [ca])).toBe('signature');
    }
  });
  it('names the algorithm it was made with', async () => {
    expect(await verdict({ ...token, algorithm: 'ES256' }, [ca])).toBe('signature');
    expect(await verdict({ ...tokenOf(rsaCard), algorithm: 'PS256' }, [ca])).toBe('signature');
  });
});

describe('the origin', () => {
  const onHttp = (origin: string, allowHttpLoopback: boolean) =>
    verdict(tokenOf(card, { origin }), [ca], { origin, allowHttpLoopback });
  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    '%s counts in the demo only',
    async (origin) => {
      expect(await onHttp(origin, true)).toBe('accepted');
      expect(await onHttp(origin, false)).toBe('origin');
    },
  );
  it.each([
    'http://interim.example',
    'http://localhost.example',
    'https://interim.example/',
    'wss://interim.example',
    'interim.example',
    '',
  ])('%s never counts', async (origin) => {
    expect(await onHttp(origin, true)).toBe('origin');
  });
  it('goes with a challenge that is one', async () => {
    for (const nonce of ['', 'short', 'A'.repeat(129), `${NONCE.slice(0, -2)} =`]) {
      expect(await verdict(tokenOf(card, { nonce }), [ca], { nonce })).toBe('nonce');
    }
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
        expect.objectContaining({ isCa: true }),
        AT,
      ],
    ]);
  });
});
