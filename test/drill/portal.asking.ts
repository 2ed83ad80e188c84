import http from 'node:http';
import { HOST } from './serving.ts';

/** A portal as production runs it, for drills that ask it over plain HTTP as its proxy would. */

export interface Came {
  status: number;
  retryAfter: string | undefined;
  body: string;
}
export interface Asking {
  method?: 'GET' | 'POST';
  cookie?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A cookie of a benchmark's session, named as over https. */
export const securely = (cookie: string) => cookie.replace('interim', '__Host-interim');

/** @throws when no answer comes */
export function asked(port: number, address: string, { method = 'GET', cookie, headers, body }: Asking): Promise<Came> {
  const form =
    body !== undefined && !headers?.['content-type'] ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const own = { host: HOST, origin: `https://${HOST}`, ...(cookie && { cookie }), ...form, ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, method, path: address, headers: own, timeout: 15_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        const { statusCode = 0, headers: told } = response;
        response.on('end', () => resolve({ status: statusCode, retryAfter: told['retry-after'], body: text }));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
    request.end(body);
  });
}
