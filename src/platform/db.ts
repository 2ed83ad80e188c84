import { type CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import pg from 'pg';
import { type Bulk, bulk } from './db.bulk.ts';
import { facadeOf, once } from './db.pool.ts';
import { DatabaseUnavailable, isDemoted, named, replanned, translate } from './db.statements.ts';
import type { Tables } from './tables.ts';

export { DatabaseUnavailable };

/**
 * The one way to PostgreSQL. Every statement is named, so that PostgreSQL plans it once a connection. Reads outside a transaction go round
 * robin over a few pipelined connections; transactions have a pool of their own. Dates, timestamps and int8 arrive as text.
 */
export interface Database {
  read: Kysely<Tables>;
  /** A query compiled once, run with other parameters: the hot path. */
  rows<R>(query: CompiledQuery<R>, parameters: readonly unknown[]): Promise<R[]>;
  /** One statement, planned once and committed as it ends: no round trips for begin and commit. `long` is without time limits. */
  once<R>(query: CompiledQuery<R>, parameters: readonly unknown[], limits: 'short' | 'long'): Promise<R[]>;
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The same without time limits, for batches of an operator's command. */
  longTransaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The same with COPY, on a connection with temporary tables that `preparation` makes. */
  bulk<T>(preparation: string, work: (bulk: Bulk) => Promise<T>): Promise<T>;
  /** A connection of one's own, without time limits: COPY and long commands. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connection: pg.ClientConfig;
  /** Pipelined connections for reads. */
  readers?: number;
  transactions?: number;
  /** Reads under way at once, above which new ones are refused at once (shedding). */
  inFlight?: number;
  log: { warn(detail: object, message: string): void };
}

const TEXT_TYPES = new Set([20, 1082, 1114, 1184]); // int8, date, timestamp, timestamptz
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === 1184) return instantOfText as never;
    return TEXT_TYPES.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format);
  },
};

/** PostgreSQL writes `2026-11-22 17:03:11.5+00` for a session in UTC; the portal speaks ISO 8601. */
function instantOfText(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`;
}

/** Connecting and one statement together stay well under the 2.5 s in which every answer is given. A connection may state others. */
const LIMITS = { connectionTimeoutMillis: 700, query_timeout: 1400, statement_timeout: 1300 };
const WITHOUT_LIMITS = { connectionTimeoutMillis: 0, query_timeout: 0, statement_timeout: 0 };
const SESSION = '-c timezone=UTC -c datestyle=ISO -c idle_in_transaction_session_timeout=10000';
/** For statements too large to be planned anew for every set of parameters. */
const PLANNED_ONCE = `${SESSION} -c plan_cache_mode=force_generic_plan`;
/** For statements over thousands of rows: what was best for an empty table is not when it has filled. */
const PLANNED_EACH_TIME = `${SESSION} -c plan_cache_mode=force_custom_plan`;

export function openDatabase(options: DatabaseOptions): Database {
  const config = { ...options.connection, options: SESSION, types };
  const readers = new Readers({ ...LIMITS, ...config, pipeline: true } as pg.ClientConfig, options);
  const pool = new pg.Pool({ ...LIMITS, ...config, max: options.transactions ?? 8, idleTimeoutMillis: 30_000 });
  const patient = { ...config, ...WITHOUT_LIMITS, max: 2, idleTimeoutMillis: 10_000 };
  const longPool = new pg.Pool(patient);
  const single = { ...config, options: PLANNED_ONCE };
  const oncePool = new pg.Pool({ ...LIMITS, ...single, max: 4, idleTimeoutMillis: 30_000 });
  const longOncePool = new pg.Pool({ ...patient, options: PLANNED_EACH_TIME });
  const allPools = [pool, longPool, oncePool, longOncePool];
  for (const one of allPools) {
    // also while a transaction holds it: without a listener of its own, a lost connection would end the process
    one.on('connect', (client) =>
      client.on('error', (error) => options.log.warn({ err: error.message }, 'a pooled connection was lost')),
    );
    one.on('error', () => undefined);
  }
  const pools = { short: facadeOf(oncePool), long: facadeOf(longOncePool) };
  const long = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: facadeOf(longPool) }) });
  const read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: readers.asPool() }) });
  const write = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: facadeOf(pool) }) });
  return {
    read,
    rows: <R>(query: CompiledQuery<R>, parameters: readonly unknown[]) =>
      readers.query(query.sql, parameters).then((result) => result.rows as R[]),
    once: (query, parameters, limits) => once(pools[limits], query, parameters),
    transaction: (work) => write.transaction().execute(work),
    longTransaction: (work) => long.transaction().execute(work),
    bulk: (preparation, work) => bulk(longOncePool, preparation, work),
    async connect() {
      const client = new pg.Client({ ...config, ...WITHOUT_LIMITS });
      client.on('error', (error) => options.log.warn({ err: error.message }, 'a connection of a command was lost'));
      await client.connect();
      return client;
    },
    async close() {
      await Promise.all([readers.close(), ...allPools.map((one) => one.end())]);
    },
  };
}

class Readers {
  #config: pg.ClientConfig;
  #slots: (Promise<pg.Client> | undefined)[];
  #next = 0;
  #waiting = 0;
  #bound: number;
  #log: DatabaseOptions['log'];

  constructor(config: pg.ClientConfig, options: DatabaseOptions) {
    this.#config = config;
    this.#slots = new Array(options.readers ?? 4).fill(undefined);
    this.#bound = options.inFlight ?? 200;
    this.#log = options.log;
  }

  async query(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#waiting >= this.#bound) throw new DatabaseUnavailable('too many reads under way');
    this.#waiting++;
    try {
      const slot = this.#next++ % this.#slots.length;
      const opened = this.#slots[slot] ?? this.#open(slot);
      this.#slots[slot] = opened;
      const client = await opened;
      return await replanned(() => client.query(named(sql, parameters))).catch((error) => {
        if (isDemoted(error)) this.#leave(slot, opened, client);
        throw error;
      });
    } catch (error) {
      return translate(error);
    } finally {
      this.#waiting--;
    }
  }

  #open(slot: number): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    const opened = client.connect().then(() => client);
    // its end may be told late, when another holds the slot already
    const forget = () => {
      if (this.#slots[slot] === opened) this.#slots[slot] = undefined;
    };
    client.on('error', (error) => {
      this.#log.warn({ err: error.message }, 'a reading connection was lost');
      forget();
    });
    client.on('end', forget);
    opened.catch(forget);
    return opened;
  }

  /** Whoever asks next gets a new connection; those under way on this one hear that it ended. */
  #leave(slot: number, opened: Promise<pg.Client>, client: pg.Client): void {
    if (this.#slots[slot] === opened) this.#slots[slot] = undefined;
    client.end().catch((error: Error) => this.#log.warn({ err: error.message }, 'a reading connection ended badly'));
  }

  /** Kysely's view of the readers: a pool whose every client is all of them. */
  asPool(): PostgresPool {
    const client = {
      query: (sql: string, parameters: readonly unknown[]) => this.query(sql, parameters),
      release: () => undefined,
    };
    return { connect: async () => client, end: async () => undefined } as unknown as PostgresPool;
  }

  async close(): Promise<void> {
    const open = this.#slots.filter((slot) => slot !== undefined);
    this.#slots.fill(undefined);
    await Promise.all(
      open.map((slot) =>
        slot.then(
          (client) => client.end(),
          () => undefined,
        ),
      ),
    );
  }
}
