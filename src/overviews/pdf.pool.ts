import { Piscina } from 'piscina';
import type { CardPrint } from '../keys/card.pdf.ts';
import type { OverviewDocument } from './document.ts';
import type { Paper } from './paper.ts';
import type { Seal } from './seal.ts';

/**
 * Worker threads that draw overviews, so that the thread that answers pages never does. piscina keeps the threads: it
 * pairs answers with tasks, replaces a thread that died or ran too long, and rejects what that thread had in hand.
 */

/** All threads have work and the queue is full: try again later. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/** The document took longer than its time-out, waiting included; its thread, if it had one, is replaced. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

export interface PdfPoolOptions {
  /** Threads. */
  size: number;
  /** By default all are started at once, so that the first worker who asks waits for no font; else one when it is needed. */
  isEager?: boolean;
  /** Documents that may wait while every thread has one. */
  maxQueue: number;
  /** Put on every document; null: none. */
  seal?: Seal | null;
  /** Default a minute, where a thousand rows take a tenth of a second: a machine that has no time to spare still makes them. */
  timeoutMs?: number;
  maxMegabytes?: number;
  /** Hears of a thread that died with nothing in hand. */
  onThreadError: (error: Error) => void;
  /** Another task than drawing, for tests of what threads do wrong. */
  task?: URL;
}

export interface PdfPool {
  /** The PDF's bytes. Rejects with `Busy`, `TookTooLong`, or the error of the thread. */
  render(document: OverviewDocument): Promise<Uint8Array<ArrayBuffer>>;
  /** The same of a paper token's print. */
  renderCard(print: CardPrint): Promise<Uint8Array<ArrayBuffer>>;
  /** The same of a paper of text. */
  renderPaper(file: Paper): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends the threads; what was still being drawn is rejected. */
  close(): Promise<void>;
}

export function createPdfPool(options: PdfPoolOptions): PdfPool {
  const { size, isEager = true, maxQueue, timeoutMs = 60_000, maxMegabytes = 256 } = options;
  const threads = new Piscina<OverviewDocument | Paper | CardPrint, Uint8Array<ArrayBuffer>>({
    filename: (options.task ?? new URL('./pdf.worker.ts', import.meta.url)).href,
    minThreads: isEager ? size : 0,
    maxThreads: size,
    idleTimeout: 60_000,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes, maxYoungGenerationSizeMb: 32 },
    recordTiming: false,
    // a page that somebody waits for comes before a document that is being made
    niceIncrement: 10,
    workerData: options.seal ?? null,
  });
  threads.on('error', options.onThreadError);
  let inHand = 0;
  async function drawn(document: OverviewDocument | Paper | CardPrint, task: { name?: string } = {}) {
    // counted here: piscina's own bound passes over tasks that carry a signal
    if (inHand >= size + maxQueue) throw new Busy(`${inHand} documents are being made`);
    inHand += 1;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await threads.run(document, { signal, ...task });
    } catch (error) {
      throw signal.aborted ? new TookTooLong(`No PDF after ${timeoutMs} ms`, { cause: error }) : error;
    } finally {
      inHand -= 1;
    }
  }
  return {
    render: (document) => drawn(document),
    renderPaper: (file) => drawn(file, { name: 'drawPaper' }),
    renderCard: (print) => drawn(print, { name: 'drawCard' }),
    close: () => threads.destroy(),
  };
}
