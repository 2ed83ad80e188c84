import { printedInsz } from '../platform/ids.ts';

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

/** What an overview may hold, in this order. */
export type Section = ListSection | TableSection | CalendarSection;

export interface ListSection {
  kind: 'list';
  heading: string;
  /** One word a cell, and a last one for the column of verdicts. */
  columns: string[];
  rows: OverviewRow[];
  /** Printed instead of the table when there are no rows. */
  none: string;
}

/** Plain rows; the first cell of each names it. */
export interface TableSection {
  kind: 'table';
  heading: string;
  columns: string[];
  /** Of the sheet's width, one a column. */
  shares: number[];
  rows: string[][];
  none: string;
}

export interface CalendarSection {
  kind: 'calendar';
  heading: string;
  /** Monday to Sunday, short. */
  weekdays: string[];
  months: MonthPicture[];
  legend: { mark: DayMark; word: string }[];
  none: string;
}

export type DayMark = RowVerdict | 'cancelled';

export interface MonthPicture {
  label: string;
  /** The same in words, for who does not see it. */
  alt: string;
  /** Column 0 is Monday; `count` relations that were not cancelled. */
  days: { day: number; column: number; week: number; mark: DayMark | null; count: number }[];
}

/** How to find out that the document is genuine. */
export interface Verification {
  /** The address of this very document, and the one to type with the code. */
  url: string;
  address: string;
  /** In groups. */
  code: string;
  label: string;
  /** For the picture of the address. */
  alt: string;
  /** Repeated in the foot of every page. */
  foot: string;
}

export interface OverviewDocument {
  lang: OverviewLanguage;
  brand: string;
  title: string;
  /** The title in the file's metadata and in the running head of later pages. */
  fileTitle: string;
  /** Who, when, which selection, from which source: printed in two columns, in this order. */
  facts: { label: string; value: string }[];
  sections: Section[];
  disclaimer: string;
  /** '' where there is none. */
  reference: string;
  verification: Verification | null;
  /** What the seal is, for who hears the document read. */
  sealName: string;
  /** Holds `{page}` and `{pages}`. */
  pagePattern: string;
  /** Instant; the file's creation date. */
  madeAt: string;
}

/** The words of locale section `overview.pdf`, and those that a relation has on every page; `{braces}` stand for what is filled in here. */
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
  none: string;
  disclaimer: string;
  reference: string; // {reference}
  sealName: string;
  page: string; // {page} {pages}
}

/** How a language spells what is no word: calendar days, hours (HHMM), instants, the names of worker types, and a company. */
export interface OverviewSpelling {
  period(startDate: string, endDate: string | null): string;
  hours(startHour: string, endHour: string | null): string;
  instant(instant: string): string;
  typeName(code: string): string;
  companyName(name: string | null, number: string | null): string;
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
  verification: Verification | null;
}

/** The overview of these sections for a worker. The caller has chosen rows, language and words; nothing is looked up here. */
export function documentOf(
  sections: Section[],
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
    sections,
    disclaimer: words.disclaimer,
    reference: subject.reference === '' ? '' : words.reference.replace('{reference}', () => subject.reference),
    verification: subject.verification,
    sealName: words.sealName,
    pagePattern: words.page,
    madeAt: subject.madeAt,
  };
}
