import { droppedWords } from '../relations/filter.pages.ts';
import { type Filter, type FilterField, toFields, toQuery } from '../relations/filter.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { LANGS, LANGUAGE_NAMES, type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { CalendarSection, Section } from './document.ts';
import { SECTIONS, type SectionName } from './overview.ts';
import { previewSections, selectionOf } from './pdf.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'overviews/new': ComposePage;
  }
}

/** What an overview will hold, before it is made. */
export interface ComposePage {
  title: string;
  w: Words<'compose'>;
  disclaimer: true;
  back: string;
  dropped: string | null;
  sentence: string;
  action: string;
  preview: string;
  hidden: { name: string; value: string }[];
  sections: { id: string; value: SectionName; label: string; checked: boolean }[];
  languages: { code: Lang; label: string; selected: boolean }[];
  fullInsz: boolean;
  previewLang: Lang;
  blocks: Block[];
}

interface Block {
  heading: string;
  columns: string[];
  rows: string[][];
  /** Months in words, where the section is a calendar. */
  lines: string[];
  more: string | null;
  none: string | null;
}

export interface Composed {
  filter: Filter;
  dropped: FilterField[];
  sections: SectionName[];
  language: Lang;
  fullInsz: boolean;
}

const ROWS_SHOWN = 5;
const MONTHS_SHOWN = 3;

export function composePage(lang: Lang, composed: Composed, found: WorkRelation[], today: string): ComposePage {
  const { filter, sections, language } = composed;
  const w = words(lang, 'compose');
  return {
    title: w.title,
    w,
    disclaimer: true,
    back: paths.list(toQuery(filter)),
    dropped: droppedWords(lang, composed.dropped),
    sentence: selectionOf(lang, filter, found, today),
    action: paths.OVERVIEWS,
    preview: paths.NEW_OVERVIEW,
    hidden: toFields({ ...filter, page: 1, pageSize: 25 }).map(([name, value]) => ({ name, value })),
    sections: SECTIONS.map((value) => {
      return { id: `section-${value}`, value, label: w.names[value], checked: sections.includes(value) };
    }),
    languages: LANGS.map((code) => ({ code, label: LANGUAGE_NAMES[code], selected: code === language })),
    fullInsz: composed.fullInsz,
    previewLang: language,
    blocks: previewSections(language, sections, found).map((section) => blockOf(lang, section)),
  };
}

function blockOf(lang: Lang, section: Section): Block {
  if (section.kind === 'calendar') return calendarBlock(lang, section);
  const cells =
    section.kind === 'table'
      ? section.rows
      : section.rows.map((row) => [...row.cells, [row.verdictWord, ...row.notes].join(', ')]);
  const left = cells.length - ROWS_SHOWN;
  return {
    heading: section.heading,
    columns: section.columns,
    rows: cells.slice(0, ROWS_SHOWN),
    lines: [],
    more: left > 0 ? say(lang, 'compose.more', { n: left }) : null,
    none: cells.length === 0 ? section.none : null,
  };
}

function calendarBlock(lang: Lang, { heading, months, none }: CalendarSection): Block {
  const left = months.length - MONTHS_SHOWN;
  return {
    heading,
    columns: [],
    rows: [],
    lines: months.slice(0, MONTHS_SHOWN).map(({ alt }) => alt),
    more: left > 0 ? say(lang, 'compose.moreMonths', { n: left }) : null,
    none: months.length === 0 ? none : null,
  };
}
