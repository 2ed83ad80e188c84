import { z } from 'zod';
import { type Query, queryOf, readerOf } from '../relations/query.ts';
import { ACCESS_KINDS, type AccessKind } from './access.ts';

/** What a worker asks of his access rows, whole in the address. `from` and `to` are days in Belgium, both counted in. */
export interface SeenFilter {
  kind: AccessKind | null;
  from: string | null;
  to: string | null;
  after: Place | null;
}

/** The last row of the page before: newest first. */
export interface Place {
  at: string;
  id: string;
}

export type SeenField = keyof SeenFilter;

/** An access row about a worker, as he may see it: of staff only the agency, of a support agent nothing but that. */
export interface Seen {
  id: string;
  at: string;
  actor: 'worker' | 'agency' | 'support' | 'system';
  /** Of the agency that looked; null where the directory does not have it. */
  agencyName: string | null;
  agencyNumber: string | null;
  /** One of ours, or one that a later version wrote. */
  purpose: string;
  channel: string;
  detail: Record<string, string | number>;
  /** How many people stood on that page with him, himself included. */
  people: number;
}

const day = z.iso.date().refine((text) => text >= '1900-01-01' && text <= '9998-12-31');
const place = z.string().transform((text, context): Place => {
  const [at = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  const isRead = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(at) && /^\d{1,18}$/.test(id);
  if (!isRead || Number.isNaN(Date.parse(at))) context.addIssue('not a place in the list');
  return { at, id };
});

/** Reads the address; what cannot be read is left out and told. Never fails. */
export function parseSeen(query: Query): { filter: SeenFilter; dropped: SeenField[] } {
  const { dropped, one } = readerOf<SeenField>(query);
  const filter = {
    kind: one('kind', z.enum(ACCESS_KINDS)),
    from: one('from', day),
    to: one('to', day),
    after: one('after', place),
  };
  if (filter.from !== null && filter.to !== null && filter.from > filter.to) {
    dropped.add('from').add('to');
    return { filter: { ...filter, from: null, to: null }, dropped: [...dropped] };
  }
  return { filter, dropped: [...dropped] };
}

export function seenQuery({ kind, from, to, after }: SeenFilter): string {
  const fields = { kind, from, to, after: after && Buffer.from(`${after.at} ${after.id}`).toString('base64url') };
  return queryOf(Object.entries(fields).flatMap(([field, value]) => (value === null ? [] : [[field, value] as const])));
}
