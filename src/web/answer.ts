import type { Readable } from 'node:stream';
import type { View, Views } from './views.ts';

/** What a handler returns; one place renders it. */
export type Answer = Page | Redirect | Document | Stream | Data;

export interface Page {
  kind: 'page';
  view: View;
  model: object;
  status: number;
  cookies?: Cookie[];
  /** Seconds after which it is worth asking again. */
  retryAfter?: number;
  /** Of a look-up: whose data this is, why it is seen, and the ways inside. */
  looking?: Looking;
}

/** The bar over every page of a look-up, in words. */
export interface Looking {
  label: string;
  whom: string;
  why: string;
  until: string;
  ways: { href: string; label: string; current: boolean }[];
  close: { action: string; label: string };
}

/** POST ends in 303 to what it made. Own paths only, but for the ways to and from a sign-in elsewhere that the operator named. */
export interface Redirect {
  kind: 'redirect';
  to: string;
  cookies?: Cookie[];
}

/** Bytes with a type: a PDF, a CSV. */
export interface Document {
  kind: 'document';
  type: string;
  body: Uint8Array | string;
  fileName?: string;
  status?: number;
  headers?: Record<string, string>;
  /** Whoever has this version already is told so (304). */
  etag?: string;
}

/** A document that is made while it is sent; a fault half-way breaks it off. */
export interface Stream {
  kind: 'stream';
  type: string;
  body: Readable;
  fileName: string;
}

export interface Data {
  kind: 'data';
  status: number;
  body: object;
  cookies?: Cookie[];
  retryAfter?: number;
  type?: string;
  /** `location`, `www-authenticate`, `allow`. */
  headers?: Record<string, string>;
}

export interface Cookie {
  name: string;
  /** null: forget it. */
  value: string | null;
  /** Seconds; absent: as long as the browser is open. */
  maxAge?: number;
}

export function page<V extends View>(view: V, model: Views[V], status = 200): Page {
  return { kind: 'page', view, model: model as object, status };
}

export function redirect(to: string, cookies: Cookie[] = []): Redirect {
  return { kind: 'redirect', to, cookies };
}

export function document(type: string, body: Uint8Array | string, fileName?: string): Document {
  return fileName === undefined ? { kind: 'document', type, body } : { kind: 'document', type, body, fileName };
}

export function data(body: object, more: Partial<Omit<Data, 'kind' | 'body'>> = {}): Data {
  return { kind: 'data', status: 200, body, ...more };
}

/** What the visitor asked for does not exist for him: 404, whether or not it exists for somebody else. */
export class NotFound extends Error {
  override name = 'NotFound';
}

/** Something the visitor can mend or wait for, as a status and a stable code: `application/problem+json` or a page with words. */
export class Refused extends Error {
  override name = 'Refused';
  status: number;
  retryAfter: number | undefined;
  constructor(status: number, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
