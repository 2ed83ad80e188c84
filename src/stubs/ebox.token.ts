import type { KeyObject } from 'node:crypto';
import { randomBytes, randomUUID } from 'node:crypto';
import { decodeJwt, jwtVerify } from 'jose';
import type { Answer } from './ebox.message.ts';

const REGISTRY = 'scope:document:management:consult:ws-eboxrestentreprise:';
const FEDERATION = 'scope:documentmanagement:ebox:enterprise:federation-rest:';
export const SCOPES = {
  publish: `${REGISTRY}publicationsender`,
  ownBox: `${REGISTRY}summaryownebox`,
  allBoxes: `${REGISTRY}summaryallebox`,
  messages: `${REGISTRY}messagesfull`,
  consumer: `${REGISTRY}documentconsumer`,
  reference: `${REGISTRY}referencedata`,
  preference: `${FEDERATION}preference`,
  introspect: 'scope:security:authorization:oauth:oauth-autz-server:introspect',
} as const;

interface Given {
  until: number;
  since: number;
  jti: string;
  scopes: string[];
}

/** The authorization server: tokens for one client that proves itself by an assertion signed with its key. */
export class EboxTokens {
  #client: { id: string; key: KeyObject };
  #enterpriseNumber: string;
  #url: () => string;
  #jtis = new Set<string>();
  #tokens = new Map<string, Given>();
  seconds: number;

  /** @param enterpriseNumber of the organisation in the client's certificate */
  constructor(client: { id: string; key: KeyObject }, enterpriseNumber: string, url: () => string, seconds = 600) {
    this.#client = client;
    this.#enterpriseNumber = enterpriseNumber;
    this.#url = url;
    this.seconds = seconds;
  }

  /** Without a scope: all of the client's. */
  async give(form: URLSearchParams): Promise<Answer> {
    const refuse = (error: string): Answer => ({ status: 400, body: { error } });
    if (!form.has('grant_type') || !form.has('client_assertion')) return refuse('invalid_request');
    if (form.get('grant_type') !== 'client_credentials') return refuse('unsupported_grant_type');
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return refuse('invalid_request');
    if (!(await this.#isProven(form.get('client_assertion') ?? ''))) return refuse('invalid_client');
    const known: string[] = Object.values(SCOPES);
    const asked = form.get('scope')?.split(' ').filter(Boolean) ?? [];
    if (asked.some((scope) => !known.includes(scope))) return refuse('invalid_scope');
    const scopes = asked.length > 0 ? asked : known;
    const token = randomBytes(32).toString('base64url');
    const since = Date.now();
    this.#tokens.set(token, { since, until: since + this.seconds * 1000, jti: randomUUID(), scopes });
    const told = { access_token: token, token_type: 'Bearer', expires_in: this.seconds, scope: scopes.join(' ') };
    return { status: 200, body: told };
  }

  async #isProven(assertion: string): Promise<boolean> {
    const { id, key } = this.#client;
    try {
      await jwtVerify(assertion, key, {
        issuer: id,
        subject: id,
        audience: this.#url(),
        algorithms: ['RS256'],
        maxTokenAge: 300,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
    } catch {
      return false; // whatever is wrong: no client
    }
    const { jti = '', exp = 0, iat = 0 } = decodeJwt(assertion);
    if (exp - iat > 300 || this.#jtis.has(jti)) return false;
    this.#jtis.add(jti);
    return true;
  }

  /** 401 without a token that counts, 403 without any of these scopes, null when it may. */
  refuses(authorization: string | undefined, ...scopes: string[]): Answer | null {
    const given = this.#tokens.get(authorization?.match(/^Bearer (.+)$/)?.[1] ?? '');
    if (!given || given.until <= Date.now()) return { status: 401, body: null };
    return scopes.some((scope) => given.scopes.includes(scope)) ? null : { status: 403, body: null };
  }

  expire(): void {
    this.#tokens.clear();
  }

  introspect(form: URLSearchParams): Answer {
    const given = this.#tokens.get(form.get('token') ?? '');
    if (!given || given.until <= Date.now()) return { status: 200, body: { active: false } };
    const { id } = this.#client;
    const [since, until] = [given.since, given.until].map((at) => Math.floor(at / 1000));
    const times = { iat: since, nbf: since, exp: until };
    const who = { client_id: id, sub: id, aud: id, iss: new URL(this.#url()).origin, token_type: 'access_token' };
    const principalAttributes = { 'urn:be:fgov:kbo-bce:organization:cbe-number': [this.#enterpriseNumber] };
    const scope = given.scopes.join(' ');
    return { status: 200, body: { active: true, ...who, jti: given.jti, ...times, scope, principalAttributes } };
  }
}
