import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHOICE_FIELDS, eachChoice, VERDICTS } from '../../src/relations/filter.choices.ts';
import { describe as inWords, namesFrom, periodWords } from '../../src/relations/filter.pages.ts';
import { type Filter, parseFilter, range, SORTS, toFields, toQuery } from '../../src/relations/filter.ts';

const TODAY = '2026-11-23';
const read = (query: Parameters<typeof parseFilter>[0]) => parseFilter(query, TODAY);
const fromAddress = (query: string) => {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) fields[name] = [...(fields[name] ?? []), value];
  return read(fields);
};

describe('reading a filter', () => {
  it('takes one value as text and several as a list', () => {
    expect(read({ type: 'STU', agency: ['0403449823', '0566988259'] }).filter).toMatchObject({
      type: ['STU'],
      agency: ['0403449823', '0566988259'],
    });
  });

  it('shows previous, current and next year when nothing is asked', () => {
    const { filter, dropped } = read({});
    expect(range(filter, TODAY)).toEqual({ from: '2025-01-01', to: '2027-12-31' });
    expect(dropped).toEqual([]);
  });

  it('takes an untouched form as nothing asked', () => {
    expect(read({ from: '', to: '', type: '', year: '' })).toEqual(read({}));
  });

  it.each([
    [{ year: '2024' }, { from: '2024-01-01', to: '2024-12-31' }],
    [{ year: 'all' }, { from: null, to: null }],
    [{ from: '2026-03-01' }, { from: '2026-03-01', to: null }],
    [
      { to: '2026-03-31', year: '2020' },
      { from: null, to: '2026-03-31' },
    ],
    [
      { from: '2026-03-01', to: '2026-03-01' },
      { from: '2026-03-01', to: '2026-03-01' },
    ],
  ])('%o covers %o', (query, covered) => {
    expect(range(read(query).filter, TODAY)).toEqual(covered);
  });

  it.each([
    [{ from: '2026-02-30' }, ['from']],
    [{ from: '2026-04-01', to: '2026-03-01' }, ['from', 'to']],
    [{ year: '99' }, ['year']],
    [{ year: '2999' }, ['year']],
    [{ type: ['STU', 'nonsense'] }, ['type']],
    [{ agency: '12345' }, []],
    [{ agency: '9999999999' }, ['agency']],
    [{ user: "x' or 1=1" }, ['user']],
    [{ committee: ['302', '12', 'xxx'] }, ['committee']],
    [{ verdict: ['late', 'perhaps'] }, ['verdict']],
    [{ sort: 'salary' }, ['sort']],
    [{ dir: 'up' }, ['dir']],
    [{ page: '0' }, ['page']],
    [{ page: '1e9' }, ['page']],
    [{ pageSize: '1000' }, ['pageSize']],
    [{ sector: 'private' }, ['sector']],
    [{ sort: ['agency', 'user'] }, ['sort']],
  ])('of %o drops %o', (query, dropped) => {
    expect(read(query as Parameters<typeof read>[0]).dropped).toEqual(dropped);
  });

  it('keeps what is right beside what is dropped', () => {
    expect(read({ type: ['STU', 'nonsense', 'STU'] }).filter.type).toEqual(['STU']);
  });

  it('never fails, whatever the address holds', () => {
    const anything = fc.dictionary(
      fc.constantFrom('from', 'to', 'year', ...CHOICE_FIELDS, 'sort', 'dir', 'page', 'pageSize', 'sector', '__proto__'),
      fc.oneof(fc.string(), fc.array(fc.string({ unit: 'binary' }))),
    );
    fc.assert(
      fc.property(anything, (query) => {
        expect(toQuery(read(query).filter)).toMatch(/^[\w=&%.-]*$/);
      }),
    );
  });
});

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const few = <T>(of: fc.Arbitrary<T>) => fc.uniqueArray(of, { maxLength: 3 });
const filters: fc.Arbitrary<Filter> = fc.record({
  from: fc.option(day),
  to: fc.option(day),
  year: fc.oneof(fc.constant(null), fc.constant('all' as const), fc.integer({ min: 1950, max: 2030 })),
  type: few(fc.constantFrom('STU', 'OTH', 'FLX', 'A17')),
  agency: few(fc.constantFrom('0403449823', '0566988259')),
  user: few(fc.constantFrom('0407585882', 'cafe-de-la-paix-lille')),
  committee: few(fc.constantFrom('302', '124', 'XXX')),
  verdict: few(fc.constantFrom(...VERDICTS)),
  sort: fc.constantFrom(...SORTS),
  dir: fc.constantFrom('asc', 'desc'),
  page: fc.integer({ min: 1, max: 99 }),
  pageSize: fc.constantFrom(25 as const, 'all' as const),
  sector: fc.constantFrom('temp', 'other'),
});

describe('writing a filter', () => {
  it('reads back as the same filter', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        fc.pre(filter.from === null || filter.to === null || filter.from <= filter.to);
        expect(fromAddress(toQuery(filter))).toEqual({ filter, dropped: [] });
      }),
    );
  });

  it('leaves out what goes without saying', () => {
    expect(toQuery(read({}).filter)).toBe('');
    expect(toQuery(read({ sort: 'start', dir: 'desc', page: '1', pageSize: '25', sector: 'temp' }).filter)).toBe('');
  });

  it('goes back to the first page when the filter changes', () => {
    const { filter } = read({ type: 'STU', page: '4' });
    expect(toQuery(filter)).toBe('type=STU&page=4');
    expect(toQuery(filter, { type: [] })).toBe('');
    expect(toQuery(filter, { page: 5 })).toBe('type=STU&page=5');
  });

  it('gives a form the same fields', () => {
    const { filter } = read({ verdict: ['late', 'cancelled'], year: 'all' });
    expect(toFields(filter)).toEqual([
      ['year', 'all'],
      ['verdict', 'late'],
      ['verdict', 'cancelled'],
    ]);
  });
});

describe('a filter in words', () => {
  it.each([
    [{}, 'van 2025 tot en met 2027'],
    [{ year: '2026' }, 'in 2026'],
    [{ from: '2026-03-01', to: '2026-03-31' }, 'in maart 2026'],
    [{ from: '2026-03-02', to: '2026-03-31' }, 'van 2 maart 2026 tot en met 31 maart 2026'],
    [{ from: '2026-03-02', to: '2026-03-02' }, 'op 2 maart 2026'],
    [{ to: '2026-03-31' }, 'tot en met 31 maart 2026'],
    [{ year: 'all' }, 'uit alle jaren'],
  ])('%o is "%s"', (query, words) => {
    expect(periodWords(read(query).filter, 'nl', TODAY)).toBe(words);
  });

  it('counts and names what was chosen', () => {
    const { filter } = read({ type: 'FLX', from: '2026-03-01', to: '2026-03-31', agency: '0403449823' });
    const names = namesFrom({
      ...eachChoice(() => []),
      agency: [{ value: '0403449823', label: 'Tempo Interim', count: 3 }],
    });
    expect(inWords(filter, 'en', { today: TODAY, total: 41, names, agencies: 1 })).toBe(
      '41 work relations in March 2026, Flexi-job, Tempo Interim',
    );
    expect(inWords(filter, 'de', { today: TODAY, total: 1, names: () => null })).toBe(
      '1 Arbeitsverhältnis im März 2026, Flexi-Job, 0403.449.823 (Name nicht bekannt)',
    );
  });
});
