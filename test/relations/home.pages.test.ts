import { describe, expect, it } from 'vitest';
import { type HomeFacts, homePage } from '../../src/relations/home.pages.ts';
import type { Part } from '../../src/web/language.ts';
import { declared, hotelAstrid, TODAY, workRelation } from '../samples.relations.ts';

const textOf = (parts: Part[] | null) => (parts ?? []).map((part) => part.text).join('');
const home = (over: Partial<HomeFacts>) =>
  homePage('nl', {
    today: TODAY,
    givenName: 'Łukasz',
    relations: [],
    news: [],
    previousVisitAt: '2026-11-20T08:00:00Z',
    ...over,
  });
const today = (over = {}) => hotelAstrid({ startDate: TODAY, endDate: TODAY, ...over });

describe('am I declared today?', () => {
  it('yes: at whom, by whom, when, and since when', () => {
    const { answer } = home({ relations: [workRelation()] });
    expect(answer.tone).toBe('onTime');
    expect(textOf(answer.headline)).toBe('Vandaag ben je aangegeven bij Brouwerij De Zwaan');
    expect(answer.lines[0]?.text).toBe(
      'door Tempo Interim, ma 23 – vr 27 nov 2026. Tijdig: gisteren om 18.03 uur ontvangen.',
    );
  });

  it('late is said at once', () => {
    const { answer } = home({ relations: [today()] });
    expect(answer.tone).toBe('late');
    expect(textOf(answer.headline)).toContain('te laat');
  });

  it('with two relations both are named, and the worst sets the tone', () => {
    const { answer } = home({ relations: [workRelation(), today()] });
    expect(answer.tone).toBe('late');
    expect(answer.lines.map(({ text }) => text.split(',')[0])).toEqual(['Brouwerij De Zwaan', 'Hotel Astrid']);
  });

  it('no: what to do, and whom to ask', () => {
    const { answer } = home({});
    expect(answer.tone).toBe('none');
    expect(answer.advice?.find((part) => part.href)?.href).toBe('/help#not-declared');
  });

  it('a cancelled relation is no declaration, but it is named', () => {
    const { answer } = home({ relations: [today({ cancelled: true })] });
    expect(textOf(answer.headline)).toBe('Voor vandaag is niets aangegeven');
    expect(answer.lines[0]?.text).toBe('De aangifte van Flexforce voor Hotel Astrid is geannuleerd.');
  });

  it('yesterday and tomorrow are not today', () => {
    const relations = [hotelAstrid(), hotelAstrid({ startDate: '2026-11-24', endDate: '2026-11-24' })];
    expect(home({ relations }).answer.advice).not.toBeNull();
  });
});

describe('the week ahead', () => {
  it('has seven days from tomorrow, each with what is declared or what to ask', () => {
    const { week } = home({ relations: [workRelation()] });
    expect(week.map(({ day }) => day)).toEqual([
      'di 24 nov',
      'wo 25 nov',
      'do 26 nov',
      'vr 27 nov',
      'za 28 nov',
      'zo 29 nov',
      'ma 30 nov',
    ]);
    expect(week.map(({ entries }) => entries.length)).toEqual([1, 1, 1, 1, 0, 0, 0]);
    expect(week.map(({ ask }) => ask !== null)).toEqual([false, false, false, false, true, true, true]);
  });
});

describe('news', () => {
  it('tells a late declaration, a change and a cancellation apart', () => {
    const relation = hotelAstrid();
    const cancel = declared({ kind: 'CANCEL' });
    const news = [...relation.timeline, cancel].map((declaration) => ({ declaration, relation }));
    expect(home({ news }).news.map(({ text }) => textOf(text).replace(/,.*/, ''))).toEqual([
      'Flexforce gaf je laattijdig aan bij Hotel Astrid',
      'Flexforce wijzigde je aangifte bij Hotel Astrid',
      'Flexforce annuleerde je aangifte bij Hotel Astrid',
    ]);
  });

  it('says since when nothing came', () => {
    expect(home({}).newsNone).toContain('vrijdag 20 november om 09.00 uur');
    expect(home({ previousVisitAt: null }).newsTitle).toBe('Laatst ontvangen');
  });
});
