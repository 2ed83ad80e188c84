import { type CompiledQuery, Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { behalf, goOnAs, HOUSE, NOBODY, onBehalf } from './behalf.ts';
import { type Bulk, bulk } from './db.bulk.ts';
import { facadeOf, once } from './db.pool.ts';
import { Readers } from './db.readers.ts';
import { DatabaseUnavailable } from './db.statements.ts';
import type { Tables } from './tables.ts';

export { DatabaseUnavailable };

/**
 * The one way to PostgreSQL. Every statement is named, so that PostgreSQL plans it once a connection. Reads outside a transaction go round
 * robin over a few pipelined connections; transactions have a pool of their own. Reads and transactions run in the name of whoever asks
 * (`behalf`), all else in that of the house. Dates, timestamps and int8 arrive as text.
 */
export interface Database {
  read: Kysely<Tables>;
  /** A query compiled once, run with other parameters: the hot path. */
  rows<R>(query: CompiledQuery<R>, parameters: readonly unknown[]): Promise<R[]>;
  /** One statement, planned once and committed as it ends: no round trips for begin and commit. `long` is without time limits. */
  once<R>(query: CompiledQuery<R>, parameters: readonly unknown[], limits: 'short' | 'long'): Promise<R[]>;
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The same in the name of the house, whoever asked: for what a visitor begins and may not see. */
  houseTransaction<T>(work: (tx: Transaction<Tables>) => Promise<T>, limits: 'short' | 'long'): Promise<T>;
  /** From here on this transaction, and the request it belongs to, go on in another name: once it is known for whom. */
  goOnFor(tx: Transaction<Tables>, name: string): Promise<void>;
  /** Without time limits, for batches of an operator's command and for files. */
  longTransaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The same with COPY, on a connection with temporary tables that `preparation` makes. */
  bulk<T>(preparation: string, work: (bulk: Bulk) => Promise<T>): Promise<T>;
  /** A connection of one's own, without time limits: COPY and long commands. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connection: pg.ClientConfig;
  /** Pipelined connections for reads of visitors; who is not known yet, and the house, have half as many each. */
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
const LIMITS = { connectionTimeoutMillis: 700, statement_timeout: 1300 };
const PATIENCE = 1400;
const WITHOUT_LIMITS = { connectionTimeoutMillis: 0, statement_timeout: 0 };
const SESSION = '-c timezone=UTC -c datestyle=ISO -c idle_in_transaction_session_timeout=10000';
const OF_HOUSE = `${SESSION} -c portal.behalf=${HOUSE}`;
/** For statements too large to be planned anew for every set of parameters. */
const PLANNED_ONCE = `${OF_HOUSE} -c plan_cache_mode=force_generic_plan`;
/** For statements over thousands of rows: what was best for an empty table is not when it has filled. */
const PLANNED_EACH_TIME = `${OF_HOUSE} -c plan_cache_mode=force_custom_plan`;

export function openDatabase(options: DatabaseOptions): Database {
  const { query_timeout: stated, ...connection } = options.connection;
  const patience = stated ?? PATIENCE;
  const config = { ...connection, options: SESSION, types };
  const count = options.readers ?? 4;
  const readersIn = (session: string, many: number, isOfOne: boolean) =>
    new Readers({ ...LIMITS, ...config, options: session }, { ...options, readers: many, isOfOne, patience });
  const visitors = readersIn(SESSION, count, false);
  const own: Record<string, Readers> = {
    [NOBODY]: readersIn(`${SESSION} -c portal.behalf=${NOBODY}`, Math.ceil(count / 2), true),
    [HOUSE]: readersIn(OF_HOUSE, Math.ceil(count / 2), true),
  };
  const ask = (sql: string, parameters: readonly unknown[]) => (own[behalf()] ?? visitors).query(sql, parameters);
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
  const pools = { short: facadeOf(oncePool, patience), long: facadeOf(longOncePool, 0) };
  const long = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: facadeOf(longPool, 0, inName) }) });
  const read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: poolOf(ask) }) });
  const write = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: facadeOf(pool, patience, inName) }) });
  return {
    read,
    rows: <R>(query: CompiledQuery<R>, parameters: readonly unknown[]) =>
      ask(query.sql, parameters).then((result) => result.rows as R[]),
    once: (query, parameters, limits) => once(pools[limits], query, parameters),
    transaction: (work) => write.transaction().execute(work),
    houseTransaction: (work, limits) =>
      onBehalf(HOUSE, () => (limits === 'long' ? long : write).transaction().execute(work)),
    async goOnFor(tx, name) {
      goOnAs(name);
      await sql`select set_config('portal.behalf', ${name}, true)`.execute(tx);
    },
    longTransaction: (work) => long.transaction().execute(work),
    bulk: (preparation, work) => bulk(longOncePool, preparation, work),
    async connect() {
      const client = new pg.Client({ ...config, ...WITHOUT_LIMITS, options: OF_HOUSE });
      client.on('error', (error) => options.log.warn({ err: error.message }, 'a connection of a command was lost'));
      await client.connect();
      return client;
    },
    async close() {
      await Promise.all([
        ...[visitors, ...Object.values(own)].map((readers) => readers.close()),
        ...allPools.map((one) => one.end()),
      ]);
    },
  };
}

/** Kysely's view of the readers: a pool whose every client is all of them. */
function poolOf(query: (sql: string, parameters: readonly unknown[]) => Promise<pg.QueryResult>): PostgresPool {
  const client = { query, release: () => undefined };
  return { connect: async () => client, end: async () => undefined } as unknown as PostgresPool;
}

/** A transaction begins in the name of whoever asks, in one round trip. */
function inName(sql: string): string {
  return sql === 'begin' ? `begin; set local portal.behalf = '${behalf()}'` : sql;
}
