import { brotliDecompressSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/web/assets.ts';

const assets = loadAssets();
const app = Fastify();
assets.serve(app);
afterAll(() => app.close());

const asked = (url: string, encoding?: string) =>
  app.inject({ url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } });

describe('a file of the pages', () => {
  it('comes compressed to who takes that, the same whoever asks first and however many at once', async () => {
    const url = assets.href('main.css');
    const plain = await asked(url);
    const answers = await Promise.all(['br', 'gzip, br', 'gzip, deflate, br, zstd'].map((one) => asked(url, one)));
    for (const answer of answers) {
      expect(answer.headers['content-encoding']).toBe('br');
      expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 5);
      expect(brotliDecompressSync(answer.rawPayload).equals(plain.rawPayload)).toBe(true);
    }
  });

  it.each([undefined, 'gzip', 'brave'])('comes plain to who takes %s', async (encoding) => {
    const answer = await asked(assets.href('page.js'), encoding);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers.vary).toBe('accept-encoding');
    expect(answer.body).toContain('document');
  });

  it('is not compressed twice when it is a font', async () => {
    const font = '/assets/fonts/source-sans-3-latin-400-normal.woff2';
    const answer = await asked(font, 'br');
    expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, undefined]);
    expect(answer.rawPayload.subarray(0, 4).toString()).toBe('wOF2');
  });

  it('is kept for ever under the hash of what it holds, and is not there under another', async () => {
    expect((await asked(assets.href('page.js'))).headers['cache-control']).toContain('immutable');
    expect((await asked('/assets/page.0000000000.js')).statusCode).toBe(404);
    expect(() => assets.href('nowhere.js')).toThrow('no such asset');
  });
});
