import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declarationsCsv } from '../../src/agency/declarations.csv.ts';
import { type DeskFilter, EVERYTHING, parseDeskFilter } from '../../src/agency/filter.ts';
import { personKeys } from '../../src/agency/person-key.ts';
import { searchOf } from '../../src/agency/search.ts';
import { type AgencyStaff, agencyScopeOf, nameOf } from '../../src/identity/visitor.ts';
import { onBehalf } from '../../src/platform/behalf.ts';
import type { TestApp } from '../app.ts';
import { AT, NUMBERS, OLDER, SEARCHED, TODAY } from './desk.example.ts';
import { expectedOf, knows, type Ledger, namesakes, openDesk, personOf, typeOf } from './desk.oracle.ts';
import { RANDWERK, TEMPO } from './staff.example.ts';

const AGENCIES = [TEMPO, RANDWERK];
const SECRET = 'a secret for tests, of 32 characters';
let portal: TestApp;
let ledger: Ledger;

beforeAll(async () => {
  ({ portal, ledger } = await openDesk());
}, 120_000);
afterAll(() => portal.close());

const staffOf = (agencyNumber: string) => ({ kind: 'agency', agencyNumber, insz: OLDER }) as AgencyStaff;
const lookOf = (agency: string) => ({ visitor: staffOf(agency), today: TODAY, now: AT, request: { id: 'test' } });
const as = <T>(agency: string, work: () => Promise<T>) => onBehalf(nameOf(agencyScopeOf(staffOf(agency))), work);
const of = (filter: Partial<DeskFilter>): DeskFilter => ({ ...EVERYTHING, ...filter });
const own = (agency: string) => ledger.declarations.filter((d) => d.agency_number === agency);

test.each(AGENCIES)('the CSV of %s has the rows of its filter', async (agency) => {
  for (const filter of [of({}), of({ verdict: ['late'] }), of({ result: ['B'], kind: ['IN'] }), of({ name: 'pee' })]) {
    const rows = await as(agency, () => portal.house.desk.taken(lookOf(agency), filter));
    const lines: Record<string, string>[] = parse(declarationsCsv(rows), { bom: true, columns: true });
    const told = lines.map((l) => [l.declarationId, l.kind, l.result, l.anomalies, l.insz, l.workerType, l.late]);
    const expected = expectedOf(ledger, agency, filter, TODAY).map((d) => {
      const isLate = d.result !== 'B' && d.anomalies.some((code) => /^9037[38]-460$/.test(code));
      const person = personOf(ledger, d).insz ?? '';
      const late = isLate ? 'yes' : 'no';
      return [d.declaration_id, d.kind, d.result, d.anomalies.join(' '), person, typeOf(ledger, d) ?? '', late];
    });
    expect(told).toEqual(expected);
    expect(told.length).toBeGreaterThan(0);
    expect(lines.flatMap((line) => Object.values(line)).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  }
});

describe('a search', () => {
  const search = (agency: string, text: string) => {
    const typed = searchOf(text);
    if (typed === null) throw new Error(`nothing to search by in ${text}`);
    return as(agency, () => portal.house.desk.search(lookOf(agency), typed));
  };

  test('by number finds the declaration, or the one that began the period, of this agency alone', async () => {
    for (const agency of AGENCIES) {
      const accepted = own(agency).filter(({ result }) => result !== 'B');
      const first = (id: string) =>
        accepted.filter((d) => d.period_id === id).sort((a, b) => Number(a.seq) - Number(b.seq))[0];
      for (const { declaration_id: id, agency_number } of ledger.declarations.filter((_, n) => n % 3 === 0)) {
        const spaced = `${id.slice(0, 4)} ${id.slice(4, 8)} ${id.slice(8)}`;
        expect(await search(agency, spaced)).toEqual(agency_number === agency ? { declarationId: id } : null);
      }
      for (const id of ledger.periods.keys()) {
        const begun = first(id);
        expect(await search(agency, id)).toEqual(begun ? { declarationId: begun.declaration_id } : null);
      }
    }
  }, 60_000);

  test('by INSZ finds the worker, by an older number too, else what the agency itself sent of him', async () => {
    const kinds = new Set<string>();
    for (const agency of AGENCIES)
      for (const insz of NUMBERS) {
        const worker = ledger.workers.find(({ numbers }) => numbers.includes(insz));
        const isKnown = worker && knows(ledger, agency, worker.worker_id);
        const named = own(agency).filter((d) => d.content.worker?.insz === insz);
        const newest = named.sort((a, b) => Number(b.seq) - Number(a.seq))[0];
        const sent = newest ? { declarationId: newest.declaration_id } : null;
        const hit = await search(agency, `${insz.slice(0, 6)}-${insz.slice(6)}`);
        expect(hit).toEqual(isKnown ? { workerId: worker.worker_id } : sent);
        kinds.add(Object.keys(hit ?? {})[0] ?? 'none');
      }
    expect([...kinds].sort()).toEqual(['declarationId', 'none', 'workerId']);
  });

  test('by name finds the people whom the agency declared, and nobody else', async () => {
    const kinds = new Set<string>();
    for (const agency of AGENCIES)
      for (const name of SEARCHED) {
        const [one, second] = namesakes(ledger, agency, name);
        const hit = await search(agency, name);
        expect([name, hit]).toEqual([name, second ? { name } : one ? { workerId: one.worker_id } : null]);
        kinds.add(Object.keys(hit ?? {})[0] ?? 'none');
      }
    expect([...kinds].sort()).toEqual(['name', 'none', 'workerId']);
  });
});

test('a key of a person leads nowhere at another agency, nor when a sign of it is another', () => {
  const [tempo, randwerk] = AGENCIES.map((agency) => personKeys(SECRET, agency)) as [
    ReturnType<typeof personKeys>,
    ReturnType<typeof personKeys>,
  ];
  for (const { worker_id } of ledger.workers) {
    const key = tempo.seal(worker_id);
    expect(tempo.open(key)).toBe(worker_id);
    expect(parseDeskFilter({ worker: key }, tempo).filter.worker).toBe(worker_id);
    const mended = `${key[0] === 'A' ? 'B' : 'A'}${key.slice(1)}`;
    for (const [keys, text] of [
      [randwerk, key],
      [tempo, mended],
      [tempo, worker_id],
      [personKeys(`${SECRET}.`, TEMPO), key],
    ] as const) {
      expect(parseDeskFilter({ worker: text }, keys)).toEqual({ filter: EVERYTHING, dropped: ['worker'] });
    }
  }
});
