import type { WorkerScope } from '../identity/visitor.ts';
import type { Filter } from '../relations/filter.ts';
import type { WorkRelation } from '../relations/relation.ts';
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
  sections: SectionName[];
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
  /** Until when its code tells that it is genuine; null where it has none (made before there were codes). */
  verifiableUntil: string | null;
  revokedAt: string | null;
}

/** What a code tells about the overview that carries it: no more than this. */
export interface Verified {
  initials: string;
  /** Days covered, inclusive; null is unbounded. */
  coversFrom: string | null;
  coversTo: string | null;
  relationCount: number;
  madeAt: string;
  /** Of the file, as it was downloaded; hex. */
  sha256: string;
  revokedAt: string | null;
}

/** Overviews are kept for a day. */
export const KEPT_HOURS = 24;

/** As many as a worker may have kept at once: each holds up to a megabyte. */
export const MOST_KEPT = 200;

/** What came of an order. */
export interface Made {
  at: string;
  count: number;
  sha256: string;
  pdf: Uint8Array;
  covers: { from: string | null; to: string | null };
  verified: { codeHash: Buffer; initials: string; until: string };
}

/** The worker has as many overviews as are kept; the oldest of them expire within a day. */
export class TooMany extends Error {
  override name = 'TooMany';
}

/** What may stand in an overview, in the order in which it stands there. */
export const SECTIONS = ['summary', 'list', 'calendar', 'timeline'] as const;
export type SectionName = (typeof SECTIONS)[number];

type Finding = (scope: WorkerScope, filter: Filter, today: string) => Promise<WorkRelation[]>;

/** What a filter finds, with the timeline of each relation or without. */
export interface Findings {
  whole: Finding;
  brief: Finding;
}

/** How to find what these sections show: one of them alone tells of declarations. */
export function findingFor(sections: readonly SectionName[], { whole, brief }: Findings): Finding {
  return sections.includes('timeline') ? whole : brief;
}

/** The sections asked for, in their order; the list where none was. */
export function sectionsFrom(asked: readonly string[]): SectionName[] {
  const known = SECTIONS.filter((section) => asked.includes(section));
  return known.length > 0 ? known : ['list'];
}

export function isExpired(overview: Overview, now: string): boolean {
  return Date.parse(overview.expiresAt) <= Date.parse(now);
}
