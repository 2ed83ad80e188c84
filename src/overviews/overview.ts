import type { Filter } from '../relations/filter.ts';
import type { Lang } from '../web/language.ts';

/** What a worker asked to be exported: his filter at a moment, in a language. Instants are ISO 8601 in UTC. */
export interface OverviewOrder {
  /** 130 random bits: it stands in an address. */
  id: string;
  workerId: string;
  requestedAt: string;
  expiresAt: string;
  language: Lang;
  filter: Filter;
  sections: string[];
  /** Print the whole national number; masked unless the worker ticked it. */
  fullInsz: boolean;
}

export interface Overview {
  id: string;
  requestedAt: string;
  expiresAt: string;
  language: Lang;
  state: 'preparing' | 'ready' | 'failed';
  madeAt: string | null;
  relationCount: number | null;
}

/** Overviews are kept for a day. */
export const KEPT_HOURS = 24;

/** As many as a worker may have kept at once: each holds up to a megabyte. */
export const MOST_KEPT = 200;

/** The worker has as many overviews as are kept; the oldest of them expire within a day. */
export class TooMany extends Error {
  override name = 'TooMany';
}

export const SECTIONS: readonly string[] = ['list'];

export function isExpired(overview: Overview, now: string): boolean {
  return Date.parse(overview.expiresAt) <= Date.parse(now);
}
