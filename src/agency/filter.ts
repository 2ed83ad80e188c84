import { z } from 'zod';
import { CHOICES } from '../relations/filter.choices.ts';
import { type Query, queryOf, readerOf } from '../relations/query.ts';
import type { PersonKeys } from './person-key.ts';

/**
 * The filter of the desk's table, whole in the address. `from` and `to` are days of receipt in Belgium, `starts` the day on which a declared
 * period starts as it stands now. Within a field values add up, between fields they narrow.
 */
export interface DeskFilter {
  from: string | null;
  to: string | null;
  kind: Kind[];
  type: string[];
  /** Enterprise numbers, or slugs of user companies without one. */
  user: string[];
  result: ('A' | 'W' | 'B')[];
  anomaly: string[];
  /** Accepted, but after the work began. */
  verdict: 'late'[];
  verified: 'yes' | 'no' | null;
  /** A worker id; sealed in the address. */
  worker: string | null;
  /** The beginning of a name of people whom the agency declared. */
  name: string | null;
  starts: 'today' | (string & {}) | null;
  /** A file of declarations. */
  batch: string | null;
  after: Cursor | null;
}

/** The last row of the page before. */
export interface Cursor {
  /** null: history without a receipt, which comes last. */
  receivedAt: string | null;
  seq: string;
}

export const KINDS = ['IN', 'UPDATE', 'OUT', 'CANCEL', 'DAILY'] as const;
type Kind = (typeof KINDS)[number];
export const RESULTS = ['A', 'W', 'B'] as const;
export type DeskField = keyof DeskFilter;

export const EVERYTHING: DeskFilter = {
  from: null,
  to: null,
  kind: [],
  type: [],
  user: [],
  result: [],
  anomaly: [],
  verdict: [],
  verified: null,
  worker: null,
  name: null,
  starts: null,
  batch: null,
  after: null,
};

const day = z.iso.date().refine((text) => text >= '1900-01-01' && text <= '9998-12-31');
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/);
const seq = z.string().regex(/^\d{1,18}$/);
const anomaly = z.string().regex(/^\d{5}-\d{3}$/);
const batch = z.string().regex(/^[\w-]{22}$/);
const name = z
  .string()
  .transform((text) => text.trim().replace(/\s+/g, ' '))
  .pipe(z.string().regex(/^\P{Cc}{2,80}$/u));

const cursor = z.string().transform((text, context): Cursor => {
  const [receivedAt = '', at = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  const isRead = seq.safeParse(at).success && (receivedAt === '' || instant.safeParse(receivedAt).success);
  if (!isRead || Number.isNaN(Date.parse(receivedAt || '2000-01-01'))) context.addIssue('not a place in the table');
  return { receivedAt: receivedAt || null, seq: at };
});

/** Reads the address; what cannot be read, and a key of somebody this agency has no business with, is left out and told. Never fails. */
export function parseDeskFilter(query: Query, keys: PersonKeys): { filter: DeskFilter; dropped: DeskField[] } {
  const { dropped, one, many } = readerOf<DeskField>(query);
  const person = z.string().transform((key, context) => {
    const workerId = keys.open(key);
    if (workerId === null) context.addIssue('nobody’s key');
    return workerId;
  });
  let from = one('from', day);
  let to = one('to', day);
  if (from !== null && to !== null && from > to) {
    from = to = null;
    dropped.add('from').add('to');
  }
  const verified = many('verified', z.enum(['yes', 'no']));
  const filter: DeskFilter = {
    from,
    to,
    kind: many('kind', z.enum(KINDS)),
    type: many('type', CHOICES.type.value),
    user: many('user', CHOICES.user.value),
    result: many('result', z.enum(RESULTS)),
    anomaly: many('anomaly', anomaly),
    verdict: many('verdict', z.literal('late')),
    verified: verified.length === 1 ? (verified[0] ?? null) : null, // both ticked: everything
    worker: one('worker', person),
    name: one('name', name),
    starts: one('starts', z.union([z.literal('today'), day])),
    batch: one('batch', batch),
    after: one('after', cursor),
  };
  return { filter, dropped: [...dropped] };
}

/** The filter as fields in a fixed order: for addresses and for hidden form fields. */
export function deskFields(filter: DeskFilter, keys: PersonKeys): [DeskField, string][] {
  const fields: [DeskField, string][] = [];
  for (const [field, value] of Object.entries(filter) as [DeskField, DeskFilter[DeskField]][]) {
    if (value === null) continue;
    if (Array.isArray(value)) for (const one of value) fields.push([field, one]);
    else if (typeof value === 'object') fields.push([field, cursorText(value)]);
    else fields.push([field, field === 'worker' ? keys.seal(value) : value]);
  }
  return fields;
}

/** A place in a table as its address holds it. */
export function cursorText({ receivedAt, seq: at }: Cursor): string {
  return Buffer.from(`${receivedAt ?? ''} ${at}`).toString('base64url');
}

/** The same filter with changes, as a query string without question mark. A change leads back to the first page. */
export function deskQuery(filter: DeskFilter, keys: PersonKeys, changes: Partial<DeskFilter> = {}): string {
  const after = Object.keys(changes).length === 0 ? filter.after : null;
  return queryOf(deskFields({ ...filter, after, ...changes }, keys));
}

/** Does anything narrow the table? */
export function isNarrowedDesk(filter: DeskFilter): boolean {
  return deskFieldsBesidePage(filter).length > 0;
}

function deskFieldsBesidePage(filter: DeskFilter): DeskField[] {
  const fields = Object.keys(filter) as DeskField[];
  return fields.filter((field) => field !== 'after' && filter[field] !== null && filter[field].length !== 0);
}
