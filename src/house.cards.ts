import proxyaddr from '@fastify/proxy-addr';
import type { Logger } from 'pino';
import { type Config, ConfigFaults, DEMO_AUTHORITY } from './config.ts';
import { issuersByAddress } from './identity/methods/issuers.ts';
import { ocspRevocation } from './identity/methods/revocation.ts';
import { type CardTrust, cardTrust } from './identity/methods/trust.ts';
import type { Certificate } from './identity/methods/web-eid.certificate.ts';
import { BELGIAN_AUTHENTICATION_POLICIES, revocationNotChecked } from './identity/methods/web-eid.ts';
import type { Clock } from './platform/clock.ts';

/** Whose cards are accepted, and by which rules. @throws ConfigFaults in production, when a demo's authority is among the anchors */
export function trustOf(config: Config, at: { folders: string[]; clock: Clock; log: Logger }): CardTrust {
  const window = { maxAgeSeconds: config.EID_OCSP_MAX_AGE, skewSeconds: config.EID_OCSP_SKEW };
  return cardTrust({
    folders: at.folders,
    policies: config.EID_POLICIES ?? BELGIAN_AUTHENTICATION_POLICIES,
    issuers: issuersByAddress(config.EID_AIA_HOSTS ?? [], at.clock.now),
    revocation: config.EID_OCSP === 'off' ? revocationNotChecked : ocspRevocation(window),
    admit: config.mode === 'serve' ? refuseDemoAnchors : () => undefined,
    onFault: (err) => at.log.error({ err }, 'EID_TRUST changed and cannot be read: what was read before still counts'),
  });
}

function refuseDemoAnchors(anchors: readonly Certificate[]): void {
  const demo = anchors.some(({ x509 }) => `${x509.subject} ${x509.issuer}`.includes(DEMO_AUTHORITY));
  if (demo) throw new ConfigFaults(['EID_TRUST: holds the certificates of a demo']);
}

/** Whether a peer's address is that of a proxy in front of us, read as Fastify reads `TRUST_PROXY`. */
export function proxiesOf({ TRUST_PROXY }: Config): (address: string) => boolean {
  const isTrusted = TRUST_PROXY ? proxyaddr.compile(TRUST_PROXY) : () => false;
  return (address) => isTrusted(address, 0);
}
