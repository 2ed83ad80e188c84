import type { VerifiedIdentity } from '../visitor.ts';
import type { Issuers } from './issuers.ts';
import type { RevocationFault } from './ocsp.ts';
import type { Certificate } from './web-eid.certificate.ts';
import { type Authorities, type Chain, type ChainFault, chainTo, isSoundlySigned } from './web-eid.chain.ts';
import { identityOf } from './web-eid.identity.ts';
import { isSignedBy } from './web-eid.signature.ts';
import { readToken, type TokenFault } from './web-eid.token.ts';

/** Why a token is refused. For the log and the command line only: the browser hears one neutral answer. */
export type EidFault =
  | TokenFault
  | ChainFault
  | RevocationFault
  | 'origin'
  | 'nonce'
  | 'purposeMissing'
  | 'purposeWrong'
  | 'policy'
  | 'notYetValid'
  | 'expired'
  | 'signature'
  | 'identity';

/** Asks whether a chain-validated certificate was revoked. What keeps it from knowing is a fault, never an exception. */
export type Revocation = (
  leaf: Certificate,
  above: Authorities,
  at: Temporal.Instant,
) => Promise<'good' | RevocationFault>;

/** Takes every certificate for not revoked without asking anyone. */
export const revocationNotChecked: Revocation = async () => 'good';

/**
 * Certificate policies of Belgian authentication certificates, citizens (.2.2) and foreigners (.7.2), under Root CA, CA2, CA3
 * and CA4. The signature certificates of the same cards have .2.1 and .7.1 and are never a sign-in.
 */
export const BELGIAN_AUTHENTICATION_POLICIES: readonly string[] = ['1', '9', '10', '12'].flatMap((arc) => [
  `2.16.56.${arc}.1.1.2.2`,
  `2.16.56.${arc}.1.1.7.2`,
]);

/** What a card's certificate is judged by, at an instant. */
export interface CardCheck {
  at: Temporal.Instant;
  anchors: readonly Certificate[];
  /** Policy OIDs of which the certificate must have one. */
  policies: readonly string[];
  /** Finds the issuer that is not among the anchors; asked only then. */
  issuers: Issuers;
  revocation: Revocation;
}

export interface TokenCheck extends CardCheck {
  /** The browser's token as parsed JSON: anything at all. */
  authToken: unknown;
  /** The challenge this browser was given, as base64 text; the caller has already taken it out of its store. */
  nonce: string;
  /** `https://host[:port]` of the portal, without a slash at the end. */
  origin: string;
  /** Accepts `http://` for localhost, 127.0.0.0/8 and [::1]: demo, tests and the command line. */
  allowHttpLoopback: boolean;
}

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * Validates a Web eID authentication token and says who holds the card, from the certificate only. The order is that of
 * the protocol's reference: shape, purpose, policy, dates, chain, revocation, signature, identity. Refuses with
 * the first fault; no token makes it throw.
 */
export async function validateToken(check: TokenCheck): Promise<VerifiedIdentity | { fault: EidFault }> {
  const { nonce, origin } = check;
  if (!isSignableOrigin(origin, check.allowHttpLoopback)) return { fault: 'origin' };
  if (!/^[A-Za-z0-9+/]{42,}={0,2}$/.test(nonce) || nonce.length < 44 || nonce.length > 128) return { fault: 'nonce' };
  const token = readToken(check.authToken);
  if ('fault' in token) return token;
  const { certificate } = token;
  const fault = await faultOfCard(certificate, check);
  if (fault !== null) return { fault };
  const { publicKey } = certificate.x509;
  if (!isSignedBy(publicKey, token.algorithm, { origin, nonce }, token.signature)) return { fault: 'signature' };
  return identityOf(certificate, check.at) ?? { fault: 'identity' };
}

/** What speaks against a card's certificate, whoever shows it: purpose, policy, dates, chain, revocation, in this order; null for nothing. */
export async function faultOfCard(certificate: Certificate, check: CardCheck): Promise<EidFault | null> {
  const { at, policies } = check;
  const ownFault = purposeFault(certificate) ?? policyFault(certificate, policies) ?? dateFault(certificate, at);
  if (ownFault !== null) return ownFault;
  if (!isSoundlySigned(certificate)) return 'notTrusted';
  const chain = await chainOf(certificate, check);
  if ('fault' in chain) return chain.fault;
  const standing = await check.revocation(certificate, chain.path, at);
  return standing === 'good' ? null : standing;
}

/** By the anchors; where they do not know the issuer, by one that is fetched and itself leads back to them. */
async function chainOf(certificate: Certificate, { at, anchors, issuers }: CardCheck): Promise<Chain> {
  const chain = chainTo(anchors, certificate, at);
  if (!('fault' in chain) || chain.fault !== 'notTrusted') return chain;
  const fetched = (await issuers(certificate)).filter((ca) => 'path' in chainTo(anchors, ca, at));
  return fetched.length === 0 ? chain : chainTo([...anchors, ...fetched], certificate, at);
}

/** Source: Web eID, origin of the signing page: at most 255 characters, no path. */
function isSignableOrigin(origin: string, allowHttpLoopback: boolean): boolean {
  if (origin.length > 255 || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin) return false;
  if (url.protocol === 'https:') return true;
  return allowHttpLoopback && url.protocol === 'http:' && isLoopback(url.hostname);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** A key for signing in, not for signing documents, and not a CA's. An absent extended use is accepted: older cards lack it. */
function purposeFault({ keyUsage, extendedKeyUsage, isCa, unknownCritical }: Certificate): EidFault | null {
  if (keyUsage === null) return 'purposeMissing';
  if (isCa || unknownCritical.length > 0 || !keyUsage.includes('digitalSignature')) return 'purposeWrong';
  return extendedKeyUsage === null || extendedKeyUsage.includes(CLIENT_AUTH) ? null : 'purposeWrong';
}

function policyFault(certificate: Certificate, allowed: readonly string[]): EidFault | null {
  return certificate.policies.some((policy) => allowed.includes(policy)) ? null : 'policy';
}

function dateFault({ notBefore, notAfter }: Certificate, at: Temporal.Instant): EidFault | null {
  if (Temporal.Instant.compare(at, notBefore) < 0) return 'notYetValid';
  return Temporal.Instant.compare(at, notAfter) > 0 ? 'expired' : null;
}
