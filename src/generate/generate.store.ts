import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Company } from './companies.ts';
import { COLUMNS, declarationRow, enterpriseRow, relationRow, workerNumberRow, workerRow } from './copy.ts';
import type { History, MadeDeclaration } from './ledger.ts';
import { MADE_IDS } from './numbers.ts';

const LOCK = 7_203_312;
const CHUNK = 262_144;

/** What is in the records already and may not be made again. */
export interface Taken {
  inszs: Set<string>;
  /** Enterprise and NSSO numbers of the directory. */
  numbers: Set<string>;
  /** The highest made-up id of a declaration or period. */
  lastId: string | null;
  /** The highest worker; 0 when there is none. */
  lastWorker: string;
}

/** Loading by COPY over one connection that is the caller's; everything happens in the transaction of `inOneTransaction`. */
export const generateStore = {
  /** All or nothing, and one at a time: two loads at once would hand out the same ids. */
  async inOneTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
    await client.query('begin');
    try {
      await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      // A connection that broke has rolled back by itself; the first error is the one to tell.
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  },

  /** Whether agencies declare here themselves: made-up people never stand among real ones. A demo's own records are made up anyway. */
  async isReal(client: pg.ClientBase): Promise<boolean> {
    const { rowCount } = await client.query(
      `select from declarations
       where channel <> 'import' and not exists (select from installation where purpose = 'demo') limit 1`,
    );
    return rowCount === 1;
  },

  async taken(client: pg.ClientBase): Promise<Taken> {
    const workers = await client.query<{ last: string }>(
      'select coalesce(max(worker_id), 0)::text as last from workers',
    );
    const lastWorker = workers.rows[0]?.last ?? '0';
    const firms = await client.query<{ number: string }>(
      `select enterprise_number as number from enterprises
       union all select nsso_number from enterprises where nsso_number is not null`,
    );
    const last = [
      await lastId(client, 'declarations', 'declaration_id'),
      await lastId(client, 'relations', 'period_id'),
    ];
    return {
      inszs: await generateStore.numbersUpTo(client, lastWorker),
      numbers: new Set(firms.rows.map((row) => row.number)),
      lastId:
        last
          .filter((id) => id !== null)
          .sort()
          .at(-1) ?? null,
      lastWorker,
    };
  },

  /** Every number of the workers up to one. */
  async numbersUpTo(client: pg.ClientBase, worker: string): Promise<Set<string>> {
    const { rows } = await client.query<[string]>({
      text: 'select insz from worker_numbers where worker_id <= $1',
      values: [worker],
      rowMode: 'array',
    });
    return new Set(rows.map(([insz]) => insz));
  },

  /** Adds to the directory the firms it does not have. */
  async addCompanies(client: pg.ClientBase, companies: Company[], taken: Set<string>): Promise<void> {
    const fresh = companies.filter(
      (company) => company.listed && company.enterpriseNumber !== null && !taken.has(company.enterpriseNumber),
    );
    const free = (company: Company) => company.nssoNumber === null || !taken.has(company.nssoNumber);
    const rows = fresh.map((company) => enterpriseRow(free(company) ? company : { ...company, nssoNumber: null }));
    await copy(client, 'enterprises', rows);
  },

  /** One block of people: workers first, whose ids the database gives; then their numbers, ledger and projection. */
  async addHistories(client: pg.ClientBase, histories: History[]): Promise<void> {
    await copy(
      client,
      'workers',
      histories.map(({ worker }) => workerRow(worker)),
    );
    const inszs = histories.map(({ worker }) => worker.insz);
    const { rows } = await client.query<{ worker_id: string; insz: string }>(
      'select worker_id::text, insz from workers where insz = any($1::text[])',
      [inszs],
    );
    const ids = new Map(rows.map((row) => [row.insz, row.worker_id]));
    const idOf = (insz: string) => ids.get(insz) as string;
    await copy(
      client,
      'worker_numbers',
      inszs.map((insz) => workerNumberRow(insz, idOf(insz))),
    );
    await copy(client, 'declarations', inOrderOfReceipt(histories).map(declarationRow));
    await copy(client, 'relations', relationRows(histories, idOf));
  },
};

/** The ledger's order is that of receipt, as far as one block reaches. */
function inOrderOfReceipt(histories: History[]): MadeDeclaration[] {
  const all = histories.flatMap((history) => history.declarations);
  return all.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0));
}

function* relationRows(histories: History[], idOf: (insz: string) => string): Generator<string> {
  for (const { worker, relations } of histories) {
    const workerId = idOf(worker.insz);
    for (const relation of relations) yield relationRow(relation, workerId);
  }
}

/** Rows go out in chunks as PostgreSQL takes them, so that making the next block and loading this one go on side by side. */
async function copy(client: pg.ClientBase, table: keyof typeof COLUMNS, rows: Iterable<string>): Promise<void> {
  const target = client.query(copyFrom(`copy ${table} (${COLUMNS[table]}) from stdin`));
  await pipeline(Readable.from(chunks(rows)), target);
}

function* chunks(rows: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    text += row;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** The index finds it from above; ids of a source are twelve digits, others do not concern us. */
async function lastId(client: pg.ClientBase, table: string, column: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select ${column} as id from ${table} where ${column} >= $1 and ${column} < $2 and ${column} ~ '^[0-9]{12}$'
     order by ${column} desc limit 1`,
    [MADE_IDS.from, MADE_IDS.before],
  );
  return rows[0]?.id ?? null;
}
