import { isIPv4 } from 'node:net';

/** Mark of what the demo makes for itself; production starts on none of it. */
export const DEMO_SECRET = 'demo-only-';

/** What production does not start on, beside what the schema refuses; each fault names its variable, none its value. */
export function productionFaults(set: Record<string, string | undefined>): string[] {
  const faults = [];
  for (const name of ['DATABASE_URL', 'SESSION_SECRET', 'PUBLIC_URL', 'EID_TRUST'])
    if (!set[name]) faults.push(`${name}: must be set in production`);
  for (const name of ['SESSION_SECRET', 'TOKEN_PEPPER'])
    if (set[name]?.startsWith(DEMO_SECRET)) faults.push(`${name}: is a demo secret`);
  if (/\btoken\b/.test(set.SIGN_IN ?? '') && !set.TOKEN_PEPPER)
    faults.push('TOKEN_PEPPER: must be set for SIGN_IN=token');
  faults.push(...csamFaults(set));
  if (Boolean(set.SEAL_KEY) !== Boolean(set.SEAL_CERTIFICATE))
    faults.push('SEAL_KEY, SEAL_CERTIFICATE: one needs the other');
  if (set.EID_OCSP === 'off') faults.push('EID_OCSP: may not be off in production');
  if (set.PORTAL_NOW) faults.push('PORTAL_NOW: the clock of production is the machine’s');
  if (set.PUBLIC_URL && URL.canParse(set.PUBLIC_URL) && !secure(new URL(set.PUBLIC_URL), set.TRUST_PROXY))
    faults.push('PUBLIC_URL: must be https (http only for a loopback host behind TRUST_PROXY)');
  return faults;
}

function secure(address: URL, proxies: string | undefined): boolean {
  return address.protocol === 'https:' || (isLoopback(address.hostname) && Boolean(proxies));
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}

function csamFaults(set: Record<string, string | undefined>): string[] {
  const isOffered = (set.SIGN_IN ?? '').split(',').some((name) => name.trim() === 'csam');
  const missing = ['CSAM_ISSUER', 'CSAM_CLIENT_ID'].filter((name) => isOffered && !set[name]);
  const faults = missing.map((name) => `${name}: must be set where SIGN_IN offers csam`);
  if (isOffered && !set.CSAM_CLIENT_SECRET && !set.CSAM_KEY)
    faults.push('CSAM_CLIENT_SECRET: it or CSAM_KEY must be set where SIGN_IN offers csam');
  if (set.CSAM_ISSUER && !set.CSAM_ISSUER.startsWith('https:')) faults.push('CSAM_ISSUER: must be https');
  if (set.CSAM_CLIENT_SECRET?.startsWith(DEMO_SECRET)) faults.push('CSAM_CLIENT_SECRET: is a demo secret');
  return faults;
}
