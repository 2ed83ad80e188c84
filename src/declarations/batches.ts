import type { AgencyClient, AgencyScope, AgencyStaff } from '../identity/visitor.ts';
import type { Result } from './declaration.ts';

/** A batch: a file of declarations that an agency sent, and what came of it. */
export interface FormBatch {
  id: string;
  agencyNumber: string;
  /** `client:<id>` or `staff:<worker id>`, as in the ledger. */
  sender: string;
  fileName: string | null;
  /** Instant; counts as the receipt of every form. */
  receivedAt: string;
  state: 'declaring' | 'done';
  /** SHA-256 (hex) of the message, unpacked. */
  fileHash: string;
  forms: number;
  /** How many forms were answered so, in file order. */
  results: Record<Result, number>;
  finishedAt: string | null;
}

/** A file on its way in: its bytes as they come, packed or not. */
export interface SentFile {
  name: string | null;
  bytes: AsyncIterable<Buffer>;
}

export interface Batches {
  /**
   * Takes a file in and begins to declare it. One that this agency sent before is the batch it was then: nothing is declared twice.
   * @param patience milliseconds to wait for its end
   * @throws BrokenFile, FileTooLarge, TooManyFiles: nothing is kept
   */
  receive(visitor: AgencyClient | AgencyStaff, file: SentFile, now: string, patience: number): Promise<Taken>;
  find(scope: AgencyScope, id: string): Promise<FormBatch | null>;
  /** The newest first. */
  list(scope: AgencyScope, most: number): Promise<FormBatch[]>;
  /** The notifications of some forms; who takes them along is written down. */
  notified(visitor: AgencyClient | AgencyStaff, batch: FormBatch, which: Forms, act: Act): Promise<string>;
  /** Takes up what was left undone, by whichever portal, and forgets what never came in whole. */
  sweep(): Promise<void>;
  /** Stops after what is under way; another portal, or the next start, goes on. */
  settled(): Promise<void>;
}

/** The how manyth forms of a file, from 1, both included. */
export interface Forms {
  from: number;
  to: number;
}

/** When it happens and by which request. */
export interface Act {
  now: string;
  requestId: string;
}

export interface Taken {
  batch: FormBatch;
  /** The same file came before. */
  isKnown: boolean;
}

/** Bytes of a file as sent, and of its message unpacked. */
export const LIMITS = { sent: 64 * 1024 ** 2, unpacked: 1024 ** 3 };

export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
}

/** So many files of one agency are coming in already. */
export class TooManyFiles extends Error {
  override name = 'TooManyFiles';
}

export function answered({ results }: Pick<FormBatch, 'results'>): number {
  return results.A + results.W + results.B;
}

/** Forms in one file of notifications. */
export const NOTIFIED = 5_000;

/** Which forms stand in which file of notifications. */
export function notificationFiles({ forms }: FormBatch): Forms[] {
  const count = Math.ceil(forms / NOTIFIED);
  return Array.from({ length: count }, (_, i) => ({ from: i * NOTIFIED + 1, to: Math.min((i + 1) * NOTIFIED, forms) }));
}

/** What recognises a form when its file comes again: whose file, which, and the how manyth form from 1. */
export function sourceKeyOf(of: { agencyNumber: string; fileHash: string }, place: number): string {
  return `${of.agencyNumber}:${of.fileHash}:${place}`;
}

export function placeOf(sourceKey: string): number {
  return Number(sourceKey.slice(sourceKey.lastIndexOf(':') + 1));
}
