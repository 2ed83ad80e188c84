import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { refusedAtDoor } from '../platform/metrics.ts';
import { type Errand, errandOf } from './crowd.ts';
import { problemOf, wantsData } from './errors.ts';
import type { Hall } from './hall.ts';
import { securityHeaders } from './headers.ts';
import { LANGS, type Lang } from './language.ts';
import { layoutOf } from './layout.ts';
import * as paths from './paths.ts';
import { busyPage } from './public.pages.ts';
import { languageOf } from './visit.ts';

/** Milliseconds. A question that is not told by then is none; a file of 64 MiB on a slow line takes its time; a silent socket does not last. */
const PATIENCE = { headersTimeout: 20_000, requestTimeout: 600_000, connectionsCheckingInterval: 5_000 };
const SILENCE = 60_000;
const KEPT_ALIVE = 72_000;
/** More would take the file descriptors that the database's connections need. */
const CONNECTIONS = 10_000;

const RETRY_AFTER = '2';
const TOLD_EVERY = 1_000;

interface Prepared {
  headers: Record<string, string>;
  body: Buffer;
}
type Answers = { data: Prepared } & Record<Lang, { plain: Prepared; brotli: Prepared }>;

/**
 * The way into the portal. When as much is under way as can be, whoever comes is told so at once and in words, before his cookie is read or
 * anything asked of the database: refusing must cost far less than answering. Operators' health addresses and assets always pass.
 */
export class Entrance {
  #hall: Hall;
  #log: Logger;
  #reference: string;
  #answers: Answers | null = null;
  #refused: Partial<Record<Errand, number>> | null = null;

  /** @param reference stands on every page that refuses, and in the lines of the log that count them */
  constructor(hall: Hall, log: Logger, reference: string) {
    this.#hall = hall;
    this.#log = log;
    this.#reference = reference;
  }

  serverOf(handler: RequestListener): Server {
    const server = createServer({ ...PATIENCE, keepAliveTimeout: KEPT_ALIVE }, (request, response) => {
      const answers = this.#answers;
      if (answers === null || passes(request.url ?? '')) return handler(request, response);
      const errand = errandOf(request);
      this.#hall.crowd.letIn(errand, {
        // who gave up while he waited is told nothing
        enter: () => !response.destroyed && handler(request, response),
        refuse: () => !response.destroyed && this.#refuse(answers, errand, request, response),
      });
    });
    server.setTimeout(SILENCE);
    server.maxConnections = CONNECTIONS;
    return server;
  }

  /** Draws the pages that refuse, once and in every language. */
  async prepare(app: FastifyInstance): Promise<void> {
    const reference = this.#reference;
    const about = { ...securityHeaders(this.#hall), 'retry-after': RETRY_AFTER, 'cache-control': 'no-store' };
    const prepared = (type: string, body: Buffer, more = {}): Prepared => ({
      headers: { ...about, 'content-type': type, 'content-length': String(body.length), ...more },
      body,
    });
    const page = async (lang: Lang) => {
      const layout = layoutOf(this.#hall, { url: paths.HOME, visitor: null }, lang);
      const html = await app.view('public/error', { ...busyPage(lang, reference), hall: layout });
      const [bytes, more] = [Buffer.from(html), { vary: 'accept-encoding' }];
      const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
      const type = 'text/html; charset=utf-8';
      return {
        plain: prepared(type, bytes, more),
        brotli: prepared(type, packed, { ...more, 'content-encoding': 'br' }),
      };
    };
    const pages = await Promise.all(LANGS.map(async (lang) => [lang, await page(lang)] as const));
    const problem = Buffer.from(JSON.stringify(problemOf(503, reference)));
    const data = prepared('application/problem+json; charset=utf-8', problem);
    this.#answers = { ...Object.fromEntries(pages), data } as Answers;
  }

  #refuse(answers: Answers, errand: Errand, request: IncomingMessage, response: ServerResponse): void {
    const { headers, body } = chosen(answers, request);
    response.writeHead(503, headers).end(body);
    refusedAtDoor.inc({ errand });
    this.#tell(errand);
  }

  /** One line a second, however many are refused. */
  #tell(errand: Errand): void {
    if (this.#refused === null) {
      this.#refused = {};
      setTimeout(() => {
        this.#log.warn({ refused: this.#refused, requestId: this.#reference }, 'refused at the door');
        this.#refused = null;
      }, TOLD_EVERY).unref();
    }
    this.#refused[errand] = (this.#refused[errand] ?? 0) + 1;
  }
}

function chosen(answers: Answers, { url = '', headers }: IncomingMessage): Prepared {
  if (wantsData({ url, headers })) return answers.data;
  const lang = /(?:^|;\s*)lang=(\w\w)/.exec(headers.cookie ?? '')?.[1];
  const page = answers[languageOf({ headers, cookies: { lang } })];
  return /\bbr\b/.test(String(headers['accept-encoding'])) ? page.brotli : page.plain;
}

function passes(url: string): boolean {
  return url.startsWith('/health/') || url.startsWith('/assets/');
}
