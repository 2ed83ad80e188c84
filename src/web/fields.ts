import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Of a query or a form: a field that came twice is a list. */
export type Fields = Record<string, string | string[] | undefined>;

export function isForm({ headers, body }: FastifyRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true && typeof body === 'object';
}

/** Fields as somebody can type them: PostgreSQL's text holds no NUL, and no keyboard makes one. */
export function typed(fields: Fields | null): Fields {
  const bare = (value: string) => value.replaceAll('\0', '');
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(bare) : value && bare(value),
    ]),
  );
}

/** One click of a mail program comes as a form of either kind: RFC 8058. */
export function takeClicks(app: FastifyInstance): void {
  const limits = { parseAs: 'string', bodyLimit: 4096 } as const;
  app.addContentTypeParser('multipart/form-data', limits, (_, body, done) => {
    const fields = String(body).matchAll(/name="([^"]+)"[^\r\n]*\r\n\r\n([^\r\n]*)/g);
    done(null, Object.fromEntries([...fields].map(([, name, value]) => [name, value])));
  });
}
