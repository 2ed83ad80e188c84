import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { consulted, statuses } from './ebox.consult.ts';
import { type EboxFaults, failing, faultPages } from './ebox.faults.ts';
import { consents, preferences } from './ebox.federation.ts';
import { type Answer, refusal } from './ebox.message.ts';
import { partsOf } from './ebox.multipart.ts';
import { inboxPages, type Person } from './ebox.pages.ts';
import { referenceData } from './ebox.reference.ts';
import { type EboxTokens, SCOPES } from './ebox.token.ts';
import type { EboxBook, EboxId } from './ebox.ts';
import { answer, JSON_TYPE } from './stub-page.ts';

export interface Registry {
  book: EboxBook;
  tokens: EboxTokens;
  people: readonly Person[];
  faults: EboxFaults;
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

const CONSULTATION = '/REST/ebox/enterprise/messageRegistry/v2';
const READERS = [SCOPES.messages, SCOPES.consumer];

interface Route {
  path: RegExp;
  /** Without: the answer knows its methods. */
  method?: 'GET' | 'POST';
  /** A token must bear one of them; none: no token is asked for. */
  scopes: readonly string[];
  answer(registry: Registry, call: Call): Answer | null | Promise<Answer | null>;
}

/** The first that fits. Publication is in the names of v3, consultation in those of v2.1, whose specification is known. */
const ROUTES: readonly Route[] = [
  {
    path: /^\/REST\/oauth\/v5\/token$/,
    method: 'POST',
    scopes: [],
    answer: async ({ tokens }, call) => tokens.give(await form(call)),
  },
  {
    path: /^\/REST\/oauth\/v5\/introspect$/,
    method: 'POST',
    scopes: [SCOPES.introspect],
    answer: async ({ tokens }, call) => tokens.introspect(await form(call)),
  },
  {
    path: /^\/REST\/ebox\/enterprise\/messageRegistry\/v3\/ebox\/messages$/,
    method: 'POST',
    scopes: [SCOPES.publish],
    answer: published,
  },
  {
    path: /^\/REST\/ebox\/enterprise\/messageRegistry\/(v2\/referenceData|v3\/refData)\//,
    method: 'GET',
    scopes: [SCOPES.reference],
    answer: ({ book }, { url }) => {
      const [, base = '', path = ''] = url.pathname.match(/^(.*\/(?:referenceData|refData))(\/.*)$/) ?? [];
      return referenceData(book.rules, base, path, url.searchParams);
    },
  },
  {
    path: /^\/REST\/ebox\/enterprise\/messageRegistry\/v2\/searchMessageStatus$/,
    method: 'POST',
    scopes: [...READERS, SCOPES.publish],
    answer: async ({ book }, { request }) => statuses(book, await text(request)),
  },
  {
    path: /^\/REST\/ebox\/enterprise\/messageRegistry\/v2\/ebox$/,
    scopes: [SCOPES.ownBox, SCOPES.allBoxes],
    answer: consultation,
  },
  {
    path: /^\/REST\/ebox\/enterprise\/messageRegistry\/v2\/ebox\/messages(\/|$)/,
    scopes: READERS,
    answer: consultation,
  },
  {
    path: /^\/REST\/ebox\/enterprise\/federation\/v1\/eboxPreferences\/search$/,
    method: 'POST',
    scopes: [SCOPES.preference],
    answer: async ({ book }, { request }) => preferences(book.rules, await text(request)),
  },
  {
    path: /^\/REST\/ebox\/enterprise\/federation\/v1\/citizenEboxConsents\/search$/,
    method: 'POST',
    scopes: [SCOPES.preference],
    answer: async ({ book, people }, { request }) => consents(book.rules, people, await text(request)),
  },
];

/** Token endpoint, registry and federation under `/REST`; for people "My eBox", and `/faults`. */
export function eboxAnswers(registry: Registry): RequestListener {
  const pages = inboxPages(registry.book, registry.people);
  return (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://stub');
    if (!url) return tell(response, refusal(400, 'INVALID_INPUT', 'No address'));
    const failed = (error: Error) => tell(response, refusal(500, 'INTERNAL', error.message));
    if (url.pathname.startsWith('/REST/'))
      service(registry, { request, response, url }).then((told) => told && tell(response, told), failed);
    else if (/^\/faults(\.json)?$/.test(url.pathname)) faultPages(registry.faults, request, response).catch(failed);
    else pages(request, response);
  };
}

async function service(registry: Registry, call: Call): Promise<Answer | null> {
  const { request, url } = call;
  const route = ROUTES.find(({ path }) => path.test(url.pathname));
  if (!route) return refusal(404, 'NOT_FOUND', 'No such address');
  if (route.method && request.method !== route.method) return { status: 405, body: null };
  const refused = route.scopes.length > 0 && registry.tokens.refuses(request.headers.authorization, ...route.scopes);
  return refused || route.answer(registry, call);
}

async function published({ book, faults }: Registry, { request, response }: Call): Promise<Answer | null> {
  const sent = partsOf(request.headers['content-type'] ?? '', await buffer(request));
  const message = sent.find(({ name }) => name === 'messageToPublish')?.bytes.toString() ?? null;
  const parts = sent.filter(({ name }) => name !== 'messageToPublish');
  return failing(faults.take(), response, () => book.publish(message, parts, keyOf(request)));
}

async function consultation({ book }: Registry, { request, url }: Call): Promise<Answer> {
  return consulted(book, {
    method: request.method ?? 'GET',
    path: url.pathname.slice(CONSULTATION.length),
    base: CONSULTATION,
    query: url.searchParams,
    type: request.headers['content-type']?.split(';')[0] ?? '',
    body: await text(request),
    who: whose(request),
  });
}

/** `Ebox-Id: citizen 85073003328`, a header of ours: the real registry knows it from the reader's token, and here all are the portal's. No number stands in an address. */
function whose(request: IncomingMessage): EboxId | null {
  const [, eboxType, eboxIdValue] =
    String(request.headers['ebox-id'] ?? '').match(/^(citizen|enterprise) (\d+)$/) ?? [];
  return eboxType && eboxIdValue ? { eboxType: eboxType as EboxId['eboxType'], eboxIdValue } : null;
}

const form = async ({ request }: Call) => new URLSearchParams(await text(request));

/** The quoted string of an RFC 8941 item; null where there is none. */
function keyOf(request: IncomingMessage): string | null {
  return (
    String(request.headers['idempotency-key'] ?? '').match(/^"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"$/)?.[1] ?? null
  );
}

function tell(response: ServerResponse, { status, body, file, isCacheable }: Answer): void {
  const headers = {
    ...(isCacheable && { 'cache-control': 'max-age=86400' }),
    ...(file && { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` }),
  };
  answer(
    response,
    status,
    file?.type ?? JSON_TYPE,
    file?.bytes ?? (body === null ? '' : JSON.stringify(body)),
    headers,
  );
}
