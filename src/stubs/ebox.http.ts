import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { consulted } from './ebox.consult.ts';
import { inboxPages } from './ebox.pages.ts';
import type { EboxFault } from './ebox.server.ts';
import type { EboxTokens } from './ebox.token.ts';
import { type Answer, type EboxBook, type Part, refusal } from './ebox.ts';
import { answer, JSON_TYPE } from './stub-page.ts';

export interface Registry {
  book: EboxBook;
  tokens: EboxTokens;
  people: readonly { insz: string; name: string }[];
  /** What goes wrong with the publication at hand. */
  fault(): EboxFault | null;
}

const REGISTRY = '/REST/ebox/enterprise/messageRegistry/v3';
const SLOW = 3_000;

/** `/REST/oauth/v5/token` and `/introspect` · the registry under `messageRegistry/v3` · consents · "My eBox" for people. */
export function eboxAnswers(registry: Registry): RequestListener {
  const pages = inboxPages(registry.book, registry.people);
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stub');
    if (!pathname.startsWith('/REST/')) return pages(request, response);
    service(registry, request, response, pathname).then(
      (told) => told && tell(response, told),
      (error: Error) => tell(response, refusal(500, 'INTERNAL', error.message)),
    );
  };
}

async function service(
  { book, tokens, people, fault }: Registry,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<Answer | null> {
  if (pathname === '/REST/oauth/v5/token') return tokens.give(new URLSearchParams(await text(request)));
  if (pathname === '/REST/oauth/v5/introspect') return tokens.introspect(new URLSearchParams(await text(request)));
  if (!tokens.isBorne(request.headers.authorization)) return { status: 401, body: null };
  if (pathname === `${REGISTRY}/ebox/messages` && request.method === 'POST')
    return published(book, fault(), request, response);
  if (pathname === '/REST/ebox/enterprise/federation/v1/citizenEboxConsents/search') {
    const { ssinList = [] } = JSON.parse(await text(request)) as { ssinList?: string[] };
    const known = ssinList.filter((ssin) => people.some(({ insz }) => insz === ssin));
    return { status: 200, body: known.map((ssin) => ({ ssin, hasConsent: true })) };
  }
  return consulted(book, request, pathname.slice(REGISTRY.length));
}

async function published(
  book: EboxBook,
  fault: EboxFault | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | null> {
  const { message, parts } = await multipart(request);
  if (fault === '500') return refusal(500, 'TECHNICAL_ERROR', 'Internal error');
  if (fault === '429') return { status: 429, body: null };
  if (fault === '401') return { status: 401, body: null };
  if (fault === 'digest') return refusal(400, 'DIGEST_DO_NOT_MATCH', 'Issue with Digest');
  if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW));
  const told = book.publish(message, parts, keyOf(request));
  if (fault !== 'die-after') return told;
  response.destroy();
  return null;
}

/** The quoted string of an RFC 8941 item; null where there is none. */
function keyOf(request: IncomingMessage): string | null {
  return (
    String(request.headers['idempotency-key'] ?? '').match(/^"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"$/)?.[1] ?? null
  );
}

/** The parts in whatever order they come. */
async function multipart(request: IncomingMessage): Promise<{ message: string | null; parts: Part[] }> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(await buffer(request), { headers }).formData().catch(() => new FormData());
  const message = form.get('messageToPublish');
  const others = [...form.entries()].filter(([name]) => name !== 'messageToPublish');
  const parts = others.map(async ([name, value]) =>
    typeof value === 'string'
      ? { name, fileName: null, mediaType: null, bytes: Buffer.from(value) }
      : { name, fileName: value.name, mediaType: value.type, bytes: Buffer.from(await value.arrayBuffer()) },
  );
  return { message: typeof message === 'string' ? message : null, parts: await Promise.all(parts) };
}

function tell(response: ServerResponse, { status, body }: Answer): void {
  answer(response, status, JSON_TYPE, body === null ? '' : JSON.stringify(body));
}
