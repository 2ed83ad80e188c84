import { importJWK, type JWK } from 'jose';
import * as oidc from 'openid-client';
import type { Claims } from './csam.claims.ts';

/** How CSAM is reached and how the portal proves itself to it. */
export interface CsamAddress {
  issuer: string;
  clientId: string;
  /** A secret, or the private key that the portal signs its proof with (private_key_jwt). */
  proof: { secret: string } | { key: JWK };
  /** Named by the operator; what is not is asked of the provider's discovery document. */
  endpoints: Partial<Record<Endpoint, string>>;
  scope: string;
  callback: string;
  /** Seconds that it has for an answer. */
  patience: number;
  /** Only for a provider on this machine, in the demo. */
  allowHttp: boolean;
}

export const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** What only this browser's attempt knows until it comes back. */
export interface Attempted {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Told {
  idToken: Claims;
  userinfo: Claims;
  /** As it came, to end CSAM's session with. */
  rawIdToken: string;
}

/** CSAM could not be asked: nothing is said about the visitor. */
export class CsamAway extends Error {
  override name = 'CsamAway';
}

/** CSAM said something that is not accepted; the message is a word for the log and holds nothing of the person. */
export class CsamRefused extends Error {
  override name = 'CsamRefused';
}

export type CsamProvider = ReturnType<typeof csamProvider>;

/** How long its discovery document is kept. */
const KEPT_MS = 3_600_000;
/** Signed by a key that only the provider has: no `none`, nothing that a shared secret could sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/**
 * CSAM as an OpenID provider (authorization code with PKCE S256, state, nonce). Every token is checked for signature, issuer, audience and
 * time; what is told of the person is JSON, or a JWT signed by the provider. Times are the machine's: they are CSAM's too.
 */
export function csamProvider(address: CsamAddress) {
  let known: { config: Promise<oidc.Configuration>; at: number } | null = null;

  function configuration(): Promise<oidc.Configuration> {
    if (known && Date.now() - known.at < KEPT_MS) return known.config;
    const config = found(address);
    known = { config, at: Date.now() };
    config.catch(() => {
      known = null;
    });
    return config;
  }

  return {
    /** Where to send the browser, and what to keep for it. @throws CsamAway, CsamRefused */
    async begin(asked: { lang: string; acrValues: string }): Promise<{ url: string; attempted: Attempted }> {
      const config = await told(configuration());
      const attempted = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: address.callback,
        scope: address.scope,
        acr_values: asked.acrValues,
        state: attempted.state,
        nonce: attempted.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempted.verifier),
        code_challenge_method: 'S256',
        // a shared computer: who is still signed in at CSAM may be somebody else
        prompt: 'login',
        ui_locales: asked.lang,
      });
      return { url: url.href, attempted };
    },

    /** What CSAM tells of who came back. @param query of the callback, as it came. @throws CsamAway, CsamRefused */
    async finish(query: string, { state, nonce, verifier }: Attempted): Promise<Told> {
      const config = await told(configuration());
      const back = new URL(`${address.callback}${query}`);
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await told(oidc.authorizationCodeGrant(config, back, checks));
      const idToken = tokens.claims();
      if (!idToken || !tokens.id_token) throw new CsamRefused('no id token');
      const userinfo = await told(oidc.fetchUserInfo(config, tokens.access_token, idToken.sub));
      return { idToken, userinfo, rawIdToken: tokens.id_token };
    },

    /** Where the browser ends its session at CSAM; null when CSAM has no such address. @throws CsamAway, CsamRefused */
    async leave(idToken: string, comeBack: string): Promise<string | null> {
      const config = await told(configuration());
      if (!config.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: comeBack }).href;
    },
  };
}

async function found(address: CsamAddress): Promise<oidc.Configuration> {
  const { clientId, allowHttp } = address;
  const metadata = await metadataOf(address);
  const proof =
    'secret' in address.proof
      ? oidc.ClientSecretBasic(address.proof.secret)
      : oidc.PrivateKeyJwt(await signingKey(address.proof.key));
  const config = new oidc.Configuration(metadata, clientId, {}, proof);
  config.timeout = address.patience;
  config[oidc.customFetch] = reaching;
  oidc.enableNonRepudiationChecks(config);
  if (allowHttp) oidc.allowInsecureRequests(config);
  return config;
}

async function metadataOf({
  issuer,
  endpoints,
  clientId,
  allowHttp,
  patience,
}: CsamAddress): Promise<oidc.ServerMetadata> {
  const isComplete = ENDPOINTS.every((name) => name === 'end_session_endpoint' || endpoints[name] !== undefined);
  const execute = allowHttp ? [oidc.allowInsecureRequests] : [];
  const options = { timeout: patience, execute, [oidc.customFetch]: reaching };
  const discovered: oidc.ServerMetadata = isComplete
    ? { issuer }
    : (await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), options)).serverMetadata();
  if (discovered.issuer !== issuer) throw new CsamRefused('the discovery document is of another issuer');
  return {
    ...discovered,
    ...endpoints,
    id_token_signing_alg_values_supported: accepted(discovered.id_token_signing_alg_values_supported),
    userinfo_signing_alg_values_supported: accepted(discovered.userinfo_signing_alg_values_supported),
  };
}

function accepted(offered: unknown): string[] {
  return Array.isArray(offered) ? ALGORITHMS.filter((name) => offered.includes(name)) : ALGORITHMS;
}

async function signingKey(key: JWK): Promise<oidc.CryptoKey | oidc.PrivateKey> {
  const imported = (await importJWK(key)) as oidc.CryptoKey;
  return key.kid === undefined ? imported : { key: imported, kid: key.kid };
}

/** A provider that does not answer whole, or is out of order, is away: that is nobody's fault who signs in. */
const reaching: oidc.CustomFetch = async (url, options) => {
  try {
    const answer = await fetch(url, options as RequestInit);
    const body = await answer.arrayBuffer();
    if (answer.status >= 500) throw new CsamAway(`answers with ${answer.status}`);
    const { status, headers } = answer;
    return new Response(body.byteLength > 0 ? body : null, { status, headers });
  } catch (error) {
    throw error instanceof CsamAway ? error : new CsamAway(`no answer: ${(error as Error).name}`);
  }
};

/** The library's faults hold what CSAM told of the person: only their code goes on. */
async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CsamRefused) throw error;
    for (let fault: unknown = error; fault instanceof Error; fault = fault.cause)
      if (fault instanceof CsamAway) throw fault;
    const { code, error: oauth, name } = error as { code?: unknown; error?: unknown; name: string };
    throw new CsamRefused([name, code, oauth].filter(isWord).join(' '));
  }
}

const isWord = (part: unknown) => typeof part === 'string' && /^[\w.-]{1,60}$/.test(part);
