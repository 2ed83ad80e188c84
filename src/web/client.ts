import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { AgencyClient, ClientScope } from '../identity/visitor.ts';
import type { Clock } from '../platform/clock.ts';
import { type Answer, type Data, Refused } from './answer.ts';
import { problemAnswer } from './errors.ts';

/** Who holds a bearer token: asked at every call. */
export interface Clients {
  find(tokenHash: Buffer, now: string): Promise<AgencyClient | null>;
}

const SERVICE = '/REST/';

export function isService(request: Pick<FastifyRequest, 'url'>): boolean {
  return request.url.startsWith(SERVICE);
}

/** The client of the call's `Authorization: Bearer …`. */
export async function clientOf(
  request: FastifyRequest,
  { clients, clock }: { clients: Clients; clock: Clock },
): Promise<AgencyClient | null> {
  const token = /^Bearer ([\w~+/.-]{20,200}=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  return token ? clients.find(createHash('sha256').update(token).digest(), clock.now()) : null;
}

/** 401 without a token that counts, 403 without a scope; both say what is missing (RFC 6750 §3). */
export function refusalOfClient(
  request: FastifyRequest,
  client: AgencyClient | null,
  scopes: readonly ClientScope[],
): Answer | null {
  const challenge = (error: string): Pick<Data, 'headers'> => ({
    headers: { 'www-authenticate': `Bearer realm="dimona"${error}` },
  });
  if (client === null) {
    const told = request.headers.authorization === undefined ? '' : ', error="invalid_token"';
    return { ...problemAnswer(request, 401), ...challenge(told) };
  }
  if (scopes.some((scope) => client.scopes.includes(scope))) return null;
  const wanted = `, error="insufficient_scope", scope="${scopes.join(' ')}"`;
  return { ...problemAnswer(request, 403), ...challenge(wanted) };
}

/** Calls of one client under way at once; beyond, it is asked to wait: its own queue, not everybody's. */
const AT_ONCE = 200;

export class Calls {
  #underWay = new Map<string, number>();

  /** @throws Refused 429 */
  async within<T>(clientId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#underWay.get(clientId) ?? 0;
    if (before >= AT_ONCE) throw new Refused(429, 'too many calls of this client under way', 1);
    this.#underWay.set(clientId, before + 1);
    try {
      return await work();
    } finally {
      const now = (this.#underWay.get(clientId) ?? 1) - 1;
      if (now === 0) this.#underWay.delete(clientId);
      else this.#underWay.set(clientId, now);
    }
  }
}

/** The methods that a service address knows, for one that it does not; none for an unknown address. */
export function methodsAt(path: string, routes: { method: string; path: string }[]): string[] {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(path);
  return [...new Set(routes.filter((route) => matches(route.path)).map(({ method }) => method))];
}
