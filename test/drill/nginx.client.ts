import http from 'node:http';
import https from 'node:https';
import { keyPem } from '../identity/mtls.proxy.ts';
import type { Issued } from '../pki.ts';

/** Where a request knocks: the card's host or the main host at nginx, or the portal behind it. */
export type Door = 'card' | 'main' | 'portal';

export interface Asking {
  headers?: Record<string, string>;
  cookie?: string;
  /** The certificate shown in the handshake. */
  card?: Issued | null;
}

export interface Answered {
  status: number;
  to: string | undefined;
  cookies: string[];
}

/** A browser, as far as this needs one: names lead to this machine, certificates of servers are not asked. */
export function askerOf(hosts: { card: string; main: string }, ports: { tls: number; portal: number }) {
  function ask(door: Door, path: string, { headers = {}, cookie, card }: Asking): Promise<Answered> {
    const all = { ...headers, ...(cookie ? { cookie } : {}) };
    const answered = (answer: http.IncomingMessage): Answered => {
      answer.resume();
      const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
      return { status: answer.statusCode ?? 0, to: answer.headers.location, cookies };
    };
    return new Promise((resolve, reject) => {
      const done = (answer: http.IncomingMessage) => resolve(answered(answer));
      const at = { host: '127.0.0.1', path, headers: all, agent: false };
      const name = door === 'card' ? hosts.card : hosts.main;
      const request =
        door === 'portal'
          ? http.get({ ...at, port: ports.portal }, done)
          : https.get(
              {
                ...at,
                port: ports.tls,
                servername: name,
                headers: { ...all, host: `${name}:${ports.tls}` },
                rejectUnauthorized: false,
                ...(card ? { cert: card.pem, key: keyPem(card) } : {}),
              },
              done,
            );
      request.on('error', reject);
    });
  }

  /** Follows redirects from host to host, keeping the main host's cookies, until a page or `stop`. */
  async function follow(card: Issued | null, from: string, stop: (path: string) => boolean) {
    const jar = new Map<string, string>();
    let [door, at]: [Door, string] = ['main', from];
    for (let steps = 0; steps < 8; steps++) {
      if (stop(at)) return { at, status: 0, cookie: cookieOf(jar) };
      const cookie = door === 'main' ? cookieOf(jar) : '';
      const answer = await ask(door, at, { cookie, card: door === 'card' ? card : null });
      if (door === 'main') for (const line of answer.cookies) jar.set(line.split('=')[0] ?? '', line);
      if (answer.to === undefined) return { at, status: answer.status, cookie };
      const next = new URL(answer.to, `https://${door === 'card' ? hosts.card : hosts.main}:${ports.tls}`);
      [door, at] = [next.hostname === hosts.card ? 'card' : 'main', `${next.pathname}${next.search}`];
    }
    throw new Error('redirects without end');
  }

  return {
    ask,
    signIn: (card: Issued | null, back: string) =>
      follow(card, `/sign-in/mtls?return=${encodeURIComponent(back)}`, () => false),
    async codeFor(card: Issued) {
      const { at, cookie } = await follow(card, '/sign-in/mtls', (path) => path.startsWith('/sign-in/mtls/arrival'));
      return { code: at, cookie };
    },
  };
}

function cookieOf(jar: Map<string, string>): string {
  return [...jar.values()].filter((line) => !line.endsWith('=')).join('; ');
}
