import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { History } from '../../src/generate/ledger.ts';
import { sourceIdsAfter } from '../../src/generate/numbers.ts';
import { type WorldOptions, worldOf } from '../../src/generate/world.ts';
import { isEnterpriseNumber, isInsz, isNssoNumber } from '../../src/platform/ids.ts';
import { type AcceptedDeclaration, fold } from '../../src/relations/fold.ts';
import type { RelationState } from '../../src/relations/relation.ts';

const TODAY = '2026-11-23';
const options: WorldOptions = { workers: 400, periods: 9_000, seed: 'test', today: TODAY };

function historiesOf(some: Partial<WorldOptions> = {}): History[] {
  return [...worldOf({ ...options, ...some }).histories(sourceIdsAfter(null, 1), () => false)];
}

const sha = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const made = historiesOf();
const relations = made.flatMap((history) => history.relations);
const declarations = made.flatMap((history) => history.declarations);
const share = (count: number) => count / relations.length;

/** The ledger folded again, as a rebuild does. */
function rebuilt(history: History): RelationState[] {
  const states = new Map<string, RelationState>();
  for (const { content, result, ...d } of history.declarations) {
    if (result === 'B') continue;
    const periodId = d.periodId as string;
    const accepted = { ...content, ...d, periodId, result } as AcceptedDeclaration;
    states.set(periodId, fold(states.get(periodId) ?? null, accepted));
  }
  return [...states.values()];
}

describe('a made-up world', () => {
  it('is the same for the same seed and day, and another for another', () => {
    expect(sha(historiesOf())).toBe(sha(made));
    expect(sha(worldOf(options).companies)).toBe(sha(worldOf(options).companies));
    expect(sha(historiesOf({ seed: 'other' }))).not.toBe(sha(made));
    expect(sha(historiesOf({ today: '2026-11-24' }))).not.toBe(sha(made));
  });

  it('has exactly as many workers and relations as asked', () => {
    expect(made).toHaveLength(options.workers);
    expect(relations).toHaveLength(options.periods);
    for (const [workers, periods] of [
      [1, 1000],
      [3, 0],
      [50, 20],
      [2, 3000],
    ] as const) {
      expect(historiesOf({ workers, periods }).flatMap((history) => history.relations)).toHaveLength(periods);
    }
    expect(() => worldOf({ ...options, workers: 0 })).toThrow(RangeError);
    expect(() => worldOf({ ...options, workers: 1, periods: 5000 })).toThrow(RangeError);
  });

  it('gives nobody and nothing a number twice, and only valid ones', () => {
    const inszs = made.map((history) => history.worker.insz);
    expect(inszs.filter((insz) => !isInsz(insz, 2026))).toEqual([]);
    expect(new Set(inszs).size).toBe(inszs.length);
    const ids = [...declarations.map((d) => d.declarationId), ...relations.map((r) => r.periodId)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => Number(id.slice(0, 10)) % 97 !== Number(id.slice(10)) || id.length !== 12)).toEqual([]);
    const { companies } = worldOf({ ...options, workers: 4000 });
    const numbers = companies.flatMap((company) => company.enterpriseNumber ?? []);
    const nssos = companies.flatMap((company) => company.nssoNumber ?? []);
    expect(numbers.every(isEnterpriseNumber) && nssos.every(isNssoNumber)).toBe(true);
    expect([new Set(numbers).size, new Set(nssos).size]).toEqual([numbers.length, nssos.length]);
    expect(new Set(companies.map((company) => company.name)).size).toBe(companies.length);
  });

  it('avoids people who are known already', () => {
    const first = made[0]?.worker.insz;
    const world = worldOf(options).histories(sourceIdsAfter(null, 1), (insz) => insz === first);
    expect([...world].map((history) => history.worker.insz)).not.toContain(first);
  });

  it('has relations that are what its accepted declarations add up to', () => {
    for (const history of made) expect(rebuilt(history)).toEqual(history.relations);
  });

  it('keeps each worker’s declarations in order of receipt, all received before today began', () => {
    for (const history of made) {
      const receipts = history.declarations.map((d) => d.receivedAt);
      expect(receipts).toEqual(receipts.toSorted());
    }
    expect(
      declarations
        .map((d) => d.receivedAt)
        .toSorted()
        .at(-1)
        ?.localeCompare('2026-11-22T23:00:00Z'),
    ).toBe(-1);
  });

  it('lies in the years that the portal shows, most of it in the past', () => {
    const starts = relations.map((relation) => relation.startDate).toSorted();
    expect(starts[0]?.localeCompare('2024-12-31')).toBe(1);
    expect(share(starts.filter((start) => start > TODAY).length)).toBeLessThan(0.05);
    expect(starts.some((start) => start >= '2027-01-01')).toBe(true);
    expect(relations.some((r) => !r.cancelled && r.startDate <= TODAY && (r.endDate ?? '') >= TODAY)).toBe(true);
  });

  it('goes wrong about as often as the real thing', () => {
    const within = (value: number, low: number, high: number) =>
      expect(value > low && value < high, `${value}`).toBe(true);
    within(share(relations.filter((r) => r.verdict === 'late').length), 0.02, 0.05);
    within(share(relations.filter((r) => r.cancelled).length), 0.01, 0.035);
    within(share(declarations.filter((d) => d.kind === 'UPDATE' && d.result !== 'B').length), 0.03, 0.08);
    within(share(declarations.filter((d) => d.result === 'B').length), 0.005, 0.02);
    expect(relations.some((r) => r.warnings.includes('cancelledAfterStart'))).toBe(true);
    expect(relations.some((r) => r.warnings.includes('changedAfterStart'))).toBe(true);
    expect(declarations.some((d) => d.kind === 'OUT')).toBe(true);
    expect(new Set(relations.map((r) => r.workerType))).toEqual(new Set(['OTH', 'STU', 'FLX', 'EXT', 'BCW']));
    expect(relations.some((r) => r.userNumber === null && r.userName !== null)).toBe(true);
  });

  it('makes no period of a refused IN', () => {
    const refused = declarations.filter((d) => d.kind === 'IN' && d.result === 'B');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter((d) => d.periodId !== null || d.anomalies.length === 0)).toEqual([]);
    const accepted = declarations.filter((d) => d.kind === 'IN' && d.result !== 'B').map((d) => d.periodId);
    expect(accepted.toSorted()).toEqual(relations.map((r) => r.periodId).toSorted());
  });
});
