import type { FastifyRequest } from 'fastify';
import type { Fields, Route } from './route.ts';

/** The form that was posted to a route. */
export const formOf = ({ json, upload, right }: Route, { body }: FastifyRequest): Fields =>
  json || upload || right === 'client' ? {} : fieldsIn(body);

/**
 * What a form told. Whatever else a program may put into a body (objects, numbers, nothing at all) is no field and is left out;
 * PostgreSQL's text holds no NUL, and nobody types one.
 */
function fieldsIn(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value === 'string') return [[name, plain(value)]];
      const texts = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
      return texts.length > 0 ? [[name, texts.map(plain)]] : [];
    }),
  );
}

/** What stands behind the question mark; it is a copy only where it must be. */
export const queryOf = ({ query, url }: FastifyRequest): Fields =>
  url.includes('%00') ? fieldsIn(query) : (query as Fields);

const plain = (text: string) => text.replaceAll('\0', '');
