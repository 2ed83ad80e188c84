import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Compresses at the lightest level, at once: for a page it costs less than a hop to the thread pool (no secret of ours is echoed in a page). */
export function text(request: FastifyRequest, reply: FastifyReply, type: string, body: string): FastifyReply {
  reply.header('content-type', type);
  const accepted = request.headers['accept-encoding'];
  const bytes = Buffer.from(body); // once: as text it would be measured, then spelt
  if (accepted === undefined || bytes.length < 1024) return reply.send(bytes);
  reply.header('vary', 'accept-encoding');
  if (/\bbr\b/.test(accepted)) {
    reply.header('content-encoding', 'br');
    return reply.send(brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
  }
  if (!/\bgzip\b/.test(accepted)) return reply.send(bytes);
  return reply.header('content-encoding', 'gzip').send(gzipSync(bytes, { level: 1 }));
}
