import fc from 'fast-check';
import type { DeskFilter } from '../../src/agency/filter.ts';
import { CROWDED, SEARCHED } from './desk.example.ts';
import { type Ledger, userOf } from './desk.oracle.ts';

/** Filters of the desk to try: every value there is, alone and in any combination. */

export const valuesOf = <T>(all: T[]) => [...new Set(all)];

/** What each field may hold: all that is on record of any agency, and something that nobody has. */
export function choicesOf(ledger: Ledger) {
  const { declarations, batches, workers, periods } = ledger;
  const some = declarations.filter((d) => d.agency_number !== CROWDED);
  return {
    from: ['2026-10-24', '2026-10-25', '2026-10-26', '2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24'],
    kind: ['IN', 'UPDATE', 'OUT', 'CANCEL', 'DAILY'] as const,
    type: valuesOf([...periods.values()].map((period) => period.worker_type)).concat('ZZZ'),
    user: valuesOf(some.flatMap((d) => userOf(ledger, d) ?? [])).concat('nobody'),
    result: ['A', 'W', 'B'] as const,
    anomaly: valuesOf(some.flatMap(({ anomalies }) => anomalies)).concat('99999-999'),
    verified: ['yes', 'no'] as const,
    worker: workers.map(({ worker_id }) => worker_id).concat('999999'),
    name: SEARCHED,
    starts: ['today', ...valuesOf([...periods.values()].map((period) => period.start_date)), '2031-01-01'],
    batch: batches.map(({ batch_id }) => batch_id).concat('a'.repeat(22)),
  };
}

/** Any filters together, behind any row or none. */
export function anyFilter(ledger: Ledger): fc.Arbitrary<DeskFilter> {
  const all = choicesOf(ledger);
  const some = <T>(values: readonly T[]) =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constant<T[]>([]) },
      { weight: 2, arbitrary: fc.subarray([...values], { minLength: 1 }) },
    );
  const one = <T>(values: readonly T[], freq = 8) =>
    fc
      .option(fc.constantFrom(...values), { freq: 1, nil: null })
      .chain((value) => fc.nat(freq).map((n) => (n === 0 ? value : null)));
  const rows = ledger.declarations.filter((d) => d.agency_number !== CROWDED);
  return fc.record({
    from: one(all.from, 4),
    to: one(all.from, 4),
    kind: some(all.kind),
    type: some(all.type),
    user: some(all.user),
    result: some(all.result),
    anomaly: some(all.anomaly),
    verdict: one(['late'] as const).map((value): 'late'[] => (value === null ? [] : [value])),
    verified: one(all.verified, 3),
    worker: one(all.worker),
    name: one(all.name),
    starts: one(all.starts),
    batch: one(all.batch),
    after: one(rows, 2).map((d) =>
      d === null ? null : { seq: d.seq, receivedAt: d.at === null ? null : new Date(d.at).toISOString() },
    ),
  });
}
