import { bounded } from './bounded.ts';
import { readCertificates } from './web-eid.anchors.ts';
import type { Certificate } from './web-eid.certificate.ts';

/**
 * Fetches certificates of a card's issuer that nobody put in the folder. They prove nothing by themselves: they count only below an anchor.
 * None when nothing can be had.
 */
export type Issuers = (leaf: Certificate) => Promise<readonly Certificate[]>;

export const noIssuers: Issuers = async () => [];

const SECONDS = 3;
const MOST_BYTES = 32 * 1024;
/** Anybody can show a certificate that names an address: few are fetched at a time, and what was found is kept for a while. */
const AT_A_TIME = 4;
const KEPT = { hours: 1, most: 100 };

/** By the address in the card's certificate (AIA caIssuers), from these hosts only: a host name, with its port where it is not the usual one. */
export function issuersByAddress(hosts: readonly string[], now: () => string): Issuers {
  const kept = new Map<string, { until: number; certificates: Certificate[] }>();
  let asking = 0;
  return async (leaf) => {
    const address = leaf.caIssuers.map(httpAddress).find((url) => url !== null && hosts.includes(url.host));
    if (!address) return [];
    const known = kept.get(address.href);
    if (known && known.until > Date.parse(now())) return known.certificates;
    if (asking >= AT_A_TIME) return [];
    asking++;
    const certificates = await fetched(address).finally(() => asking--);
    if (certificates.length === 0) return [];
    if (kept.size >= KEPT.most) kept.clear();
    kept.set(address.href, { until: Date.parse(now()) + KEPT.hours * 3_600_000, certificates });
    return certificates;
  };
}

/** An address that may be called; null for anything else, and for one with a name and password in it. */
export function httpAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
}

async function fetched(address: URL): Promise<Certificate[]> {
  try {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(SECONDS * 1000) });
    const body = answer.status === 200 ? await bounded(answer, MOST_BYTES) : null;
    return body === null ? [] : (readCertificates(body) ?? []);
  } catch {
    // no such host, refused, too slow: then the issuer stays unknown, and the card is not trusted
    return [];
  }
}
