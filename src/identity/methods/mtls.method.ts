import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { redirect } from '../../web/answer.ts';
import * as paths from '../../web/paths.ts';
import type { SessionsStore } from '../sessions.store.ts';
import { hashOf, newToken } from '../sessions.ts';
import type { Attempt, Outcome, SignInMethod, SignInRefused } from '../sign-in.method.ts';
import type { VerifiedIdentity } from '../visitor.ts';
import { certificateIn, SECRET_HEADER } from './mtls.headers.ts';
import { isPassing } from './ocsp.ts';
import type { CardTrust } from './trust.ts';
import { identityOf } from './web-eid.identity.ts';
import { ALGORITHMS, fitsKey } from './web-eid.signature.ts';
import { faultOfCard } from './web-eid.ts';

/** From the main host to the card's and back: long enough to type a PIN. */
const THERE_AND_BACK_MINUTES = 5;
/** The way back alone, by a redirect. */
const CODE_MINUTES = 1;

export interface MtlsTools {
  config: { MTLS_URL?: string | undefined; MTLS_SECRET?: string | undefined };
  clock: Clock;
  publicUrl: string;
  secret: string;
  sessions: SessionsStore;
  cards: CardTrust;
  /** Whether a peer's address is that of a proxy of ours. */
  isProxy(address: string): boolean;
}

/**
 * The card's certificate in the TLS handshake with a proxy in front. Browsers choose a certificate once a connection, so the proxy has a host
 * name of its own for this (`MTLS_URL`); from there he comes back to the main host with a code that is good once, for the browser that
 * began. Without `MTLS_URL` the proxy of the main host itself asks for the certificate.
 */
export function mtlsMethod(house: MtlsTools): SignInMethod {
  const elsewhere = house.config.MTLS_URL === house.publicUrl ? undefined : house.config.MTLS_URL;

  /** The one address for both hosts: a request with the proxy's secret is one in which a certificate was asked for. */
  async function visit({ query, request, now }: Attempt): Promise<Outcome> {
    if (request.headers[SECRET_HEADER] === undefined) return begin(query.return);
    const who = await holderOf(request);
    if ('refused' in who) return elsewhere ? { ...who, answer: toMainHost(paths.signInFailed(who.isPassing)) } : who;
    return elsewhere ? handOver(who, query.state, now) : { proven: who, back: query.return };
  }

  function begin(back: unknown): Outcome {
    if (!elsewhere) return { refused: 'mtlsNoProxy' };
    const state = newToken();
    const keep = { text: JSON.stringify({ state, back }), minutes: THERE_AND_BACK_MINUTES };
    return { answer: redirect(`${elsewhere}${paths.MTLS}?state=${state}`), keep };
  }

  /** The same rules as for a card in a reader, once more: the proxy's word is not enough. */
  async function holderOf(request: Attempt['request']): Promise<VerifiedIdentity | SignInRefused> {
    if (!isOurProxy(request)) return { refused: 'mtlsNotOurProxy' };
    const certificate = certificateIn(request.headers);
    if ('fault' in certificate) return { refused: certificate.fault };
    if (!ALGORITHMS.some((algorithm) => fitsKey(algorithm, certificate.x509.publicKey))) return { refused: 'mtlsKey' };
    const at = Temporal.Instant.from(house.clock.now());
    const fault = await faultOfCard(certificate, await house.cards.check(at));
    if (fault !== null) return { refused: fault, isPassing: isPassing(fault) };
    const who = identityOf(certificate, at);
    return who === null ? { refused: 'identity' } : { ...who, method: 'mtls' };
  }

  function isOurProxy({ socket, headers }: Attempt['request']): boolean {
    const [shown, ours] = [headers[SECRET_HEADER], house.config.MTLS_SECRET];
    if (typeof shown !== 'string' || !ours || !house.isProxy(socket.remoteAddress ?? '')) return false;
    return isSame(shown, ours);
  }

  async function handOver(who: VerifiedIdentity, state: unknown, now: string): Promise<Outcome> {
    if (typeof state !== 'string') return { answer: toMainHost(paths.MTLS) };
    const code = newToken();
    const expires = Temporal.Instant.from(now).add({ minutes: CODE_MINUTES }).toString();
    await house.sessions.keepStep(kept(code), JSON.stringify({ who, state }), expires, now);
    return { answer: toMainHost(paths.mtlsArrival(code)) };
  }

  async function arrive({ query, kept: begun, now }: Attempt): Promise<Outcome> {
    const note = typeof query.code === 'string' ? await house.sessions.takeStep(kept(query.code), now) : null;
    if (note === null || begun === null) return { refused: 'mtlsCode' };
    const { who, state } = JSON.parse(note) as { who: VerifiedIdentity; state: string };
    const mine = JSON.parse(begun) as { state: string; back?: unknown };
    return isSame(state, mine.state) ? { proven: who, back: mine.back } : { refused: 'mtlsCode' };
  }

  const kept = (code: string) => hashOf(`mtls-code:${code}`, house.secret);
  const toMainHost = (path: string) => redirect(`${house.publicUrl}${path}`);

  return {
    assurance: 500,
    start: paths.mtls,
    steps: [
      { method: 'GET', path: paths.MTLS, take: visit },
      { method: 'GET', path: paths.MTLS_ARRIVAL, goesOn: true, take: arrive },
    ],
  };
}

/** Takes the same time whatever differs. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
