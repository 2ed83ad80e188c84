import { createHash } from 'node:crypto';
import type pg from 'pg';

/** The database is away, frozen or overwhelmed: the visitor gets 503 and may try again. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';
}

/** SQL text → statement name. The portal's statements are few; a text beyond the bound goes unnamed. */
const names = new Map<string, string>();
let generation = 0;

export function named(sql: string, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(sql);
  if (name === undefined) {
    if (names.size >= 500) return { text: sql, values: values as unknown[] };
    name = createHash('sha1').update(`${generation} ${sql}`).digest('base64url').slice(0, 16);
    names.set(sql, name);
  }
  return { name, text: sql, values: values as unknown[] };
}

const GONE =
  /timeout|terminat|ECONN|ENOENT|not queryable|connection error|EPIPE|starting up|shutting down|too many clients/i;
/** PostgreSQL's words for a statement that was planned before a migration gave its table another column; its code says less. */
const OUTDATED = 'cached plan must not change result type';

/** The server that answers has become a standby: nothing is written there any more, and its connections lead nowhere. */
export function isDemoted(error: unknown): boolean {
  return (error as { code?: string }).code === '25006';
}

/** Faults of the connection become one error the hall knows, and so does a migration that came between; faults of a statement stay what they are. */
export function translate(error: unknown): never {
  const { code = '', message = '', severity } = error as { code?: string; message?: string; severity?: string };
  const isToldByServer = severity !== undefined;
  const away = isToldByServer ? /^(08|53|57)/.test(code) || isDemoted(error) : GONE.test(`${code} ${message}`);
  if (message === OUTDATED) planAnew();
  if (away || message === OUTDATED) throw new DatabaseUnavailable(message, { cause: error });
  throw error;
}

/** Runs one statement that is no part of a transaction; one that a migration made outdated is planned anew, and nobody notices. */
export async function replanned<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as Error).message !== OUTDATED) throw error;
    planAnew();
    return await run();
  }
}

function planAnew(): void {
  names.clear();
  generation++;
}
