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

/**
 * One question to PostgreSQL: by callback, and with a timer of our own. What pg's own promise and timer close over would keep the rows of every
 * answer in memory until the next full collection, which then stops the process for a tenth of a second.
 * @param patience milliseconds until it counts as unanswered, 0 for ever; its connection answers nobody else before it answered this
 */
export function ask(
  client: pg.ClientBase,
  question: pg.QueryConfig | string,
  patience: number,
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const timer = patience > 0 ? setTimeout(() => reject(new Unanswered()), patience) : undefined;
    void client.query(question as pg.QueryConfig, (error, result) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(result);
    });
  });
}

/** A question that took longer than anybody waits: its connection is of no use to the next. */
export class Unanswered extends Error {
  override name = 'Unanswered';
  override message = 'timeout of a statement';
}

const GONE =
  /timeout|terminat|ECONN|ENOENT|not queryable|connection error|EPIPE|starting up|shutting down|too many clients/i;
/** PostgreSQL's words for a statement that was planned before a migration gave its table another column; its code says less. */
const OUTDATED = 'cached plan must not change result type';

/** A connection leads nowhere any more: it answers too late, or its server has become a standby where nothing is written. */
export function isSpentBy(error: unknown): boolean {
  return error instanceof Unanswered || isDemoted(error);
}

/** The server that answers has become a standby. */
function isDemoted(error: unknown): boolean {
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
