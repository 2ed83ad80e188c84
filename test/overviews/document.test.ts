import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listOf } from '../../src/overviews/document.list.ts';
import { documentOf, type OverviewSubject } from '../../src/overviews/document.ts';
import { previewSections } from '../../src/overviews/pdf.pages.ts';
import { printedInsz } from '../../src/platform/ids.ts';
import { LANGS, words } from '../../src/web/language.ts';
import { relation, VERIFICATION, WORDS } from './samples.ts';

const SUBJECT: OverviewSubject = {
  lang: 'en',
  name: 'Łukasz Dvořák',
  insz: '85073003328',
  fullInsz: false,
  selection: 'flexi-job, March 2026',
  madeAt: '2026-11-23T17:03:11Z',
  reference: '7K2F',
  verification: VERIFICATION,
};
const SPELLING = {
  period: (start: string, end: string | null) => `${start} to ${end ?? 'open'}`,
  hours: (start: string, end: string | null) => `${start}-${end ?? '?'}`,
  instant: (instant: string) => `at ${instant}`,
  typeName: (code: string) => `type ${code}`,
  companyName: (name: string | null, number: string | null) => name ?? `company ${number}`,
};
const rowOf = (changes: Parameters<typeof relation>[0]) => listOf([relation(changes)], WORDS, SPELLING).rows[0];

describe('a row', () => {
  test('says period, agency, user company, type and verdict in words', () => {
    expect(rowOf({})).toEqual({
      cells: ['2026-11-23 to 2026-11-27', '', 'Tempo Interim', 'Brouwerij De Zwaan', 'type OTH'],
      verdict: 'onTime',
      verdictWord: 'On time',
      cancelled: false,
      notes: [],
    });
  });

  test('shows hours, or hours planned, where Dimona holds them', () => {
    expect(rowOf({ startHour: '1700', endHour: '2130' })?.cells[1]).toBe('1700-2130');
    expect(rowOf({ plannedHours: 24 })?.cells[1]).toBe('24 hours planned');
  });

  test('names a company known by number only as such', () => {
    const row = rowOf({ userCompanyName: null, allWarnings: ['userCompanyUnknown'] });
    expect(row?.cells[3]).toBe('company 0566988259');
    expect(row?.notes).toEqual(['Company number not known']);
    expect(rowOf({ userCompanyName: null, userNumber: null })?.cells[3]).toBe('');
    expect(rowOf({ agencyName: null })?.cells[2]).toBe('company 0403449823');
  });

  test('of a cancelled relation says cancelled, and late too when it was', () => {
    const row = rowOf({ cancelled: true, verdict: 'late', allWarnings: ['cancelledAfterStart'] });
    expect(row).toMatchObject({
      cancelled: true,
      verdictWord: 'Cancelled',
      notes: ['Late', 'Cancelled after the first day'],
    });
    expect(rowOf({ cancelled: true })?.notes).toEqual([]);
  });
});

describe('the head', () => {
  test('tells who, number masked, when, which selection and from where', () => {
    const document = documentOf([], SUBJECT, WORDS, SPELLING);
    expect(document.facts.map((fact) => `${fact.label}: ${fact.value}`)).toEqual([
      'Temp worker: Łukasz Dvořák',
      'INSZ: ••.••.••-•••.28',
      'Made on: at 2026-11-23T17:03:11Z',
      'Selection: flexi-job, March 2026',
      'Source: Dimona declarations by the agencies',
    ]);
    expect(document.fileTitle).toBe('Overview of work relations of Łukasz Dvořák');
    expect(document.reference).toBe('Reference 7K2F');
    expect(JSON.stringify(document)).not.toContain('850730033');
  });

  test('shows the full number only when asked', () => {
    const [, insz] = documentOf([], { ...SUBJECT, fullInsz: true }, WORDS, SPELLING).facts;
    expect(insz?.value).toBe('85.07.30-033.28');
  });

  test('keeps a name with dollar signs as it is', () => {
    expect(documentOf([], { ...SUBJECT, name: "A $& $' B" }, WORDS, SPELLING).fileTitle).toContain("of A $& $' B");
  });
});

test('a masked number shows its last two digits at most, whatever stands there', () => {
  fc.assert(
    fc.property(fc.oneof(fc.stringMatching(/^\d{11}$/), fc.string()), (insz) => {
      const shown = printedInsz(insz, false);
      expect(shown).toMatch(/^••\.••\.••-•••\.(\d\d|••)$/);
      if (/^\d{11}$/.test(insz)) expect(shown.endsWith(insz.slice(9))).toBe(true);
    }),
  );
});

test.each(LANGS)('list and summary say the same of a company and a verdict, as the pages do (%s)', (lang) => {
  const late = relation({ agencyName: null, verdict: 'late', allWarnings: ['changedAfterStart'] });
  const [summary, list] = previewSections(lang, ['summary', 'list'], [late]);
  if (summary?.kind !== 'table' || list?.kind !== 'list') throw new Error('not these sections');
  const [row] = list.rows;
  expect(row?.cells[2]).toMatch(/^0403\.449\.823 \(.+\)$/);
  expect(summary.rows[0]?.[0]).toBe(row?.cells[2]);
  expect(row?.verdictWord).toBe(words(lang, 'verdict').late);
  expect(row?.notes).toEqual([words(lang, 'warning').changedAfterStart]);
  const { period, agency, user, type, declaration } = words(lang, 'list');
  expect(list.columns.toSpliced(1, 1)).toEqual([period, agency, user, type, declaration]);
  expect(list.columns[1]).toBe(words(lang, 'overview').pdf.hours);
});

test('the document can be handed to a thread as it is', () => {
  const document = documentOf([listOf([relation()], WORDS, SPELLING)], SUBJECT, WORDS, SPELLING);
  expect(structuredClone(document)).toEqual(document);
});
