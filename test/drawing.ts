import { createPdfPool, type PdfPool } from '../src/overviews/pdf.pool.ts';
import type { Seal } from '../src/overviews/seal.ts';

const POOLS = new Map<Seal | null, PdfPool>();

/** Threads that draw for every portal of a process, one when it is needed: to start one takes a second of a processor. Gone with the process. */
export function drawing(seal: Seal | null = null): PdfPool {
  const onThreadError = (error: Error) => {
    throw error;
  };
  const pool = POOLS.get(seal) ?? createPdfPool({ size: 2, isEager: false, maxQueue: 50, seal, onThreadError });
  POOLS.set(seal, pool);
  return { ...pool, close: async () => undefined };
}
