import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { ClientMetadata, Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { memory } from './csam.memory.ts';
import { errorPage, leavingPage } from './csam.pages.ts';

/** Somebody of the demo whom CSAM knows. */
export interface CsamPerson {
  key: string;
  insz: string;
  givenName: string | null;
  familyName: string;
  about: Readonly<Record<'nl' | 'fr' | 'de' | 'en', string>>;
}

/** Ways to sign in and how strong CSAM calls them, with what its tokens say of each. */
export const MEANS = [
  { id: 'eid', level: 500, amr: 'eid' },
  { id: 'itsme', level: 450, amr: 'bmid' },
  { id: 'app', level: 400, amr: 'mobileapp' },
  { id: 'sms', level: 350, amr: 'sms' },
  { id: 'password', level: 200, amr: 'pwd' },
] as const;
export type Means = (typeof MEANS)[number];

export const levelName = (level: number) => `urn:be:fedict:iam:fas:Level${level}`;

/** Where the real service has its addresses too. */
export const BASE = '/fas/oauth2';
export const INTERACTION = '/fas/XUI/login';

/** Beside the package's front door, which warns of every Node that is not yet a long-term one. */
const PROVIDER = 'oidc-provider/lib/provider.js';

const SCOPES = { profile: ['surname', 'givenName', 'prefLanguage', 'mail', 'fedid'], egovnrn: ['egovNRN'] };

export interface CsamOptions {
  /** Own address without a path: `http://host:port`. */
  url: string;
  portalOrigin: string;
  people: readonly CsamPerson[];
  clientId: string;
  /** How the portal proves itself: a secret, or the public half of its key. */
  client: { secret: string } | { key: JWK };
  /** Whether what CSAM tells of a person is a signed JWT (as the real one may) or plain JSON. */
  signedUserinfo: boolean;
}

/** An OpenID provider with the addresses, claims and levels of CSAM's FAS, for people who do not exist. */
export async function csamProvider(options: CsamOptions): Promise<Provider> {
  const { Provider } = (await import(PROVIDER)) as typeof import('oidc-provider');
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), kid: 'fas-1', use: 'sig', alg: 'RS256' };
  return new Provider(`${options.url}${BASE}`, configuration(options, key));
}

function configuration(options: CsamOptions, key: JWK): Configuration {
  const personOf = (sub: string) => options.people.find((person) => subjectOf(person) === sub);
  return {
    adapter: memory(),
    clients: [clientOf(options)],
    jwks: { keys: [key as never] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    routes: {
      authorization: '/authorize',
      token: '/access_token',
      userinfo: '/userinfo',
      jwks: '/connect/jwk_uri',
      end_session: '/connect/endSession',
    },
    scopes: ['openid', ...Object.keys(SCOPES)],
    claims: { openid: ['sub', 'acr', 'amr'], acr: null, amr: null, ...SCOPES },
    acrValues: MEANS.map(({ level }) => levelName(level)),
    pkce: { required: () => true },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 900, Session: 3600, Grant: 3600 },
    interactions: { url: (_, { uid }) => `${INTERACTION}/${uid}` },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => leavingPage(ctx, form, langOf(ctx)),
      },
    },
    findAccount: (_, sub) => {
      const person = personOf(sub);
      return person && { accountId: sub, claims: async (use) => claimsOf(person, use) };
    },
    // nobody is asked what the portal may know: the real service does not either
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(['openid', ...Object.keys(SCOPES)].join(' '));
      await grant.save();
      return grant;
    },
    renderError: (ctx, { error }) => errorPage(ctx, error, langOf(ctx)),
  };
}

function clientOf({ portalOrigin, clientId, client, signedUserinfo }: CsamOptions): ClientMetadata {
  const proof: Partial<ClientMetadata> =
    'secret' in client
      ? { client_secret: client.secret, token_endpoint_auth_method: 'client_secret_basic' }
      : { jwks: { keys: [client.key as never] }, token_endpoint_auth_method: 'private_key_jwt' };
  return {
    client_id: clientId,
    redirect_uris: [`${portalOrigin}/sign-in/csam/callback`],
    post_logout_redirect_uris: [`${portalOrigin}/signed-out`],
    ...(signedUserinfo ? { userinfo_signed_response_alg: 'RS256' } : {}),
    ...proof,
  } as ClientMetadata;
}

/** What stands for a person where the number may not: the same at every sign-in. */
export function subjectOf({ insz }: CsamPerson): string {
  return createHash('sha256').update(`fedid ${insz}`).digest('base64url').slice(0, 22);
}

function claimsOf(person: CsamPerson, use: string) {
  const sub = subjectOf(person);
  if (use === 'id_token') return { sub };
  const { insz, givenName, familyName } = person;
  return {
    sub,
    fedid: sub,
    egovNRN: insz,
    surname: familyName,
    ...(givenName === null ? {} : { givenName }),
    prefLanguage: 'nl',
  };
}

/** The language that the portal asked for. */
export function langOf({ oidc }: KoaContextWithOIDC): string {
  return String(oidc?.params?.ui_locales ?? 'nl');
}
