import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { bundle } from 'lightningcss';

const ROOT = path.join(import.meta.dirname, '../..');
const FONTS = path.join(ROOT, 'node_modules/@fontsource/source-sans-3/files');
const FONT = /^source-sans-3-latin(-ext)?-(400|600)-normal\.woff2$/;
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

interface Asset {
  type: string;
  plain: Buffer;
  /** null for what is compressed already. */
  brotli: (() => Promise<Buffer>) | null;
}

export interface Assets {
  /** Address of a file in public/, with its content's hash: it may be kept for ever. */
  href(name: string): string;
  serve(app: FastifyInstance): void;
}

/** Style bundled and minified, page scripts, fonts: read and hashed at boot, compressed when first asked for, served from memory. */
export function loadAssets(): Assets {
  const files = new Map<string, Asset>();
  const hrefs = new Map<string, string>();
  const add = (name: string, content: Buffer, hashed: boolean) => {
    const { name: stem, ext } = path.parse(name);
    const file = hashed ? `${stem}.${createHash('sha256').update(content).digest('hex').slice(0, 10)}${ext}` : name;
    files.set(file, {
      type: TYPES[ext] ?? 'application/octet-stream',
      plain: content,
      brotli: ext === '.woff2' ? null : shrunk(content),
    });
    hrefs.set(name, `/assets/${file}`);
  };
  for (const name of readdirSync(FONTS).filter((name) => FONT.test(name)))
    add(`fonts/${name}`, readFileSync(path.join(FONTS, name)), false);
  for (const name of readdirSync(path.join(ROOT, 'public')).filter((name) => TYPES[path.extname(name)]))
    add(name, readFileSync(path.join(ROOT, 'public', name)), true);
  add('main.css', style(), true);

  return {
    href(name) {
      const href = hrefs.get(name);
      if (!href) throw new Error(`no such asset: ${name}`);
      return href;
    },
    serve(app) {
      app.get<{ Params: { '*': string } }>('/assets/*', { config: { right: 'public' } }, async (request, reply) => {
        const asset = files.get(request.params['*']);
        if (!asset) return reply.callNotFound();
        const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
        const brotli = takesBrotli && asset.brotli ? await asset.brotli() : null;
        reply
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('vary', 'accept-encoding')
          .type(asset.type);
        if (brotli) reply.header('content-encoding', 'br');
        return reply.send(brotli ?? asset.plain);
      });
    },
  };
}

function style(): Buffer {
  const { code } = bundle({ filename: path.join(ROOT, 'public/style/main.css'), minify: true });
  return Buffer.from(code);
}

/** As small as it gets, which takes the style a fifth of a second: beside the requests, and not before the door opens. */
function shrunk(content: Buffer): () => Promise<Buffer> {
  let small: Promise<Buffer> | undefined;
  return () => {
    small ??= promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    return small;
  };
}
