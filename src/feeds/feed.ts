import { createHash, randomBytes } from 'node:crypto';
import type { Lang } from '../web/language.ts';

/** A secret address from which a calendar reads a worker's relations. Instants are ISO 8601 in UTC. */
export interface Feed {
  id: string;
  language: Lang;
  madeAt: string;
  /** The last day on which a calendar read it. */
  lastReadOn: string | null;
}

/** As many as a worker may have at once: one for each of his devices, and some. */
export const MOST_FEEDS = 10;

/** Seconds for which the browser that made a feed can still be shown its address. */
export const SHOWN_SECONDS = 600;

/** The worker has as many feeds as there may be; he can end one. */
export class TooManyFeeds extends Error {
  override name = 'TooManyFeeds';
}

/** 256 random bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** 128 random bits: they stand in an address of the worker's own. */
export const newFeedId = (): string => randomBytes(16).toString('base64url');

export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
