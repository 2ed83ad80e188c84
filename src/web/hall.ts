import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ANONYMOUS, type Anonymous, ownNameOf, type SignedIn, type Visitor } from '../identity/visitor.ts';
import { goOnAs, NOBODY, onBehalf } from '../platform/behalf.ts';
import { type Answer, type Cookie, NotFound } from './answer.ts';
import type { Assets } from './assets.ts';
import { type Calls, type Clients, clientOf, isService, refusalOfClient } from './client.ts';
import { type Crowd, errandOf } from './crowd.ts';
import { errorAnswer } from './errors.ts';
import { postedOf, queryOf } from './fields.ts';
import { asLang } from './language.ts';
import { layoutOf } from './layout.ts';
import { withoutLanguage } from './paths.language.ts';
import { refusalOf, turnedAway } from './rights.ts';
import type { Asked, Right, Route } from './route.ts';
import { text } from './text.ts';
import { takeClicks, takeFiles } from './uploads.ts';
import { type Door, isOwnWrite, languageOf, visitorOf } from './visit.ts';

export interface Hall extends Door {
  assets: Assets;
  clients: Clients;
  calls: Calls;
  crowd: Crowd;
  /** Origin of the demo's virtual card, allowed in the content security policy; null in production. */
  cardOrigin: string | null;
  /** Origin to which sign-out may lead on: where he signed in. */
  leavesTo: string | null;
  demo: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    right?: Right;
  }
  interface FastifyRequest {
    visitor: Anonymous | SignedIn | null;
  }
}

/** Mounts the rooms' routes; those that take files, and those that read no cookie, each apart with the kinds of body they take. */
export async function mount(app: FastifyInstance, hall: Hall, routes: Route[]): Promise<void> {
  const plain = routes.filter(({ upload, withoutCookie }) => !upload && !withoutCookie);
  mountIn(app, hall, plain);
  const apart = (some: Route[], take: (app: FastifyInstance) => void) =>
    app.register((within, _, done) => {
      take(within);
      mountIn(within, hall, some);
      done();
    });
  await apart(
    routes.filter(({ upload }) => upload),
    takeFiles,
  );
  await apart(
    routes.filter(({ withoutCookie }) => withoutCookie),
    takeClicks,
  );
}

/** Who is it, may he, what did he ask; the handler answers with data and this one place renders it. */
function mountIn(app: FastifyInstance, hall: Hall, routes: Route[]): void {
  for (const route of routes) {
    const errand = errandOf({ method: route.method, url: route.path });
    app.route({
      method: route.method,
      url: route.path,
      config: {
        right: route.right,
        ...(route.perMinute ? { rateLimit: { max: route.perMinute, timeWindow: '1 minute' } } : {}),
      },
      handler: (request, reply) => {
        const answered = () =>
          onBehalf(NOBODY, async () => send(app, hall, request, reply, await answerTo(route, hall, request)));
        // a file comes as fast as its line is: who sends one keeps nobody else out
        return route.upload ? answered() : hall.crowd.within(errand, answered);
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
  if (isService(request)) return answerToService(route, hall, request);
  if (route.withoutCookie) return route.handle(askedOf(route, request, hall, ANONYMOUS));
  if (route.method === 'POST') {
    if (!isOwnWrite(request.headers, hall.publicUrl)) return errorAnswer(request, 403);
    if (route.json && !request.headers['content-type']?.startsWith('application/json'))
      return errorAnswer(request, 415);
  }
  const visitor = await visitorOf(request, hall);
  request.visitor = visitor;
  const refusal = refusalOf(route, visitor, hall.clock.now());
  if (refusal) return turnedAway(route, request, refusal);
  return route.handle(askedOf(route, request, hall, visitor));
}

/** A service shows no cookie and so needs no word on where it comes from: it proves itself with every call. */
async function answerToService(route: Route, hall: Hall, request: FastifyRequest): Promise<Answer> {
  if (route.right !== 'client') return route.handle(askedOf(route, request, hall, ANONYMOUS));
  const client = await clientOf(request, hall);
  const refusal = refusalOfClient(request, client, route.scopes);
  if (refusal || !client) return refusal ?? errorAnswer(request, 401);
  return hall.calls.within(client.clientId, async () => route.handle(askedOf(route, request, hall, client)));
}

/** What a handler is given; from here on the database is asked in its visitor's name. */
function askedOf(route: Route, request: FastifyRequest, hall: Hall, visitor: Visitor): Asked {
  const name = ownNameOf(visitor);
  if (name !== null) goOnAs(name);
  return {
    visitor,
    lang: languageOf(request),
    today: hall.clock.today(),
    now: hall.clock.now(),
    query: queryOf(request),
    params: request.params as Asked['params'],
    ...postedOf(route, request),
    request,
  };
}

/** `?lang=fr` is remembered and taken out of the address. */
export function chosenLanguage(request: FastifyRequest, wanted: string | string[]): Answer {
  const address = withoutLanguage(request.url);
  const lang = asLang(String(wanted));
  const cookies: Cookie[] = lang ? [{ name: 'lang', value: lang, maxAge: 365 * 24 * 3600 }] : [];
  return { kind: 'redirect', to: address, cookies };
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
      if (answer.headers) reply.headers(answer.headers);
      return text(
        request,
        reply.code(answer.status),
        answer.type ?? 'application/json; charset=utf-8',
        JSON.stringify(answer.body),
      );
    case 'document':
      reply.code(answer.status ?? 200).headers(answer.headers ?? {});
      if (answer.etag) {
        reply.header('etag', answer.etag);
        if (request.headers['if-none-match'] === answer.etag) return reply.code(304).send();
      }
      if (answer.fileName) reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
      return typeof answer.body === 'string'
        ? text(request, reply, answer.type, answer.body)
        : reply.type(answer.type).send(answer.body);
    case 'stream':
      reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
      return reply.type(answer.type).send(answer.body);
    case 'page': {
      const layout = layoutOf(hall, request, languageOf(request), answer.looking ?? null);
      const html = await app.view(answer.view, { ...answer.model, hall: layout });
      if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter);
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
