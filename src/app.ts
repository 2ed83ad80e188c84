import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import view from '@fastify/view';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { accessRoutes } from './access/access.routes.ts';
import { agencyBatchesRoutes } from './agency/batches.routes.ts';
import { deskRoutes } from './agency/desk.routes.ts';
import { staffRoutes } from './agency/staff.routes.ts';
import { verificationsRoutes } from './agency/verifications.routes.ts';
import { batchesRoutes } from './declarations/batches.routes.ts';
import { formRoutes } from './declarations/form.routes.ts';
import { openApiRoutes } from './declarations/openapi.routes.ts';
import { restRoutes } from './declarations/rest.routes.ts';
import { deliveriesRoutes } from './deliveries/deliveries.routes.ts';
import { dossierRoutes } from './dossier/dossier.routes.ts';
import { directoryRoutes } from './enterprises/directory.routes.ts';
import { feedsRoutes } from './feeds/feeds.routes.ts';
import type { House } from './house.ts';
import { capacityRoutes } from './identity/capacity.routes.ts';
import { clientsRoutes } from './identity/clients.routes.ts';
import { signInRoutes } from './identity/sign-in.routes.ts';
import { keysRoutes } from './keys/keys.routes.ts';
import { addressRoutes } from './mail/address.routes.ts';
import { noticesRoutes } from './notices/notices.routes.ts';
import { overviewsRoutes } from './overviews/overviews.routes.ts';
import { verifyRoutes } from './overviews/verify.routes.ts';
import { relationsReadings, relationsRoutes } from './relations/relations.routes.ts';
import { deskReportsRoutes } from './reports/desk.routes.ts';
import { reportsReadings, reportsRoutes } from './reports/reports.routes.ts';
import { shiftsRoutes } from './shifts/shifts.routes.ts';
import { supportRoutes } from './support/support.routes.ts';
import { Calls, isService, methodsAt } from './web/client.ts';
import { Crowd } from './web/crowd.ts';
import { Entrance } from './web/entrance.ts';
import { errorAnswer, problemAnswer, statusOf } from './web/errors.ts';
import { chosenLanguage, type Hall, mount, send } from './web/hall.ts';
import { securityHeaders } from './web/headers.ts';
import { healthRoutes } from './web/health.routes.ts';
import { logged } from './web/logged.ts';
import { publicRoutes } from './web/public.routes.ts';
import type { Route } from './web/route.ts';
import { FlatTemplates, VIEWS_FOLDER } from './web/templates.ts';

/** Every address of the portal, room by room. */
export function routesOf(house: House): Route[] {
  return [
    ...publicRoutes(house),
    ...signInRoutes(house),
    ...capacityRoutes(house),
    ...clientsRoutes(house),
    ...restRoutes(house),
    ...batchesRoutes(house),
    ...openApiRoutes(house),
    ...relationsRoutes(house),
    ...overviewsRoutes(house),
    ...addressRoutes(house),
    ...deliveriesRoutes(house),
    ...keysRoutes({ ...house, ...house.keys }),
    ...verifyRoutes(house),
    ...feedsRoutes(house),
    ...dossierRoutes(house),
    ...accessRoutes(house),
    ...supportRoutes({ ...house, readings: [...relationsReadings(house), ...reportsReadings(house)] }),
    ...staffRoutes(house),
    ...formRoutes(house),
    ...directoryRoutes(house),
    ...agencyBatchesRoutes(house),
    ...deskRoutes(house),
    ...verificationsRoutes(house),
    ...reportsRoutes(house),
    ...deskReportsRoutes(house),
    ...shiftsRoutes(house),
    ...noticesRoutes(house),
  ];
}

/** So late comes the main loop round when there is more to do than can be done: then new requests are told to come back. 0: never. */
const SHED_MS = 1_500;

/** The portal on a house: first the hall, then the rooms, and `more` that only some portals have. */
export async function buildApp(
  house: House,
  { lateMs = SHED_MS, more = [], crowd = new Crowd() }: { lateMs?: number; more?: Route[]; crowd?: Crowd } = {},
): Promise<FastifyInstance> {
  const { config, log } = house;
  const hall = hallOf(house, crowd);
  const ids = requestIds();
  const entrance = new Entrance(hall, log, ids());
  const app: FastifyInstance = Fastify({
    serverFactory: (handler) => entrance.serverOf(handler),
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: ids,
    trustProxy: config.TRUST_PROXY ?? false,
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    // an address that is no text never reaches the hooks
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders(hall));
      void send(
        app,
        hall,
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        errorAnswer(request as FastifyRequest, statusOf(error).status),
      );
    },
  }) as unknown as FastifyInstance;
  app.decorateRequest('visitor', null);
  securedBy(app, securityHeaders(hall));
  logged(app);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_, { statusCode }) => Object.assign(new Error('too many'), { statusCode }),
  });
  await app.register(underPressure, { maxEventLoopDelay: lateMs, retryAfter: 2 });
  await app.register(view, { engine: { eta: new FlatTemplates() }, root: VIEWS_FOLDER, production: true });
  const routes = [...routesOf(house), ...more];
  inWords(app, hall, routes);
  house.assets.serve(app);
  healthRoutes(app, house);
  await mount(app, hall, routes);
  await entrance.prepare(app);
  return app;
}

function hallOf(house: House, crowd: Crowd): Hall {
  return {
    publicUrl: house.publicUrl,
    secret: house.secret,
    clock: house.clock,
    sessions: house.sessions,
    clients: house.clients,
    calls: new Calls(),
    crowd,
    assets: house.assets,
    cardOrigin: house.cardUrl,
    leavesTo: house.csam?.origin ?? null,
    demo: house.config.mode === 'demo',
  };
}

/** Ids that no other process gives: a name for this one, and a number that counts on. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('base64url');
  let last = 0;
  return () => `${process}${(++last).toString(36)}`;
}

function securedBy(app: FastifyInstance, headers: Record<string, string>): void {
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(headers);
    done();
  });
}

/** Every fault and every unknown address is answered with words. */
function inWords(app: FastifyInstance, hall: Hall, routes: Route[]): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, retryAfter } = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, status === 503 ? 'out of service' : 'a fault of ours');
    return send(app, hall, request, reply, errorAnswer(request, status, retryAfter)).catch((err: Error) => {
      request.log.error({ err }, 'the page that tells of a fault is at fault itself');
      return reply.code(500).type('text/plain; charset=utf-8').send(`Interim@work: 500\n${request.id}\n`);
    });
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = isService(request) ? methodsAt(path, routes) : [];
    if (methods.length > 0)
      return send(app, hall, request, reply, problemAnswer(request, 405, { headers: { allow: methods.join(', ') } }));
    const { lang } = request.query as { lang?: string };
    const isPage = request.method === 'GET' && lang !== undefined;
    return send(app, hall, request, reply, isPage ? chosenLanguage(request, lang) : errorAnswer(request, 404));
  });
}
