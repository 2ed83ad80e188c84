import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eboxAnswers } from './ebox.http.ts';
import { EboxTokens } from './ebox.token.ts';
import { EboxBook, type EboxRules } from './ebox.ts';

/**
 * What the registry does wrong with publications until told otherwise: it keeps the message and cuts the line, answers 500, 429 or 401, says
 * that a right digest is wrong, or takes its time.
 */
export type EboxFault = 'die-after' | '500' | '429' | '401' | 'digest' | 'slow';

export interface EboxStub {
  /** Base of the registry, and the token endpoint. */
  url: string;
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
  people: readonly { insz: string; name: string }[];
}

/** Plays authorization server, message registry and everybody's eBox, on one port. */
export async function startEboxStub(options: EboxStubOptions): Promise<EboxStub> {
  const { host, port, client, rules, people } = options;
  const server = createServer();
  await once(server.listen(port, host), 'listening');
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const book = new EboxBook(rules, () => new Date());
  const tokens = new EboxTokens(client, () => `${origin}/REST/oauth/v5/token`);
  let failing: { fault: EboxFault; left: number } | null = null;
  const fault = () => {
    if (!failing || failing.left <= 0) return null;
    failing.left--;
    return failing.fault;
  };
  server.on('request', eboxAnswers({ book, tokens, people, fault }));
  return {
    url: `${origin}/REST/ebox/enterprise/messageRegistry/v3`,
    tokenUrl: `${origin}/REST/oauth/v5/token`,
    inbox: options.url ?? origin,
    book,
    tokens,
    fail: (next, times = Number.POSITIVE_INFINITY) => {
      failing = next && { fault: next, left: times };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
