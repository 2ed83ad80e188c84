import { CompiledQuery } from 'kysely';

/** How a statement reaches the database: by itself, or within a transaction. */
export type Run = <R>(query: CompiledQuery<R>, parameters: readonly unknown[]) => Promise<R[]>;

/**
 * A statement made of the parts that are needed, since every part takes time even when it finds nothing to do. Each shape is written once;
 * parameters stand in its text as `:name`.
 */
export function shaped<Part extends string, R>(textOf: (has: (part: Part) => boolean) => string) {
  const shapes = new Map<string, { query: CompiledQuery<R>; names: string[] }>();
  return (run: Run, parts: Part[], values: Record<string, unknown>): Promise<R[]> => {
    const shape = parts.join();
    const known = shapes.get(shape) ?? numbered<R>(textOf((part) => parts.includes(part)));
    shapes.set(shape, known);
    return run(
      known.query,
      known.names.map((name) => values[name]),
    );
  };
}

function numbered<R>(text: string): { query: CompiledQuery<R>; names: string[] } {
  const names: string[] = [];
  const query = CompiledQuery.raw(
    text.replace(/(?<!:):([a-z]\w*)/gi, (_, name: string) => {
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    }),
  );
  return { query, names };
}
