import { printedInsz } from '../platform/ids.ts';
import type { WorkRelation } from '../relations/relation.ts';

/**
 * OverviewDocument: what an overview prints, with every word ready in the worker's language. Plain data, so that it
 * can be handed to a worker thread; the same document always prints the same bytes.
 */

export type OverviewLanguage = 'nl' | 'fr' | 'de' | 'en';
export type RowVerdict = 'onTime' | 'late' | 'unknown';

export interface OverviewRow {
  /** Period, hours, agency, user company, type. An empty string where Dimona holds nothing. */
  cells: string[];
  verdict: RowVerdict;
  /** The word in the last column: the verdict, or "cancelled". */
  verdictWord: string;
  cancelled: boolean;
  /** Warnings, printed below the verdict. */
  notes: string[];
}

/** Other kinds of section (a summary, a year) join this union; each has its own layout. */
export interface ListSection {
  kind: 'list';
  heading: string;
  /** One word a cell, and a last one for the column of verdicts. */
  columns: string[];
  rows: OverviewRow[];
  /** Printed instead of the table when there are no rows. */
  none: string;
}

export interface OverviewDocument {
  lang: OverviewLanguage;
  brand: string;
  title: string;
  /** The title in the file's metadata and in the running head of later pages. */
  fileTitle: string;
  /** Who, when, which selection, from which source: printed in two columns, in this order. */
  facts: { label: string; value: string }[];
  sections: ListSection[];
  disclaimer: string;
  /** '' where there is none. */
  reference: string;
  /** Holds `{page}` and `{pages}`. */
  pagePattern: string;
  /** Instant; the file's creation date. */
  madeAt: string;
}

/** The words of locale section `overview.pdf`; `{braces}` stand for what is filled in here. */
export interface OverviewWords {
  title: string;
  fileTitle: string; // {name}
  worker: string;
  insz: string;
  selection: string;
  madeAt: string;
  source: string;
  sourceText: string;
  /** "41 work relations": plural already chosen by the caller. */
  count: string;
  period: string;
  hours: string;
  agency: string;
  user: string;
  type: string;
  declaration: string;
  planned: string; // {hours}
  onTime: string;
  late: string;
  unknown: string;
  cancelled: string;
  cancelledAfterStart: string;
  changedAfterStart: string;
  userCompanyUnknown: string;
  nameUnknown: string;
  none: string;
  disclaimer: string;
  reference: string; // {reference}
  page: string; // {page} {pages}
}

/** How a language spells what is no word: calendar days, hours (HHMM), instants, and the names of worker types. */
export interface OverviewSpelling {
  period(startDate: string, endDate: string | null): string;
  hours(startHour: string, endHour: string | null): string;
  instant(instant: string): string;
  typeName(code: string): string;
}

export interface OverviewSubject {
  lang: OverviewLanguage;
  name: string;
  /** 11 digits. */
  insz: string;
  /** The full number is printed only when the worker asks for it. */
  fullInsz: boolean;
  /** The filter as a sentence. */
  selection: string;
  /** Instant. */
  madeAt: string;
  reference: string;
}

function enterpriseNumber(number: string): string {
  return number.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1.$2.$3');
}

function hoursOf(relation: WorkRelation, words: OverviewWords, spelling: OverviewSpelling): string {
  if (relation.startHour !== null) return spelling.hours(relation.startHour, relation.endHour);
  if (relation.plannedHours !== null) return words.planned.replace('{hours}', String(relation.plannedHours));
  return '';
}

function companyOf(name: string | null, number: string | null, words: OverviewWords): string {
  if (name !== null) return name;
  return number === null ? '' : `${enterpriseNumber(number)}, ${words.nameUnknown}`;
}

function rowOf(relation: WorkRelation, words: OverviewWords, spelling: OverviewSpelling): OverviewRow {
  const { cancelled, verdict } = relation;
  const notes = relation.allWarnings.map((warning) => words[warning]);
  return {
    cells: [
      spelling.period(relation.startDate, relation.endDate),
      hoursOf(relation, words, spelling),
      companyOf(relation.agencyName, relation.agencyNumber, words),
      companyOf(relation.userCompanyName, relation.userNumber, words),
      spelling.typeName(relation.workerType),
    ],
    verdict,
    verdictWord: cancelled ? words.cancelled : words[verdict],
    cancelled,
    // a cancelled relation that was also late keeps saying so
    notes: cancelled && verdict === 'late' ? [words.late, ...notes] : notes,
  };
}

/**
 * The overview of `relations` (in the order given) for their worker. The caller has chosen the rows, the language and
 * the words; nothing is looked up here.
 */
export function documentOf(
  relations: WorkRelation[],
  subject: OverviewSubject,
  words: OverviewWords,
  spelling: OverviewSpelling,
): OverviewDocument {
  return {
    lang: subject.lang,
    brand: 'Interim@work',
    title: words.title,
    fileTitle: words.fileTitle.replace('{name}', () => subject.name),
    facts: [
      { label: words.worker, value: subject.name },
      { label: words.insz, value: printedInsz(subject.insz, subject.fullInsz) },
      { label: words.madeAt, value: spelling.instant(subject.madeAt) },
      { label: words.selection, value: subject.selection },
      { label: words.source, value: words.sourceText },
    ],
    sections: [
      {
        kind: 'list',
        heading: words.count,
        columns: [words.period, words.hours, words.agency, words.user, words.type, words.declaration],
        rows: relations.map((relation) => rowOf(relation, words, spelling)),
        none: words.none,
      },
    ],
    disclaimer: words.disclaimer,
    reference: subject.reference === '' ? '' : words.reference.replace('{reference}', () => subject.reference),
    pagePattern: words.page,
    madeAt: subject.madeAt,
  };
}
