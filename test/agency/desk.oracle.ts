import type pg from 'pg';
import type { DeskFilter } from '../../src/agency/filter.ts';
import type { Declaration, Kind, Result } from '../../src/declarations/declaration.ts';
import { dayOfInstant } from '../../src/platform/calendar-days.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { AT, fillDesk } from './desk.example.ts';

/** The desk's search told a second time, over all rows of all agencies in memory. */

export interface Declared {
  seq: string;
  declaration_id: string;
  kind: Kind;
  result: Result;
  anomalies: string[];
  period_id: string | null;
  agency_number: string | null;
  insz: string | null;
  source_key: string | null;
  content: Omit<Declaration, 'kind'>;
  /** Milliseconds; null for history. */
  at: number | null;
}

interface Period {
  period_id: string;
  worker_id: string;
  agency_number: string;
  worker_type: string;
  user_key: string | null;
  start_date: string;
  cancelled: boolean;
}

interface Worker {
  worker_id: string;
  insz: string;
  given_name: string | null;
  family_name: string | null;
  numbers: string[];
}

export interface Ledger {
  declarations: Declared[];
  periods: Map<string, Period>;
  workers: Worker[];
  standing: Set<string>;
  batches: { batch_id: string; agency_number: string; file_hash: string; at: number }[];
}

const MS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8 as at`;

/** A portal with the desks filled, and everything that was written there. */
export async function openDesk(): Promise<{ portal: TestApp; ledger: Ledger }> {
  const portal = await openTestApp({ at: AT });
  await fillDesk(portal);
  return { portal, ledger: await ledgerOf(portal.db) };
}

/** Everything, as the owner of the tables sees it. */
async function ledgerOf(db: pg.Pool): Promise<Ledger> {
  const all = async <R>(sql: string) => (await db.query(sql)).rows as R[];
  const periods = await all<Period>(
    'select period_id, worker_id::text, agency_number, worker_type, user_key, start_date::text, cancelled from relations',
  );
  return {
    declarations: await all<Declared>(
      `select seq::text, declaration_id, kind, result, anomalies, period_id, agency_number, insz, source_key, content, ${MS('received_at')} from declarations`,
    ),
    periods: new Map(periods.map((period) => [period.period_id, period])),
    workers: await all<Worker>(
      `select worker_id::text, w.insz, given_name, family_name, array_agg(n.insz) as numbers
       from workers w join worker_numbers n using (worker_id) group by worker_id, w.insz, given_name, family_name`,
    ),
    standing: new Set(
      (
        await all<{ seq: string }>('select declaration_seq::text as seq from verifications where undone_at is null')
      ).map(({ seq }) => seq),
    ),
    batches: await all(`select batch_id, agency_number, file_hash, ${MS('received_at')} from batches`),
  };
}

/** The period a declaration speaks of, if it is this agency's own. */
export function ownPeriod({ periods }: Ledger, d: Declared): Period | null {
  const period = periods.get(d.period_id ?? '');
  return period && period.agency_number === d.agency_number ? period : null;
}

export const knows = ({ periods }: Ledger, agency: string, workerId: string) =>
  [...periods.values()].some((period) => period.agency_number === agency && period.worker_id === workerId);

const base = new Intl.Collator('und', { sensitivity: 'base' });
const begins = (text: string, start: string) =>
  [...text].some((_, i, letters) => base.compare(letters.slice(0, i + 1).join(''), start) === 0);

/** By family name and given name after it, or by the given name in full and the family name after it. */
export function isNamed({ given_name, family_name }: Worker, name: string): boolean {
  if (family_name === null) return false;
  if (given_name === null) return begins(family_name, name);
  const isBehindGiven = begins(`${given_name} ${family_name}`, name) && !begins(given_name, name);
  return begins(`${family_name} ${given_name}`, name) || isBehindGiven;
}

export const namesakes = (ledger: Ledger, agency: string, name: string) =>
  ledger.workers.filter((worker) => isNamed(worker, name) && knows(ledger, agency, worker.worker_id));

export const typeOf = (ledger: Ledger, d: Declared) =>
  ownPeriod(ledger, d)?.worker_type ?? d.content.workerType ?? null;
export const userOf = (ledger: Ledger, d: Declared) => {
  const period = ownPeriod(ledger, d);
  return period ? period.user_key : (d.content.userCompany?.enterpriseNumber ?? null);
};

/** Whom the agency may know a declaration to be about: his number, and who he is to the agency. */
export function personOf(ledger: Ledger, d: Declared): { insz: string | null; workerId: string | null } {
  const period = ownPeriod(ledger, d);
  if (period) {
    const worker = ledger.workers.find(({ worker_id }) => worker_id === period.worker_id);
    return { insz: d.insz ?? worker?.insz ?? null, workerId: period.worker_id };
  }
  const insz = d.content.worker?.insz ?? null;
  const worker = ledger.workers.find(({ numbers }) => insz !== null && numbers.includes(insz));
  return { insz, workerId: worker && knows(ledger, d.agency_number ?? '', worker.worker_id) ? worker.worker_id : null };
}

const isIn = (chosen: readonly string[], value: string | null) => chosen.length === 0 || chosen.includes(value ?? '-');
const share = (chosen: readonly string[], values: string[]) =>
  chosen.length === 0 || values.some((v) => chosen.includes(v));
const momentOf = ({ at }: Pick<Declared, 'at'>) => at ?? Number.NEGATIVE_INFINITY;
const byNewest = (a: Pick<Declared, 'at' | 'seq'>, b: Pick<Declared, 'at' | 'seq'>) =>
  momentOf(a) === momentOf(b) ? Number(b.seq) - Number(a.seq) : momentOf(b) > momentOf(a) ? 1 : -1;

/** What a filter finds behind its place in the table, the newest first. */
export function expectedOf(ledger: Ledger, agency: string, filter: DeskFilter, today: string): Declared[] {
  const { from, to, verified, worker, name, starts, batch, after } = filter;
  const numbersOf = (workers: Worker[]) => workers.flatMap(({ numbers }) => numbers);
  const numbers =
    worker !== null
      ? numbersOf(ledger.workers.filter(({ worker_id }) => worker_id === worker))
      : name !== null
        ? numbersOf(namesakes(ledger, agency, name))
        : null;
  const sent = ledger.batches.find(({ batch_id, agency_number }) => batch_id === batch && agency_number === agency);
  const place = after && { seq: after.seq, at: after.receivedAt === null ? null : Date.parse(after.receivedAt) };
  return ledger.declarations
    .filter((d) => d.agency_number === agency)
    .filter((d) => {
      const { at, kind, result, anomalies } = d;
      const period = ownPeriod(ledger, d);
      const day = at === null ? null : dayOfInstant(new Date(at).toISOString());
      const starting = starts === 'today' ? today : starts;
      return (
        (from === null || (day !== null && day >= from)) &&
        (to === null || (day !== null && day <= to)) &&
        isIn(filter.kind, kind) &&
        isIn(filter.result, result) &&
        isIn(filter.type, typeOf(ledger, d)) &&
        isIn(filter.user, userOf(ledger, d)) &&
        share(filter.anomaly, anomalies) &&
        (filter.verdict.length === 0 || (result !== 'B' && share(['90373-460', '90378-460'], anomalies))) &&
        (verified === null || ledger.standing.has(d.seq) === (verified === 'yes')) &&
        (numbers === null || numbers.includes(personOf(ledger, d).insz ?? '-')) &&
        (starts === null ||
          (kind === 'IN' && result !== 'B' && period?.start_date === starting && !period?.cancelled)) &&
        (batch === null || (sent !== undefined && d.source_key?.startsWith(`${agency}:${sent.file_hash}:`) === true)) &&
        (place === null || byNewest(place, d) < 0)
      );
    })
    .sort(byNewest);
}
