import type { CalendarSection, ListSection, OverviewDocument, TableSection } from './document.ts';
import { printable, regular, strong } from './pdf.font.ts';
import { BAND_HEIGHT, bandsOf, LEGEND_HEIGHT, type MonthsPart } from './pdf.months.ts';
import * as at from './pdf.sheet.ts';
import { newTablePart, placeRows, type TablePart } from './pdf.table.ts';
import { rememberedWrap, wrap } from './pdf.wrap.ts';

/** Where everything of an overview stands, measured before anything is drawn: "page n of m" needs the m first. */

/** What a page holds of a section. */
export type Part = TablePart | MonthsPart;

export interface Layout {
  facts: { label: string; lines: string[]; x: number; valueX: number; y: number; strong: boolean }[];
  pages: Part[][];
  disclaimer: string[];
}

const HEADING_ROOM = 32;

function placeFacts(document: OverviewDocument): { facts: Layout['facts']; bottom: number } {
  const half = Math.ceil(document.facts.length / 2);
  const y: [number, number] = [at.FACTS.top, at.FACTS.top];
  const facts = document.facts.map((fact, i) => {
    const side = i < half ? 0 : 1;
    const face = i === 0 ? strong : regular;
    const lines = wrap(fact.value, face, at.SIZES.body, at.FACTS.widths[side] - at.FACTS.labels[side]);
    const x = at.FACTS.columns[side];
    const valueX = x + at.FACTS.labels[side];
    const placed = { label: printable(fact.label), lines, x, valueX, y: y[side], strong: i === 0 };
    y[side] += lines.length * at.LEADING.body + 3;
    return placed;
  });
  return { facts, bottom: Math.max(...y) };
}

/** Breaks the document into pages. A row is never split over two pages, and a heading never stands without a row. */
class Flow {
  readonly pages: Part[][] = [[]];
  readonly #lay = rememberedWrap();
  #y: number;

  constructor(top: number) {
    this.#y = top;
  }

  #turnPage(): void {
    this.pages.push([]);
    this.#y = at.LATER_PAGE_TOP;
  }

  /** Room for a heading with what must stand below it. @returns the heading's baseline */
  #head(needed: number): number {
    if (this.#y + HEADING_ROOM + needed > at.CONTENT_BOTTOM) this.#turnPage();
    this.#y += HEADING_ROOM;
    return this.#y - 10;
  }

  #put<P extends Part>(part: P): P {
    (this.pages.at(-1) as Part[]).push(part);
    return part;
  }

  #none(words: string): string[] {
    const lines = this.#lay(words, regular, at.SIZES.body, at.CONTENT_WIDTH);
    this.#y += 20 + lines.length * at.LEADING.body;
    return lines;
  }

  table(section: ListSection | TableSection): void {
    const rows = placeRows(section, this.#lay);
    let part = newTablePart(section, null, this.#lay);
    part.heading = this.#head(part.headerHeight + (rows[0]?.height ?? 6));
    this.#put(part);
    if (rows.length === 0) {
      part.none = this.#none(section.none);
      return;
    }
    part.header = this.#y;
    this.#y += part.headerHeight;
    for (const row of rows) {
      if (this.#y + row.height > at.CONTENT_BOTTOM) {
        this.#turnPage();
        part = this.#put(newTablePart(section, null, this.#lay));
        part.header = this.#y;
        this.#y += part.headerHeight;
      }
      row.top = this.#y;
      this.#y += row.height;
      part.rows.push(row);
    }
  }

  months(section: CalendarSection): void {
    const empty = (heading: number | null): MonthsPart => {
      return { kind: 'months', section, heading, legend: null, none: [], bands: [] };
    };
    const isNone = section.months.length === 0;
    let part = this.#put(empty(this.#head(isNone ? 30 : LEGEND_HEIGHT + BAND_HEIGHT)));
    if (isNone) {
      part.none = this.#none(section.none);
      return;
    }
    part.legend = this.#y + 8;
    this.#y += LEGEND_HEIGHT;
    for (const months of bandsOf(section)) {
      if (this.#y + BAND_HEIGHT > at.CONTENT_BOTTOM) {
        this.#turnPage();
        part = this.#put(empty(null));
      }
      part.bands.push({ top: this.#y, months });
      this.#y += BAND_HEIGHT;
    }
  }
}

export function layOut(document: OverviewDocument): Layout {
  const { facts, bottom } = placeFacts(document);
  const flow = new Flow(bottom);
  for (const section of document.sections) {
    if (section.kind === 'calendar') flow.months(section);
    else flow.table(section);
  }
  return {
    facts,
    pages: flow.pages,
    disclaimer: wrap(document.disclaimer, regular, at.SIZES.foot, at.FOOT_TEXT_WIDTH),
  };
}
