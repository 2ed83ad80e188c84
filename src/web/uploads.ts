import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from './answer.ts';

/** A file on its way in, as its bytes come. */
export interface Upload {
  /** As the sender calls it, without folders; null where he did not say. */
  name: string | null;
  bytes: AsyncIterable<Buffer>;
}

const FILES = ['application/xml', 'text/xml', 'application/gzip', 'application/x-gzip', 'application/octet-stream'];

/** From here on bodies that are files are not read ahead, whatever their size: who takes them bounds them. */
export function takeFiles(app: FastifyInstance): void {
  app.addContentTypeParser(FILES, (_, payload, done) => done(null, payload));
  app.register(multipart, { throwFileSizeLimit: false });
}

/** One click of a mail program comes as a form of either kind: RFC 8058. */
export function takeClicks(app: FastifyInstance): void {
  const limits = { parseAs: 'string', bodyLimit: 4096 } as const;
  app.addContentTypeParser('multipart/form-data', limits, (_, body, done) => {
    const fields = String(body).matchAll(/name="([^"]+)"[^\r\n]*\r\n\r\n([^\r\n]*)/g);
    done(null, Object.fromEntries([...fields].map(([, name, value]) => [name, value])));
  });
}

/** The file of a call: its body, or the first file of a form. null where there is none. @throws Refused when it breaks off */
export async function uploadOf(request: FastifyRequest): Promise<Upload | null> {
  if (request.isMultipart()) {
    const limits = { fileSize: Number.POSITIVE_INFINITY, files: 1, fields: 5, parts: 6 };
    const part = await request.file({ limits }).catch(brokenOff);
    return part ? { name: part.filename || null, bytes: read(part.file) } : null;
  }
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (!FILES.includes(type.trim().toLowerCase())) return null;
  return { name: nameIn(request.headers['content-disposition']), bytes: read(request.body as Readable) };
}

/** A form that ends in the middle or is none: the parser says so without a status. */
function brokenOff(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? new Refused(400, error.message) : error;
}

/** Who stops reading half-way still answers: the rest is passed over, since to cut the line would take the answer with it. */
async function* read(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (error) {
    brokenOff(error as Error);
  } finally {
    stream.resume();
  }
}

/** The name in `attachment; filename="…"`. */
function nameIn(disposition: string | undefined): string | null {
  const name = /filename="?([^";]{1,200})"?/i.exec(disposition ?? '')?.[1];
  return name?.split(/[\\/]/).at(-1) || null;
}
