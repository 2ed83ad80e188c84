import { beforeAll, describe, expect, it } from 'vitest';
import { authority, type CardWish, cardOf, INSZ, type Issued, NONCE, ORIGIN, type Token, tokenOf } from '../pki.ts';
import { identify, verdict } from './web-eid.fixture.ts';

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
      evidence: { certificate: expect.stringMatching(/^[0-9a-f]{64}$/) },
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
