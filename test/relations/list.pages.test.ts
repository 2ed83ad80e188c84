import { describe, expect, it } from 'vitest';
import { eachChoice } from '../../src/relations/filter.choices.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import type { ListResult } from '../../src/relations/found.ts';
import { listPage } from '../../src/relations/list.pages.ts';
import type { Query } from '../../src/relations/query.ts';
import { LIST_ROWS, listResult, TODAY } from '../samples.relations.ts';

function list(query: Query, over: Partial<ListResult> = {}) {
  const { filter, dropped } = parseFilter(query, TODAY);
  return listPage('nl', listResult(over), filter, TODAY, dropped);
}
const none = {
  rows: [],
  total: 0,
  facets: eachChoice(() => []),
  marks: { onTime: 0, late: 0, unknown: 0, cancelled: 0 },
};

describe('the list', () => {
  it('counts in a sentence what stands below it', () => {
    expect(
      list({ year: '2026' })
        .sentence.map(({ text }) => text)
        .join(''),
    ).toBe('41 arbeidsrelaties in 2026, bij 3 uitzendkantoren. 37 tijdig, 2 laattijdig, 1 niet bekend, 1 geannuleerd.');
  });

  it('tells a cancelled relation by its mark, and says what came after the start', () => {
    const row = list({}).rows.find(({ mark }) => mark === 'cancelled');
    expect(row).toMatchObject({ verdict: 'Geannuleerd', note: 'Geannuleerd na de begindag' });
  });

  it('gives every chosen value a chip that leads to the list without it', () => {
    const { chips } = list({ type: ['FLX', 'STU'], agency: '0566988259', page: '3' });
    expect(chips).toEqual([
      { label: 'Flexi-job', href: '/relations?type=STU&agency=0566988259' },
      { label: 'Student', href: '/relations?type=FLX&agency=0566988259' },
      { label: 'Flexforce', href: '/relations?type=FLX&type=STU' },
    ]);
  });

  it('turns the order round on the header in force', () => {
    const [start, agency] = list({ sort: 'agency' }).columns;
    expect(start).toMatchObject({ sorted: 'none', href: '/relations' });
    expect(agency).toMatchObject({ sorted: 'ascending', href: '/relations?sort=agency&dir=desc' });
  });

  it('keeps filter and order in the form, the export and the data', () => {
    const { form, order, csv } = list({ type: 'FLX', sort: 'user', page: '2' });
    expect(form.hidden).toEqual([{ name: 'sort', value: 'user' }]);
    expect(order?.hidden).toEqual([
      { name: 'type', value: 'FLX' },
      { name: 'sort', value: 'user' },
    ]);
    expect(csv).toBe('/relations.csv?type=FLX&sort=user&pageSize=all');
  });

  it('still shows a chosen value that nothing in the window has', () => {
    const group = list({ user: 'cafe-sans-nom' }).form.groups.find(({ name }) => name === 'user');
    expect(group?.options.filter(({ checked }) => checked)).toMatchObject([{ value: 'cafe-sans-nom', count: '0' }]);
  });

  it('has pages of 25 up to the last', () => {
    const { pages } = list({ page: '2' }, { total: 60 });
    expect(pages?.links.map(({ label, current }) => (current ? `[${label}]` : label))).toEqual(['1', '[2]', '3']);
    expect(list({ page: '3' }, { total: 60 }).pages?.next).toBeNull();
    expect(list({}, { total: 25 }).pages).toBeNull();
  });

  it('has words and a next step when it is empty, for each reason', () => {
    expect(list({}, none).empty).toMatchObject({ title: 'Er is niets aangegeven', href: '/help#not-declared' });
    expect(list({ type: 'BCW' }, none).empty).toMatchObject({
      title: 'Niets gevonden met deze filter',
      href: '/relations',
    });
    expect(list({ page: '9' }, { rows: [] }).empty).toMatchObject({
      title: 'Deze pagina is er niet',
      href: '/relations',
    });
  });

  it('says which parts of an address it could not read', () => {
    expect(list({ from: 'soon' }).dropped).toContain('Van');
    expect(list({}).dropped).toBeNull();
  });

  it('keeps other declarations apart', () => {
    expect(list({}).other?.href).toBe('/relations?sector=other');
    const other = list({ sector: 'other' }, { rows: LIST_ROWS.slice(0, 1) });
    expect(other).toMatchObject({ title: 'Mijn andere aangiften', order: null, other: null, back: '/relations' });
  });
});
