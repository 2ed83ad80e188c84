import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { z } from 'zod';
import type { CardHolder, VirtualCards } from './eid-card.ts';
import { tokensPage } from './paper-token.ts';
import type { DemoToken } from './people.keys.ts';

interface Desk {
  cards: VirtualCards;
  people: readonly CardHolder[];
  portalOrigin: string;
  tokens: readonly DemoToken[];
  /** Answers an OCSP request. */
  ocsp(request: Buffer): Buffer;
}

interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
}

const MOST_BYTES = 10_000;
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** What the reader in the page is made of. It stands here and not in `public/`, so that no portal can ever serve it. */
const FILES: Readonly<Record<string, Answer>> = {
  '/eid-card.js': file('eid-card.reader.js', JAVASCRIPT),
  '/eid-card.words.js': file('eid-card.words.js', JAVASCRIPT),
  '/eid-card.css': file('eid-card.reader.css', 'text/css; charset=utf-8'),
};

const Signing = z.object({ insz: z.string(), pin: z.string(), nonce: z.string(), origin: z.string() });
const Replacement = z.object({ insz: z.string() });

/**
 * The stub's addresses, for the portal's page alone (cross-origin rules, and a foreign `Origin` is turned away): the reader's files ·
 * `GET /cards` who has a card · `POST /authenticate` `{insz, pin, nonce, origin}` → `{token}` or `{fault, left?}` · `POST /replacement`
 * `{insz}` gives a new card · `POST /ocsp` the CA's responder ·
 * `GET /tokens` a page of the paper tokens. A client without `Origin` (a script) is served too.
 */
export function answering(desk: Desk): RequestListener {
  return (request, response) => {
    const { origin } = request.headers;
    response.setHeader('Access-Control-Allow-Origin', desk.portalOrigin).setHeader('Vary', 'Origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin').setHeader('Cache-Control', 'no-store');
    if (origin !== undefined && origin !== desk.portalOrigin) return send(response, words(403, 'Not your card reader'));
    route(desk, request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, words(500, `The card stub failed: ${error}`)),
    );
  };
}

async function route(desk: Desk, request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://stub');
  switch (`${request.method} ${pathname}`) {
    case 'GET /cards':
      return data(listOf(desk));
    case 'GET /tokens':
      return { status: 200, type: 'text/html; charset=utf-8', body: tokensPage(desk.tokens) };
    case 'POST /authenticate':
      return withBody(request, Signing, async (signing) => data(await desk.cards.authenticate(signing)));
    case 'POST /replacement':
      return withBody(request, Replacement, async ({ insz }) => {
        desk.cards.replace(insz);
        return data({ left: desk.cards.triesLeft(insz) });
      });
    case 'POST /ocsp':
      if (!isShort(request)) return words(413, 'Too much');
      return { status: 200, type: 'application/ocsp-response', body: desk.ocsp(await buffer(request)) };
  }
  if (request.method === 'OPTIONS') return words(204, '');
  const found = request.method === 'GET' ? FILES[pathname] : undefined;
  return found ?? words(404, 'No such address');
}

/** The PIN is told too: these people are made up, and whoever tries the demo should not have to look for it. */
function listOf({ cards, people }: Desk): object[] {
  return people.map(({ insz, givenName, familyName, pin, about }) => ({
    insz,
    name: [givenName, familyName].filter(Boolean).join(' '),
    pin,
    about,
    left: cards.triesLeft(insz),
  }));
}

async function withBody<T>(
  request: IncomingMessage,
  shape: z.ZodType<T>,
  use: (body: T) => Promise<Answer>,
): Promise<Answer> {
  if (!isShort(request)) return words(413, 'Too much');
  const body = shape.safeParse(parsed(await text(request)));
  return body.success ? use(body.data) : words(400, z.prettifyError(body.error));
}

function isShort({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length']) <= MOST_BYTES;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The shape check says what is expected instead.
    return undefined;
  }
}

function data(value: object): Answer {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) };
}

function words(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body };
}

function file(name: string, type: string): Answer {
  return { status: 200, type, body: readFileSync(new URL(name, import.meta.url), 'utf8') };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  if (status === 204) {
    response
      .setHeader('Access-Control-Allow-Methods', 'GET, POST')
      .setHeader('Access-Control-Allow-Headers', 'Content-Type');
  }
  response.writeHead(status, { 'Content-Type': type }).end(body);
}
