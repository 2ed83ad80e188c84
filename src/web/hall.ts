import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { holds, STAFF_ASSURANCE, type StaffRight, type Visitor } from '../identity/visitor.ts';
import { type Answer, type Cookie, NotFound } from './answer.ts';
import type { Assets } from './assets.ts';
import { errorAnswer, wantsJson } from './errors.ts';
import { asLang } from './language.ts';
import { layoutOf } from './layout.ts';
import * as paths from './paths.ts';
import type { Asked, Right, Route } from './route.ts';
import { type Door, isOwnWrite, languageOf, visitOf } from './visit.ts';

export interface Hall extends Door {
  assets: Assets;
  /** Origin of the demo's virtual card, allowed in the content security policy; null in production. */
  cardOrigin: string | null;
  demo: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    right?: Right;
  }
  interface FastifyRequest {
    visitor: Visitor | null;
  }
}

/** Headers of every answer, made once. */
export function securityHeaders(hall: Pick<Hall, 'cardOrigin' | 'publicUrl'>): Record<string, string> {
  const own = hall.cardOrigin ? `'self' ${hall.cardOrigin}` : "'self'";
  const policy = [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    `connect-src ${own}`,
    "img-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(hall.publicUrl.startsWith('https:')
      ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
      : {}),
  };
}

/** Mounts a room's routes: who is it, may he, what did he ask; the handler answers with data and this one place renders it. */
export function mount(app: FastifyInstance, hall: Hall, routes: Route[]): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path,
      config: {
        right: route.right,
        ...(route.perMinute ? { rateLimit: { max: route.perMinute, timeWindow: '1 minute' } } : {}),
      },
      handler: async (request, reply) => {
        const answer = await answerTo(route, hall, request);
        return send(app, hall, request, reply, answer);
      },
    });
  }
}

async function answerTo(route: Route, hall: Hall, request: FastifyRequest): Promise<Answer> {
  const query = request.query as Asked['query'];
  // PostgreSQL's text holds no NUL: nothing has such a name
  if (Object.values(request.params as Asked['params']).some((value) => value.includes('\0'))) throw new NotFound();
  if (route.method === 'GET' && route.answers === 'page' && query.lang !== undefined)
    return chosenLanguage(request, query.lang);
  if (route.method === 'POST') {
    if (!isOwnWrite(request.headers, hall.publicUrl)) return errorAnswer(request, 403);
    if (route.json && !request.headers['content-type']?.startsWith('application/json'))
      return errorAnswer(request, 415);
  }
  const { visitor } = await visitOf(request, hall);
  request.visitor = visitor;
  const refusal = refusalOf(route, visitor);
  if (refusal) return turnedAway(route, request, refusal);
  return route.handle({
    visitor,
    lang: languageOf(request),
    today: hall.clock.today(),
    now: hall.clock.now(),
    query,
    params: request.params as Asked['params'],
    body: request.body,
    request,
  });
}

/** What keeps a visitor out: he is nobody yet, he acts as something else, or his right does not reach. */
function refusalOf({ right }: Route, visitor: Visitor): 'sign-in' | 'capacity' | 'forbidden' | null {
  if (right === 'public') return null;
  if (visitor.kind === 'anonymous') return 'sign-in';
  if (right === 'signedIn') return null;
  if (right === 'worker') return visitor.kind === 'worker' ? null : 'capacity';
  if (visitor.kind !== 'agency') return visitor.mayChoose ? 'capacity' : 'forbidden';
  const isEnough =
    visitor.assurance >= STAFF_ASSURANCE && holds(visitor.right, right.slice('agency:'.length) as StaffRight);
  return isEnough ? null : 'forbidden';
}

/** People are led to where they can go on; a program is told. */
function turnedAway(route: Route, request: FastifyRequest, why: 'sign-in' | 'capacity' | 'forbidden'): Answer {
  const isData = route.answers === 'data' || wantsJson(request);
  if (isData || why === 'forbidden') return errorAnswer(request, why === 'sign-in' ? 401 : 403);
  const back = route.method === 'GET' ? request.url : route.comeBack(request.body);
  return { kind: 'redirect', to: why === 'sign-in' ? paths.signIn(back) : paths.capacity(back) };
}

/** `?lang=fr` is remembered and taken out of the address. */
export function chosenLanguage(request: FastifyRequest, wanted: string | string[]): Answer {
  const address = new URL(request.url, 'http://own');
  address.searchParams.delete('lang');
  const lang = asLang(String(wanted));
  const cookies: Cookie[] = lang ? [{ name: 'lang', value: lang, maxAge: 365 * 24 * 3600 }] : [];
  return { kind: 'redirect', to: `${address.pathname}${address.search}`, cookies };
}

export async function send(
  app: FastifyInstance,
  hall: Hall,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<FastifyReply> {
  if ('cookies' in answer) for (const cookie of answer.cookies ?? []) setCookie(reply, hall, cookie);
  reply.header('cache-control', 'no-store');
  switch (answer.kind) {
    case 'redirect':
      return reply.code(303).header('location', answer.to).send();
    case 'data':
      if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter);
      return text(
        request,
        reply.code(answer.status),
        answer.type ?? 'application/json; charset=utf-8',
        JSON.stringify(answer.body),
      );
    case 'document':
      if (answer.fileName) reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
      return typeof answer.body === 'string'
        ? text(request, reply, answer.type, answer.body)
        : reply.type(answer.type).send(answer.body);
    case 'page': {
      const layout = layoutOf(hall, request, languageOf(request));
      const html = await app.view(answer.view, { ...answer.model, hall: layout });
      if (answer.status === 503) reply.header('retry-after', '2');
      return text(request, reply.code(answer.status), 'text/html; charset=utf-8', html);
    }
  }
}

function setCookie(reply: FastifyReply, hall: Hall, cookie: Cookie): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: hall.publicUrl.startsWith('https:') };
  if (cookie.value === null) reply.clearCookie(cookie.name, options);
  else
    reply.setCookie(
      cookie.name,
      cookie.value,
      cookie.maxAge === undefined ? options : { ...options, maxAge: cookie.maxAge },
    );
}

/** Compresses at the lightest level, at once: for a page it costs less than a hop to the thread pool (no secret of ours is echoed in a page). */
function text(request: FastifyRequest, reply: FastifyReply, type: string, body: string): FastifyReply {
  reply.header('content-type', type);
  const accepted = request.headers['accept-encoding'];
  const bytes = Buffer.from(body); // once: as text it would be measured, then spelt
  if (accepted === undefined || bytes.length < 1024) return reply.send(bytes);
  reply.header('vary', 'accept-encoding');
  if (/\bbr\b/.test(accepted)) {
    reply.header('content-encoding', 'br');
    return reply.send(brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
  }
  if (!/\bgzip\b/.test(accepted)) return reply.send(bytes);
  return reply.header('content-encoding', 'gzip').send(gzipSync(bytes, { level: 1 }));
}
