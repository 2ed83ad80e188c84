import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { decodeJwt, jwtVerify } from 'jose';
import type { Answer } from './ebox.ts';

/** The authorization server: tokens for one client that proves itself by an assertion signed with its key. */
export class EboxTokens {
  #client: { id: string; key: KeyObject };
  #url: () => string;
  #jtis = new Set<string>();
  #tokens = new Map<string, number>();
  seconds: number;

  constructor(client: { id: string; key: KeyObject }, url: () => string, seconds = 600) {
    this.#client = client;
    this.#url = url;
    this.seconds = seconds;
  }

  async give(form: URLSearchParams): Promise<Answer> {
    const refuse = (error: string): Answer => ({ status: 400, body: { error } });
    if (form.get('grant_type') !== 'client_credentials') return refuse('unsupported_grant_type');
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return refuse('invalid_request');
    if (!(await this.#isProven(form.get('client_assertion') ?? ''))) return refuse('invalid_client');
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, Date.now() + this.seconds * 1000);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: this.seconds } };
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

  /** Whether a request bears a token that counts. */
  isBorne(authorization: string | undefined): boolean {
    const until = this.#tokens.get(authorization?.match(/^Bearer (.+)$/)?.[1] ?? '');
    return until !== undefined && until > Date.now();
  }

  expire(): void {
    this.#tokens.clear();
  }

  introspect(form: URLSearchParams): Answer {
    const until = this.#tokens.get(form.get('token') ?? '') ?? 0;
    const { id } = this.#client;
    const active = until > Date.now();
    return {
      status: 200,
      body: active
        ? { active, client_id: id, sub: id, token_type: 'access_token', exp: Math.floor(until / 1000) }
        : { active },
    };
  }
}
