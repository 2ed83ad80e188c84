import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoEid } from './eid-ca.ts';
import { answering } from './eid-card.http.ts';
import { type CardHolder, type VirtualCards, virtualCards } from './eid-card.ts';
import { ocspResponder } from './eid-ocsp.ts';
import { cardRegister, type Register } from './eid-register.ts';
import type { DemoToken } from './people.keys.ts';

export interface EidCardStubOptions {
  /** 0: a free port. */
  port: number;
  host: string;
  /** Where the browser finds the stub when that is not `http://{host}:{port}` (containers). Without a slash at the end. */
  url?: string;
  /** The only page that may use the cards, as `http(s)://host[:port]`. */
  portalOrigin: string;
  people: readonly CardHolder[];
  /** Paper tokens that it shows, if any. */
  tokens?: readonly DemoToken[];
  /** Where the demo's own authority lives; made when it is not there. */
  dir: string;
  clock: { now(): string };
}

export interface EidCardStub {
  /** Without a slash at the end: the page loads `{url}/eid-card.js`. */
  url: string;
  anchorsDir: string;
  cards: VirtualCards;
  /** What the CA's responder, at `{own address}/ocsp`, says of each card. */
  register: Register;
  close(): Promise<void>;
}

/**
 * Plays reader, card and the Web eID app for the demo, on an address of its own: the portal sees nothing but tokens.
 * Rejects when the port is taken or the authority's folder cannot be used.
 */
export async function startEidCardStub(options: EidCardStubOptions): Promise<EidCardStub> {
  const demo = await demoEid(options.dir);
  const server = createServer();
  await once(server.listen(options.port, options.host), 'listening');
  const url = options.url ?? addressOf(server);
  const { people, clock, portalOrigin, tokens = [] } = options;
  const now = () => clock.now();
  const register = cardRegister();
  // the portal asks, not the browser: it is told the stub's own address
  const cards = virtualCards({ demo, people, now, ocspUrl: `${addressOf(server)}/ocsp`, register });
  const ocsp = ocspResponder({ signer: await demo.delegate(Temporal.Instant.from(now())), register, now });
  server.on('request', answering({ cards, people, portalOrigin, tokens, ocsp }));
  return { url, anchorsDir: demo.anchorsDir, cards, register, close: () => close(server) };
}

function addressOf(server: Server): string {
  const { address: bound, family, port } = server.address() as AddressInfo;
  const address = { '0.0.0.0': '127.0.0.1', '::': '::1' }[bound] ?? bound;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
