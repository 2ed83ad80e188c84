import type { FastifyRequest } from 'fastify';
import { DatabaseUnavailable } from '../platform/db.ts';
import { type Answer, type Data, data, NotFound, page, Refused } from './answer.ts';
import { errorPage } from './public.pages.ts';
import { languageOf } from './visit.ts';

/**
 * Data addresses and clients that ask for JSON get `application/problem+json`; people get a page with words and a next step, also where they
 * followed a link to a file. A session is never asked for in words at a data address.
 */
export function errorAnswer(request: FastifyRequest, status: number, retryAfter?: number): Answer {
  const later = retryAfter ? { retryAfter } : {};
  if (wantsData(request) && (status === 401 || !isOpenedByHand(request))) return problemAnswer(request, status, later);
  return { ...page('public/error', errorPage(languageOf(request), status, request.id, retryAfter), status), ...later };
}

/** `application/problem+json` (RFC 9457); `told` is what this case has beside: errors by field, a line and column. */
export function problemAnswer(
  request: FastifyRequest,
  status: number,
  more: Pick<Data, 'retryAfter' | 'headers'> = {},
  told: object = {},
): Data {
  const body = { ...problemOf(status, request.id), ...told, instance: request.id };
  return { ...data(body, { status, type: 'application/problem+json; charset=utf-8' }), ...more };
}

export function problemOf(status: number, instance: string): object {
  return { type: 'about:blank', title: TITLES[status] ?? 'Error', status, instance };
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported Media Type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Out of service for a moment',
};

export function wantsJson(request: Pick<FastifyRequest, 'headers'>): boolean {
  return /^application\/([\w.-]+\+)?json\b/.test(request.headers.accept ?? '');
}

export function wantsData(request: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  return (
    /\.(json|csv|pdf|ics|zip|xml)$/.test(path) ||
    path.startsWith('/sign-in/eid') ||
    path.startsWith('/assets/') ||
    path.startsWith('/REST/') ||
    path.startsWith('/health/') ||
    wantsJson(request)
  );
}

/** A browser that goes to a file says that it shows pages; a script that fetches one does not. */
function isOpenedByHand({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  return /\.(pdf|csv|zip)$/.test(url.split('?', 1)[0] ?? '') && /\btext\/html\b/.test(headers.accept ?? '');
}

/** Status of a fault; what is nobody's fault but ours is 500 and is logged with its stack. */
export function statusOf(error: unknown): { status: number; retryAfter?: number } {
  if (error instanceof NotFound) return { status: 404 };
  if (error instanceof Refused)
    return error.retryAfter ? { status: error.status, retryAfter: error.retryAfter } : { status: error.status };
  if (error instanceof DatabaseUnavailable) return { status: 503, retryAfter: 2 };
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 503) return { status: 503, retryAfter: 2 };
  if (statusCode && statusCode >= 400 && statusCode < 500) return { status: TITLES[statusCode] ? statusCode : 400 };
  return { status: 500 };
}
