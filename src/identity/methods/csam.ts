import { type ClaimNames, type ClaimRules, FAS_CLAIMS } from './csam.claims.ts';
import { readClientKey } from './csam.key.ts';
import { type CsamProvider, csamProvider, ENDPOINTS, type Endpoint } from './csam.provider.ts';

/** CSAM as this portal is known to it. */
export interface Csam {
  provider: CsamProvider;
  rules: ClaimRules;
  /** What to ask for when at least this level is needed. */
  acrValues(least: number): string;
  /** Where a form of ours may lead at sign-out. */
  origin: string;
}

/** What the operator says of CSAM; its names are the variables. */
export interface CsamSettings {
  mode: string;
  CSAM_ISSUER?: string | undefined;
  CSAM_CLIENT_ID?: string | undefined;
  CSAM_CLIENT_SECRET?: string | undefined;
  CSAM_KEY?: string | undefined;
  CSAM_ENDPOINTS: readonly string[];
  CSAM_SCOPE: string;
  CSAM_CLAIMS: readonly string[];
  CSAM_LEVELS: readonly string[];
  CSAM_LEAST: number;
}

/** Seconds that CSAM has for an answer: a visitor waits no longer for words. */
const PATIENCE = 4;

/** null when the operator says nothing of CSAM. @throws when its key cannot be read, or an endpoint has another name */
export function csamOf(settings: CsamSettings, publicUrl: string): Csam | null {
  const { CSAM_ISSUER: issuer, CSAM_CLIENT_ID: clientId } = settings;
  if (!issuer || !clientId) return null;
  const levels = new Map([...pairs(settings.CSAM_LEVELS)].map(([name, level]) => [name, Number(level)]));
  const endpoints = endpointsIn(settings.CSAM_ENDPOINTS);
  const provider = csamProvider({
    issuer,
    clientId,
    proof: proofOf(settings),
    endpoints,
    scope: settings.CSAM_SCOPE,
    callback: `${publicUrl}/sign-in/csam/callback`,
    patience: PATIENCE,
    allowHttp: settings.mode !== 'serve',
  });
  return {
    provider,
    rules: { names: namesIn(settings.CSAM_CLAIMS), levels, least: settings.CSAM_LEAST },
    acrValues: (least) => acrValues(levels, least),
    origin: new URL(endpoints.end_session_endpoint ?? issuer).origin,
  };
}

/** A level means "at least" to FAS; to a provider with names of its own, all that are strong enough are named. */
function acrValues(levels: ReadonlyMap<string, number>, least: number): string {
  if (levels.size === 0) return `urn:be:fedict:iam:fas:Level${least}`;
  return [...levels].flatMap(([name, level]) => (level >= least ? [name] : [])).join(' ');
}

function proofOf({ CSAM_CLIENT_SECRET: secret, CSAM_KEY: file }: CsamSettings) {
  if (file) return { key: readClientKey(file) };
  if (secret) return { secret };
  throw new Error('CSAM_CLIENT_SECRET or CSAM_KEY must be set beside CSAM_ISSUER');
}

function endpointsIn(named: readonly string[]): Partial<Record<Endpoint, string>> {
  const given = pairs(named);
  const unknown = [...given.keys()].find((name) => !(ENDPOINTS as readonly string[]).includes(name));
  if (unknown) throw new Error(`CSAM_ENDPOINTS: ${unknown} is none of ${ENDPOINTS.join(', ')}`);
  return Object.fromEntries(given);
}

function namesIn(named: readonly string[]): ClaimNames {
  const given = pairs(named);
  const unknown = [...given.keys()].find((name) => !(name in FAS_CLAIMS));
  if (unknown) throw new Error(`CSAM_CLAIMS: ${unknown} is none of ${Object.keys(FAS_CLAIMS).join(', ')}`);
  return { ...FAS_CLAIMS, ...Object.fromEntries(given) };
}

/** Of `name=value`. */
function pairs(list: readonly string[]): Map<string, string> {
  return new Map(list.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
