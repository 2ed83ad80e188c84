import type { OverviewLanguage } from '../overviews/document.ts';

/** What the file of a case prints: every word ready, plain data, so that it can be handed to a drawing thread. */
export interface CaseFile {
  lang: OverviewLanguage;
  brand: string;
  title: string;
  fileTitle: string;
  facts: CaseFact[];
  chapters: CaseChapter[];
  source: string;
  /** Holds `{page}` and `{pages}`. */
  pagePattern: string;
  /** Instant; the file's creation date. */
  madeAt: string;
}

export interface CaseFact {
  label: string;
  value: string;
}

export interface CaseChapter {
  heading: string;
  facts: CaseFact[];
  /** A bold line, and what stands below it. */
  entries: { head: string; lines: string[] }[];
}
