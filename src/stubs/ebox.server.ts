import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EboxFault, EboxFaults } from './ebox.faults.ts';
import { eboxAnswers } from './ebox.http.ts';
import type { EboxRules } from './ebox.message.ts';
import type { Person } from './ebox.pages.ts';
import { EboxTokens } from './ebox.token.ts';
import { EboxBook } from './ebox.ts';

export interface EboxStub {
  /** Base of the registry (v3), of its consultation (v2.1), and the token endpoint. */
  url: string;
  consultUrl: string;
  tokenUrl: string;
  /** "My eBox"; without a slash at the end. */
  inbox: string;
  book: EboxBook;
  tokens: EboxTokens;
  /** For this many publications; always, where no number is given. */
  fail(fault: EboxFault | null, times?: number): void;
  close(): Promise<void>;
}

export interface EboxStubOptions {
  host: string;
  port: number;
  url?: string;
  client: { id: string; key: KeyObject };
  rules: EboxRules;
  /** Whose eBoxes can be looked into. */
  people: readonly Person[];
}

/** Plays authorization server, message registry and everybody's eBox, on one port. */
export async function startEboxStub(options: EboxStubOptions): Promise<EboxStub> {
  const { host, port, client, rules, people } = options;
  const server = createServer();
  await once(server.listen(port, host), 'listening');
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const book = new EboxBook(rules, () => new Date());
  const tokens = new EboxTokens(client, rules.enterpriseNumber, () => `${origin}/REST/oauth/v5/token`);
  const faults = new EboxFaults();
  server.on('request', eboxAnswers({ book, tokens, people, faults }));
  return {
    url: `${origin}/REST/ebox/enterprise/messageRegistry/v3`,
    consultUrl: `${origin}/REST/ebox/enterprise/messageRegistry/v2`,
    tokenUrl: `${origin}/REST/oauth/v5/token`,
    inbox: options.url ?? origin,
    book,
    tokens,
    fail: (fault, times) => faults.set(fault, times),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
