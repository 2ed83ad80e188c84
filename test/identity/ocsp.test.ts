import { createHash } from 'node:crypto';
import { CertID, OCSPResponse, OCSPResponseStatus } from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Extension } from '@peculiar/asn1-x509';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answering, declined, ocspAnswer } from '../../src/stubs/eid-ocsp.ts';
import { authority, CLIENT_AUTH, cardOf, type Issued, KEY_USE, strangeExtension } from '../pki.ts';
import { after, asked, OCSP_SIGNING, responderOf, signerFrom, WINDOW } from './ocsp.fixture.ts';

let root: Issued;
let ca: Issued;
let card: Issued;
let responder: Issued;
let about: ReturnType<typeof asked>;

beforeAll(async () => {
  root = await authority({ commonName: 'Root CA' });
  ca = await authority({ issuer: root });
  card = await cardOf(ca);
  responder = await responderOf(ca);
  about = asked(card, [ca, root], responder);
});

const single = (change: Partial<Answering['singles'][number]>): Partial<Answering> => ({
  singles: about.right.singles.map((one) => ({ ...one, ...change })),
});
const by = async (signer: Issued, certificates?: Issued[]) =>
  about.verdict({
    signer: signerFrom(signer),
    ...(certificates ? { certificates: certificates.map(({ der }) => der) } : {}),
  });

describe('a right answer', () => {
  it('by a delegate of the issuer counts', () => {
    expect(about.verdict()).toBe('good');
  });
  it('by the issuer itself counts, with its certificate or without', async () => {
    expect(await by(ca)).toBe('good');
    expect(await by(ca, [])).toBe('good');
  });
  it('by a delegate of the authority above the issuer counts', async () => {
    expect(await by(await responderOf(root))).toBe('good');
  });
  it('needs no time of the next one', () => {
    const [{ certId, told, from }] = about.right.singles as [Answering['singles'][number]];
    expect(about.verdict({ singles: [{ certId, told, from }] })).toBe('good');
  });
  it.each(['revoked', 'unknown'] as const)('may say %s', (told) => {
    expect(about.verdict(single({ told }))).toBe(told === 'revoked' ? 'revoked' : 'revocationUnknown');
  });
});

describe('what is no answer to the question', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['words', Buffer.from('<html>good</html>')],
  ])('%s', (_, body) => {
    expect(about.judge(body)).toBe('ocspBody');
  });
  it('half of one', () => {
    expect(about.judge(ocspAnswer(about.right).subarray(0, 99))).toBe('ocspBody');
  });
  it.each([
    OCSPResponseStatus.malformedRequest,
    OCSPResponseStatus.internalError,
    OCSPResponseStatus.tryLater,
    OCSPResponseStatus.sigRequired,
    OCSPResponseStatus.unauthorized,
  ])('a responder that declines (%s)', (status) => {
    expect(about.judge(declined(status))).toBe('ocspDeclined');
  });
  it('an answer of another kind, or success without one', () => {
    const other = AsnConvert.parse(ocspAnswer(about.right), OCSPResponse);
    if (other.responseBytes) other.responseBytes.responseType = '1.2.3';
    expect(about.judge(Buffer.from(AsnConvert.serialize(other)))).toBe('ocspBody');
    expect(about.judge(declined(OCSPResponseStatus.successful))).toBe('ocspBody');
  });
  it('one with a critical extension nobody understands', () => {
    const strange = new Extension({ extnID: '1.2.3.4', critical: true, extnValue: new OctetString(Buffer.of(5, 0)) });
    expect(about.verdict({ extensions: [...about.right.extensions, strange] })).toBe('ocspBody');
  });
  it('two answers at once, or none', () => {
    expect(about.verdict({ singles: [...about.right.singles, ...about.right.singles] })).toBe('ocspCount');
    expect(about.verdict({ singles: [] })).toBe('ocspCount');
  });
  it('one about another card, another issuer, or by another hash', async () => {
    const stranger = asked(await cardOf(ca), [ca, root], responder).certId;
    const namesake = await authority({ issuer: root });
    const otherIssuer = asked(card, [namesake, root], responder).certId;
    const hash = (bytes: ArrayBuffer) => createHash('sha256').update(Buffer.from(bytes)).digest();
    const bySha256 = new CertID({
      ...about.certId,
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: '2.16.840.1.101.3.4.2.1' }),
      issuerKeyHash: new OctetString(hash(about.certId.issuerKeyHash.buffer)),
    });
    for (const certId of [stranger, otherIssuer, bySha256])
      expect(about.verdict(single({ certId }))).toBe('ocspCertificate');
  });
  it('one with another nonce, without one, or with two', () => {
    const { nonce } = { nonce: about.right.extensions[0] as Extension };
    const other = new Extension({ extnID: nonce.extnID, extnValue: new OctetString(Buffer.alloc(34, 1)) });
    expect(about.verdict({ extensions: [other] })).toBe('ocspNonce');
    expect(about.verdict({ extensions: [] })).toBe('ocspNonce');
    expect(about.verdict({ extensions: [nonce, nonce] })).toBe('ocspNonce');
  });
});

describe('who answers', () => {
  it('must be let do so by the certificate', async () => {
    expect(await by(await responderOf(ca, { uses: null }))).toBe('ocspResponder');
    expect(await by(await responderOf(ca, { uses: [CLIENT_AUTH] }))).toBe('ocspResponder');
    expect(await by(await responderOf(ca, { uses: [CLIENT_AUTH, OCSP_SIGNING] }))).toBe('good');
    expect(await by(await responderOf(ca, { keyUsage: KEY_USE.keyCertSign }))).toBe('ocspResponder');
    expect(await by(await responderOf(ca, { extra: [strangeExtension(true)] }))).toBe('ocspResponder');
  });
  it('is no card of the same authority, not the one asked about either', async () => {
    expect(await by(await cardOf(ca))).toBe('ocspResponder');
    expect(await by(card)).toBe('ocspResponder');
  });
  it('must be within its dates', async () => {
    expect(await by(await responderOf(ca, { until: '2026-11-23T08:59:59Z' }))).toBe('ocspResponder');
    expect(await by(await responderOf(ca, { from: '2026-11-23T09:00:01Z' }))).toBe('ocspResponder');
  });
  it('must come from an authority above the card', async () => {
    const stranger = await authority({ commonName: 'Root CA' });
    expect(await by(await responderOf(stranger))).toBe('ocspResponder');
    expect(await by(stranger)).toBe('ocspResponder');
    expect(await by(await responderOf(await cardOf(ca)))).toBe('ocspResponder');
  });
  it('comes with one certificate', async () => {
    expect(await by(responder, [responder, ca])).toBe('ocspResponder');
    expect(await by(responder, [])).toBe('ocspResponder');
  });
  it('is the one the answer names', async () => {
    expect(await by(responder, [await responderOf(ca)])).toBe('ocspResponder');
  });
  it('signed it', async () => {
    const other = await responderOf(ca);
    const forged = { certificate: responder.der, key: signerFrom(other).key };
    expect(about.verdict({ signer: forged })).toBe('ocspSignature');
    const changed = ocspAnswer(about.right);
    const where = changed.indexOf('20261123090');
    changed[where + 10] = (changed[where + 10] ?? 0) ^ 1;
    expect(about.judge(changed)).toBe('ocspSignature');
  });
});

describe('the time of an answer', () => {
  it.each([
    ['two minutes old', -120, 300, 'good'],
    ['older', -121, 300, 'ocspTime'],
    ['a quarter of an hour ahead', 900, 1_200, 'good'],
    ['further ahead', 901, 1_200, 'ocspTime'],
    ['over before it began', 0, -1, 'ocspTime'],
  ])('%s', (_, from, until, verdict) => {
    expect(about.verdict(single({ from: after(from), until: after(until) }))).toBe(verdict);
  });
  it('may be longer ago where the operator says so, but not replaced by a newer one', () => {
    const day = { ...WINDOW, maxAgeSeconds: 86_400 };
    expect(about.verdict(single({ from: after(-80_000), until: after(-900) }), day)).toBe('good');
    expect(about.verdict(single({ from: after(-80_000), until: after(-901) }), day)).toBe('ocspTime');
  });
});
