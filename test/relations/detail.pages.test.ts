import { describe, expect, it } from 'vitest';
import { detailPage } from '../../src/relations/detail.pages.ts';
import type { WorkRelation } from '../../src/relations/relation.ts';
import { asFirstDeclared } from '../../src/relations/timeline.pages.ts';
import { lineOf } from '../../src/relations/verdict.svg.ts';
import type { Part } from '../../src/web/language.ts';
import { declared, hotelAstrid, TODAY, workRelation } from '../samples.relations.ts';

const textOf = (parts: Part[]) => parts.map((part) => part.text).join('');
const page = (relation: WorkRelation) => detailPage('nl', relation, TODAY);
const told = (relation: WorkRelation) => page(relation).verdict.paragraphs.map(textOf).join(' ');

describe('the verdict', () => {
  it('late, with an hour: both moments', () => {
    expect(told(hotelAstrid())).toContain(
      'op zondag 22 november om 09.12 uur. Dat moest ten laatste bij het begin van je werk, zaterdag 21 november om 17.00 uur.',
    );
  });

  it('on time, before the day', () => {
    expect(told(workRelation())).toContain('Dat is voor je eerste dag, maandag 23 november.');
  });

  it('on the day itself without an hour: says what nobody knows', () => {
    const words = told(workRelation({ receivedAt: '2026-11-23T21:00:00Z' }));
    expect(words).toContain('op de dag zelf, om 22.00 uur');
    expect(words).toContain('Dimona kent voor dit werk geen beginuur');
    expect(words).not.toContain('Je hoeft hiervoor niets te doen');
  });

  it('decided by a change: says so', () => {
    const change = declared({
      declarationId: '2',
      kind: 'UPDATE',
      changes: { startDate: { from: '2026-11-24', to: '2026-11-23' } },
    });
    expect(told(workRelation({ decidedBy: '2', timeline: [declared(), change] }))).toContain(
      'Wat hier telt is een wijziging',
    );
  });

  it('not known: says why, and draws nothing', () => {
    const relation = workRelation({ verdict: 'unknown', receivedAt: null });
    expect(told(relation)).toContain('niet wanneer ze ontvangen is');
    expect(page(relation).verdict.line).toBeNull();
  });

  it('cancelled: first that, then what the declaration was', () => {
    const cancel = declared({ kind: 'CANCEL', receivedAt: '2026-11-20T09:15:00Z' });
    const words = told(hotelAstrid({ cancelled: true, timeline: [declared(), cancel] }));
    expect(words).toMatch(/^Flexforce heeft deze aangifte op vrijdag 20 november om 10\.15 uur geannuleerd/);
    expect(words).toContain('Dat moest ten laatste');
  });
});

describe('the line of time', () => {
  const drawn = {
    startDate: '2026-11-21',
    startHour: '1700',
    endDate: '2026-11-21',
    endHour: '2130',
    workLabel: '',
    declaredLabel: '',
  };

  it('puts the declaration on the side of the work where it came', () => {
    const late = lineOf({ ...drawn, receivedAt: '2026-11-22T08:12:00Z' });
    expect(late.declared.x).toBeGreaterThan(late.work.x + late.work.width);
    const early = lineOf({ ...drawn, receivedAt: '2026-11-01T08:12:00Z' });
    expect(early.declared.x).toBeLessThan(early.work.x);
  });

  it('stays on the page, and shows the shortest work', () => {
    const line = lineOf({ ...drawn, receivedAt: '2024-01-01T00:00:00Z' });
    expect(line.work.width).toBeGreaterThanOrEqual(1.5);
    expect(line.work.x + line.work.width).toBeLessThanOrEqual(100);
  });
});

describe('what was declared', () => {
  it('begins with what the first declaration said, before anything changed it', () => {
    expect(asFirstDeclared(hotelAstrid()).endHour).toBe('2100');
    const [first, second] = page(hotelAstrid()).story;
    expect(first?.lines[0]).toBe('za 21 nov 2026, 17.00 – 21.00 uur, Flexi-job, Hotel Astrid.');
    expect(second?.lines).toEqual(['Einduur 21.30 uur in plaats van 21.00 uur.']);
  });

  it('puts remarks in words, and keeps the number of one without words', () => {
    const entry = declared({ anomalies: ['90373-460', '12345-678'] });
    expect(page(workRelation({ timeline: [entry] })).story[0]?.lines.slice(1)).toEqual([
      'Aanvaard, met de opmerking dat de aangifte laat is.',
      'Aanvaard, met een opmerking: opmerking met nummer 12345-678',
    ]);
  });
});

describe('warnings', () => {
  it('name the days that were changed afterwards', () => {
    const change = declared({ kind: 'OUT', daysChangedLate: ['2026-11-26', '2026-11-27'] });
    const { warnings } = page(workRelation({ allWarnings: ['changedAfterStart'], timeline: [declared(), change] }));
    expect(textOf(warnings[0] ?? [])).toContain('do 26 nov 2026, vr 27 nov 2026');
  });
});

describe('a company', () => {
  it('without a name shows its number and says so', () => {
    expect(page(workRelation({ userCompanyName: null, userNumber: '0431150351' })).heading).toBe(
      '0431.150.351 (naam niet bekend)',
    );
  });

  it('that is wrong must be cancelled and declared again', () => {
    expect(
      page(workRelation())
        .wrong.map(({ text }) => textOf(text))
        .join(' '),
    ).toContain('annuleren en je opnieuw aangeven');
  });
});
