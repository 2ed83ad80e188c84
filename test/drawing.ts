import { createPdfPool, type PdfPool } from '../src/overviews/pdf.pool.ts';
import type { Seal } from '../src/overviews/seal.ts';

const POOLS = new Map<Seal | null, PdfPool>();

/** A thread that draws for every portal of a process with the same seal, begun when it is needed: to begin one takes a second of a processor. */
export function drawing(seal: Seal | null = null): PdfPool {
  const onThreadError = (error: Error) => {
    throw error;
  };
  const pool = POOLS.get(seal) ?? createPdfPool({ size: 1, isEager: false, maxQueue: 50, seal, onThreadError });
  POOLS.set(seal, pool);
  return { ...pool, close: async () => undefined };
}
