import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { choicePage, FILES, faultPage } from './csam.pages.ts';
import { BASE, type CsamOptions, csamProvider, INTERACTION, levelName, MEANS, subjectOf } from './csam.ts';

export interface CsamStub {
  /** What the portal calls the provider by. */
  issuer: string;
  close(): Promise<void>;
}

interface Place {
  /** 0: a free port. */
  port: number;
  host: string;
  /** Where the browser finds the stub when that is not `http://{host}:{port}` (containers). Without a slash at the end. */
  url?: string;
}

const STYLE = { type: 'text/css; charset=utf-8', body: file('csam.page.css') };
const SCRIPT = { type: 'text/javascript; charset=utf-8', body: file('csam.page.js') };
const MOST_BYTES = 10_000;

/** Plays CSAM for the demo and for tests, on an address of its own. Rejects when the port is taken. */
export async function startCsamStub(options: Omit<CsamOptions, 'url'> & Place): Promise<CsamStub> {
  const server = createServer();
  await once(server.listen(options.port, options.host), 'listening');
  const url = options.url ?? addressOf(server);
  const provider = await csamProvider({ ...options, url });
  const serve = provider.callback();
  server.on('request', (request, response) => {
    const address = request.url ?? '/';
    if (address.startsWith(`${BASE}/`)) {
      Object.assign(request, { originalUrl: address, url: address.slice(BASE.length) });
      return void serve(request, response);
    }
    desk({ provider, people: options.people }, request, response).catch((error: Error) =>
      page(response, error.name === 'SessionNotFound' ? 400 : 500, faultPage('nl', error.name)),
    );
  });
  return { issuer: provider.issuer, close: () => close(server) };
}

type Desk = { provider: Provider; people: CsamOptions['people'] };

/** The page that asks who signs in and how, and what becomes of the answer. */
async function desk({ provider, people }: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  if (path === FILES.style) return send(response, 200, STYLE.type, STYLE.body);
  if (path === FILES.script) return send(response, 200, SCRIPT.type, SCRIPT.body);
  if (!path.startsWith(`${INTERACTION}/`)) return page(response, 404, faultPage('nl', 'not_found'));
  const { params } = await provider.interactionDetails(request, response);
  const least = leastOf(String(params.acr_values ?? ''));
  const means = MEANS.filter(({ level }) => level >= least);
  const lang = String(params.ui_locales ?? 'nl');
  const choice = { lang, action: path, people, means };
  if (request.method !== 'POST') return page(response, 200, choicePage({ ...choice, isIncomplete: false }));
  const given = await fieldsOf(request);
  if (given.get('do') === 'cancel') {
    const refusal = { error: 'access_denied', error_description: 'the person stopped' };
    return provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
  }
  const person = people.find(({ key }) => key === given.get('person'));
  const way = means.find(({ id }) => id === given.get('means'));
  if (!person || !way) return page(response, 400, choicePage({ ...choice, isIncomplete: true }));
  const urn = levelName(way.level);
  const login = { accountId: subjectOf(person), acr: urn, amr: [way.amr, urn], remember: false };
  return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

/** The weakest level that was asked for: stronger ones are as good. */
function leastOf(acrValues: string): number {
  const levels = [...acrValues.matchAll(/Level(\d{3})\b/g)].map(([, level]) => Number(level));
  return levels.length > 0 ? Math.min(...levels) : 0;
}

async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  const isBounded = Number(request.headers['content-length']) <= MOST_BYTES;
  return new URLSearchParams(isBounded ? await text(request) : '');
}

function page(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
}

function file(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
