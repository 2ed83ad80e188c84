import fc from 'fast-check';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declarationsStore } from '../../src/agency/declarations.store.ts';
import { COUNTED, PAGE } from '../../src/agency/declarations.ts';
import { foundBy, wayOf } from '../../src/agency/filter.store.ts';
import { type DeskFilter, EVERYTHING } from '../../src/agency/filter.ts';
import { type AgencyScope, nameOf, operatorScope } from '../../src/identity/visitor.ts';
import { HOUSE, onBehalf } from '../../src/platform/behalf.ts';
import type { Tables } from '../../src/platform/tables.ts';
import type { TestApp } from '../app.ts';
import { CROWD, CROWDED, TODAY } from './desk.example.ts';
import { anyFilter, choicesOf, valuesOf } from './desk.filters.ts';
import { expectedOf, type Ledger, openDesk, personOf, typeOf, userOf } from './desk.oracle.ts';
import { RANDWERK, TEMPO } from './staff.example.ts';

const AGENCIES = [TEMPO, RANDWERK];
let portal: TestApp;
let ledger: Ledger;

beforeAll(async () => {
  ({ portal, ledger } = await openDesk());
}, 120_000);
afterAll(() => portal.close());

const scopeFor = (agencyNumber: string): AgencyScope => operatorScope(agencyNumber);

/** In the name of the agency, as at the desk; or of the house, where no policy of the database helps the query. */
const ask = <T>(name: string, work: (tx: Transaction<Tables>) => Promise<T>) =>
  onBehalf(name, () => portal.house.db.transaction(work));
const namesFor = (agency: string) => [nameOf(scopeFor(agency)), HOUSE];

const seqs = (rows: { seq: string }[]) => rows.map(({ seq }) => seq);
const of = (filter: Partial<DeskFilter>): DeskFilter => ({ ...EVERYTHING, ...filter });
const own = (agency: string) => ledger.declarations.filter((d) => d.agency_number === agency);

/** Everything the store tells of a filter is what the oracle tells. */
async function expectAll(agency: string, filter: DeskFilter, names = namesFor(agency)): Promise<number> {
  const scope = scopeFor(agency);
  const here = expectedOf(ledger, agency, filter, TODAY);
  const whole = filter.after === null ? here : expectedOf(ledger, agency, { ...filter, after: null }, TODAY);
  for (const name of names) {
    const found = await ask(name, async (tx) => {
      const { people } = await wayOf(scope, tx, filter);
      const through = async (isGathered: boolean, limit: number, inOrder: boolean) => {
        const query: RawBuilder<unknown> = foundBy(scope, filter, TODAY, { isGathered, people, limit, inOrder });
        const { rows } = await sql<{ seq: string }>`${query}`.execute(tx);
        return seqs(rows);
      };
      return {
        page: await declarationsStore.page(scope, tx, filter, TODAY),
        all: await declarationsStore.all(scope, tx, filter, TODAY, 10_000),
        count: await declarationsStore.count(scope, tx, filter, TODAY),
        streamed: await through(false, PAGE + 1, true),
        gathered: await through(true, PAGE + 1, true),
        unordered: [(await through(false, 7, false)).length, (await through(true, 7, false)).length],
      };
    });
    expect(seqs(found.page.rows)).toEqual(seqs(here.slice(0, PAGE)));
    expect(found.page.isLast).toBe(here.length <= PAGE);
    expect(seqs(found.all)).toEqual(seqs(whole));
    expect(found.page.total).toBe(found.count);
    expect(found.count).toBe(Math.min(whole.length, COUNTED + 1));
    expect(found.streamed).toEqual(seqs(here.slice(0, PAGE + 1)));
    expect(found.gathered).toEqual(found.streamed);
    expect(found.unordered).toEqual([Math.min(here.length, 7), Math.min(here.length, 7)]);
  }
  return whole.length;
}

describe('what the desk finds', () => {
  test('has every kind and result, much and little of it, of more than one page', () => {
    for (const agency of AGENCIES) {
      const mine = own(agency);
      expect(mine.length).toBeGreaterThan(PAGE * 2);
      expect(valuesOf(mine.map(({ kind }) => kind)).sort()).toEqual(['CANCEL', 'DAILY', 'IN', 'OUT', 'UPDATE']);
      expect(valuesOf(mine.map(({ result }) => result)).sort()).toEqual(['A', 'B', 'W']);
      expect(mine.filter(({ at }) => at === null).length).toBeGreaterThan(10);
    }
    const unknown = own(TEMPO).filter(
      (d) => personOf(ledger, d).insz !== null && personOf(ledger, d).workerId === null,
    );
    expect(unknown.length).toBeGreaterThan(5);
    expect(own(TEMPO).some((d) => d.insz !== null && personOf(ledger, d).insz === null)).toBe(true);
  });

  test.each(AGENCIES)(
    'by each value of each filter is what the records of %s say',
    async (agency) => {
      const { from, verified, worker, name, starts, batch, ...many } = choicesOf(ledger);
      const singles: Partial<DeskFilter>[] = [{}, { verdict: ['late'] }];
      for (const day of from) singles.push({ from: day }, { to: day }, { from: day, to: day });
      for (const [field, values] of Object.entries(many))
        singles.push(...values.map((value) => ({ [field]: [value] })));
      for (const [field, values] of Object.entries({ verified, worker, name, starts, batch }))
        singles.push(...values.map((value) => ({ [field]: value })));
      const hits = new Set<string>();
      for (const single of singles)
        if ((await expectAll(agency, of(single))) > 0) for (const field of Object.keys(single)) hits.add(field);
      const fields = Object.keys(EVERYTHING).filter((field) => field !== 'after');
      expect([...hits].sort()).toEqual(fields.sort());
    },
    120_000,
  );

  test('by any filters together, behind any row, is what the records say', async () => {
    const filters = anyFilter(ledger);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(...AGENCIES), fc.nat(1), async (filter, agency, n) => {
        if ((await expectAll(agency, filter, namesFor(agency).slice(n, n + 1))) > 0) found += 1;
      }),
      { numRuns: 120, seed: 20261123 },
    );
    expect(found).toBeGreaterThan(40);
  }, 120_000);

  test('is told of each row as the agency may know it', async () => {
    for (const agency of AGENCIES)
      for (const name of namesFor(agency)) {
        const rows = await ask(name, (tx) => declarationsStore.all(scopeFor(agency), tx, EVERYTHING, TODAY, 10_000));
        const told = rows.map(({ seq, person, workerType, user, verified }) => {
          return {
            seq,
            insz: person.insz,
            workerId: person.workerId,
            workerType,
            user: user.key,
            isVerified: !!verified,
          };
        });
        const expected = expectedOf(ledger, agency, EVERYTHING, TODAY).map((d) => {
          const known = { seq: d.seq, ...personOf(ledger, d), workerType: typeOf(ledger, d), user: userOf(ledger, d) };
          return { ...known, isVerified: ledger.standing.has(d.seq) };
        });
        expect(told).toEqual(expected);
      }
  });

  test.each([
    ['everything', TEMPO, {}],
    ['what lasts', RANDWERK, { kind: ['IN', 'UPDATE'], verified: 'no' }],
    ['one user company', TEMPO, { user: ['0566988259'] }],
    ['a thousand of one moment', CROWDED, { result: ['B'] }],
  ] as [string, string, Partial<DeskFilter>][])(
    'page by page is the whole of %s, no row twice',
    async (_, agency, filter) => {
      const scope = scopeFor(agency);
      const whole = seqs(expectedOf(ledger, agency, of(filter), TODAY));
      const turned: string[] = [];
      for (let after: DeskFilter['after'] = null, isLast = false; !isLast && turned.length <= whole.length; ) {
        const page = await ask(nameOf(scope), (tx) =>
          declarationsStore.page(scope, tx, of({ ...filter, after }), TODAY),
        );
        turned.push(...seqs(page.rows));
        const last = page.rows.at(-1);
        after = last ? { receivedAt: last.receivedAt, seq: last.seq } : null;
        isLast = page.isLast;
      }
      expect(turned).toEqual(whole);
      expect(new Set(turned).size).toBe(whole.length);
      expect(whole.length).toBeGreaterThan(PAGE);
    },
  );

  test('is counted no further than the desk says', async () => {
    const scope = scopeFor(CROWDED);
    const count = await ask(nameOf(scope), (tx) => declarationsStore.count(scope, tx, EVERYTHING, TODAY));
    expect([own(CROWDED).length, count]).toEqual([CROWD, COUNTED + 1]);
  });
});
