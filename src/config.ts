import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { productionFaults } from './config.production.ts';
import { SENDING, sendingFaults } from './config.sending.ts';

/** What a variable must look like, and what it is for: `.env.example` is printed from here. */
const url = (protocols: RegExp) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol));
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const pairs = list.pipe(z.array(z.string().regex(/^[^=\s]+=\S+$/, 'is no list of name=value'))).default([]);
const port = z.coerce.number().int().min(0).max(65535);
const seconds = z.coerce.number().int().min(1).max(86_400);

export const SCHEMA = z.object({
  DATABASE_URL: url(/^postgres(ql)?:$/)
    .optional()
    .describe('PostgreSQL ≥ 15 as the portal’s role. Unset: an embedded one in .data/'),
  DATABASE_ADMIN_URL: url(/^postgres(ql)?:$/)
    .optional()
    .describe('for `migrate`: the owner of the tables. Unset: DATABASE_URL'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: port.default(3000).describe('port to listen on'),
  PUBLIC_URL: url(/^https?:$/)
    .transform((text) => new URL(text).origin)
    .optional()
    .describe('origin people see, signed in every eID token; https in production'),
  TRUST_PROXY: list.optional().describe('addresses (CIDR) of the proxies in front'),
  SESSION_SECRET: z.string().min(32).optional().describe('≥ 32 characters; keys the hash of session tokens'),
  SIGN_IN: list
    .pipe(z.array(z.enum(['eid', 'mtls', 'token', 'csam'])).min(1))
    .default(['eid'])
    .describe('sign-in methods offered, comma list of eid, mtls, token, csam; the demo offers all but mtls'),
  TOKEN_PEPPER: z
    .string()
    .min(32)
    .optional()
    .describe(
      '≥ 32 characters; keys the codes of paper tokens. Needed for token; another one, and no card counts any more',
    ),
  EID_TRUST: z.string().optional().describe('folder of PEM or DER certificates that eID cards may chain to'),
  EID_POLICIES: list
    .optional()
    .describe('certificate policy OIDs accepted. Unset: the Belgian citizen and foreigner authentication policies'),
  EID_OCSP: z
    .enum(['on', 'off'])
    .default('on')
    .describe('revocation check of eID certificates; `off` only in the demo'),
  EID_OCSP_MAX_AGE: seconds
    .default(120)
    .describe('seconds that a responder’s answer may be old; more only where a responder makes its answers ahead'),
  EID_OCSP_SKEW: seconds.default(900).describe('seconds that a responder’s clock may differ from ours'),
  EID_AIA_HOSTS: list
    .optional()
    .describe(
      'hosts (with port if not the usual) from which a missing issuer certificate may be fetched, comma list. Unset: none',
    ),
  MTLS_URL: url(/^https:$/)
    .transform((text) => new URL(text).origin)
    .optional()
    .describe('origin of the proxy that asks for the card’s certificate. Unset: the proxy of PUBLIC_URL does'),
  MTLS_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32)
    .optional()
    .describe('≥ 32 bytes; what that proxy shows in X-MTLS-Secret'),
  EID_CARD_PORT: port.optional().describe('demo only: port of the virtual card reader, on HOST. Unset: a free one'),
  ...SENDING,
  CSAM_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('issuer of CSAM’s OpenID provider (FAS), exactly as in its tokens'),
  CSAM_CLIENT_ID: z.string().optional().describe('the portal’s name at CSAM'),
  CSAM_CLIENT_SECRET: z.string().optional().describe('the portal’s secret at CSAM'),
  CSAM_KEY: z
    .string()
    .optional()
    .describe('in place of a secret: file with the private key of private_key_jwt (JWK or PEM)'),
  CSAM_ENDPOINTS: pairs.describe(
    'name=URL of authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri, end_session_endpoint, comma list. Unset: as the discovery document says',
  ),
  CSAM_SCOPE: z.string().default('openid profile egovnrn').describe('what is asked of CSAM'),
  CSAM_CLAIMS: pairs.describe(
    'names of claims other than FAS’s, comma list: insz=egovNRN,familyName=surname,givenName=givenName,language=prefLanguage',
  ),
  CSAM_LEVELS: pairs.describe('levels of a provider with names of its own: value=level, comma list. Unset: FAS’s'),
  CSAM_LEAST: z.coerce
    .number()
    .int()
    .min(300)
    .max(500)
    .default(300)
    .describe('weakest level that may sign in (eID 500, itsme 450, app 400, paper token 300)'),
  CSAM_PORT: port.optional().describe('demo only: port of the imitation of CSAM, on HOST. Unset: a free one'),
  SEAL_KEY: z.string().optional().describe('PEM file with the private key (RSA or EC) of the seal on overviews'),
  SEAL_CERTIFICATE: z
    .string()
    .optional()
    .describe('PEM file with the certificate of SEAL_KEY, those above it below it. Unset: overviews carry no seal'),
  VERIFY_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(730)
    .describe('days for which the code on an overview tells that it is genuine'),
  KEEP_LOOKUPS_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('days after its end for which a look-up of the support desk is kept; its access rows stay ten years'),
  METRICS_PORT: port
    .optional()
    .describe('port of /metrics, on HOST. Unset: a free one in the demo, none in production'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
  PORTAL_NOW: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('demo and tests only: the instant at which the clock starts'),
});

type Environment = z.infer<typeof SCHEMA>;

/** serve is production; demo and command accept what makes trying easy. */
export type Mode = 'serve' | 'demo' | 'command';

export interface Config extends Readonly<Environment> {
  mode: Mode;
  /** Names of the variables that were set, so that a default can give way to what suits better. */
  given: ReadonlySet<string>;
}

/** Every fault of the environment, named at once. */
export class ConfigFaults extends Error {
  override name = 'ConfigFaults';
  faults: string[];
  constructor(faults: string[]) {
    super(`The environment is not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Marks of what the demo makes for itself; production starts on none of it. */
export const DEMO_AUTHORITY = 'Demo eID Root CA';
export const DEMO_SEAL = 'demo seal';

const DEMO_SIGN_IN: Environment['SIGN_IN'] = ['eid', 'token'];

/** @throws ConfigFaults */
export function readConfig(mode: Mode, environment: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = SCHEMA.safeParse(set);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  faults.push(...sendingFaults(set));
  if (/\bmtls\b/.test(set.SIGN_IN ?? ''))
    for (const name of ['MTLS_SECRET', 'TRUST_PROXY'] as const)
      if (!set[name]) faults.push(`${name}: must be set for mtls in SIGN_IN`);
  if (mode === 'serve') faults.push(...productionFaults(set));
  if (faults.length > 0 || !parsed.success) throw new ConfigFaults(faults);
  const told = mode === 'demo' && !set.SIGN_IN ? { ...parsed.data, SIGN_IN: DEMO_SIGN_IN } : parsed.data;
  return Object.freeze({ ...told, mode, given: new Set(Object.keys(set)) });
}

/** The text of `.env.example`. */
export function exampleEnvironment(): string {
  return Object.entries(SCHEMA.shape)
    .map(([name, schema]) => `# ${schema.description}\n# ${name}=${defaultOf(schema)}\n`)
    .join('\n');
}

function defaultOf(schema: z.ZodType): string {
  const told = schema.safeParse(undefined);
  return told.success && told.data !== undefined ? String(told.data) : '';
}

export const VERSION: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
