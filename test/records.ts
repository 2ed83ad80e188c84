import type { Declaration } from '../src/declarations/declaration.ts';
import { intake } from '../src/declarations/declarations.actions.ts';
import type { Outcome, Received } from '../src/declarations/declarations.batch.ts';
import { declarationsStore } from '../src/declarations/declarations.store.ts';
import type { Database } from '../src/platform/db.ts';
import { projectionStore } from '../src/relations/projection.store.ts';
import type { TestDatabase } from './database.ts';

/** Records to arrange and to look at: a directory, declarations through the real intake, what the tables hold. */

export const NOW = '2026-11-20T09:00:00Z';
export const intakeOf = (db: Database) => intake(db, declarationsStore, projectionStore);

export async function addEnterprise(
  { db }: Pick<TestDatabase, 'db'>,
  number: string,
  nsso: string | null = null,
): Promise<void> {
  await db.query(
    'insert into enterprises (enterprise_number, name, kind, nsso_number) values ($1, $2, $3, $4) on conflict do nothing',
    [number, `Company ${number}`, 'agency', nsso],
  );
}

/** What was answered, as it is answered again. */
export type Answered = Omit<Outcome, 'change'>;

export async function receive(db: Database, received: Received[]): Promise<Answered[]> {
  const outcomes = await intakeOf(db).receive(received, { channel: 'service', now: NOW });
  return outcomes.map(({ change: _, ...answer }) => answer);
}

export function declare(db: Database, ...declarations: Declaration[]): Promise<Answered[]> {
  return receive(
    db,
    declarations.map((declaration) => ({ declaration, sourceKey: null })),
  );
}

/** A result in one word and its codes: 'A', 'W 90373-460', 'B 00911-001'. */
export function told({ result, anomalies }: Pick<Outcome, 'result' | 'anomalies'>): string {
  return [result, ...anomalies].join(' ');
}

/** Everything the records hold, in order: to tell that nothing changed. */
export async function recordsOf({ db }: TestDatabase): Promise<Record<string, unknown[]>> {
  const all = async (table: string, key: string) => (await db.query(`select * from ${table} order by ${key}`)).rows;
  return {
    declarations: await all('declarations', 'seq'),
    relations: await all('relations', 'period_id'),
    workers: await all('workers', 'worker_id'),
    numbers: await all('worker_numbers', 'insz'),
    enterprises: await all('enterprises', 'enterprise_number'),
  };
}

/** A valid INSZ, the n-th of those born on 1 January 1980. */
export function inszNumber(n: number): string {
  const base = 800_101_000 + n;
  return `${base}${String(97 - (base % 97)).padStart(2, '0')}`;
}
