import type { FastifyRequest } from 'fastify';
import { isService } from './client.ts';
import type { Asked, Fields, Route } from './route.ts';

/** What was posted to a route: the fields of a form, or the body of a script, a service or a file as it came. Never both. */
export function postedOf({ json, upload }: Route, request: FastifyRequest): Pick<Asked, 'fields' | 'body'> {
  const isRaw = json || upload || isService(request);
  return isRaw ? { fields: {}, body: request.body } : { fields: fieldsIn(request.body), body: undefined };
}

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
