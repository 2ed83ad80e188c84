import { dayOfInstant } from '../platform/calendar-days.ts';
import type { OverviewLanguage } from './document.ts';

/** Text on paper, of a case or a notice: every word ready, plain data, so that it can be handed to a drawing thread. */
export interface Paper {
  lang: OverviewLanguage;
  brand: string;
  title: string;
  fileTitle: string;
  facts: PaperFact[];
  chapters: PaperChapter[];
  source: string;
  /** Holds `{page}` and `{pages}`. */
  pagePattern: string;
  /** Instant; the file's creation date. */
  madeAt: string;
}

export interface PaperFact {
  label: string;
  value: string;
}

export interface PaperChapter {
  heading: string;
  facts: PaperFact[];
  /** A bold line, and what stands below it. */
  entries: { head: string; lines: string[] }[];
}

/** The name of a file that leaves the portal, in ASCII, by the day in Belgium on which it was made. */
export const fileNameOf = (madeAt: string) => `interim-at-work-${dayOfInstant(madeAt)}.pdf`;
