import type { z } from 'zod';

/** A query string split into fields: a repeated field is an array. */
export type Query = Record<string, string | string[] | undefined>;

/** Reads fields of an address: what cannot be is left out and its field named in `dropped`; an empty field counts as absent. Never fails. */
export interface QueryReader<Field extends string> {
  dropped: Set<Field>;
  /** One value; null when absent, unreadable or told twice in different ways. */
  one<S extends z.ZodType>(field: Field, shape: S): z.infer<S> | null;
  /** Every value that can be read, once each, at most 100. */
  many<S extends z.ZodType>(field: Field, shape: S): z.infer<S>[];
}

export function readerOf<Field extends string>(query: Query): QueryReader<Field> {
  const dropped = new Set<Field>();
  const values = (field: Field) => [query[field] ?? []].flat().filter((value) => value !== '');
  return {
    dropped,
    one(field, shape) {
      const [value, ...more] = values(field);
      if (value === undefined) return null;
      const read = shape.safeParse(value);
      if (!read.success || more.some((other) => other !== value)) dropped.add(field);
      return read.success ? read.data : null;
    },
    many(field, shape) {
      const read = values(field).map((value) => shape.safeParse(value));
      if (read.some((value) => !value.success)) dropped.add(field);
      return [...new Set(read.flatMap((value) => (value.success ? [value.data] : [])))].slice(0, 100);
    },
  };
}

/** Fields in their order as a query string without question mark. */
export function queryOf(fields: readonly (readonly [string, string])[]): string {
  return fields.map(([field, value]) => `${field}=${encodeURIComponent(value)}`).join('&');
}
