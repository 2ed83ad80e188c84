import type { ListSection, OverviewDocument, OverviewRow } from './document.ts';
import { printable, regular, strong } from './pdf.font.ts';
import { rememberedWrap, wrap } from './pdf.wrap.ts';

/** Where everything of an overview stands, measured before anything is drawn: "page n of m" needs the m first. Points, from the top left. */

export const PAGE = { width: 841.89, height: 595.28, left: 42, right: 42 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const SIZES = { title: 22, heading: 12, head: 8.5, body: 9.5, note: 8, foot: 8 } as const;
export const LEADING = { body: 12.5, note: 10.5, foot: 10.5 } as const;
export const FACTS = { top: 112, labels: [86, 58], columns: [PAGE.left, PAGE.left + 300], widths: [290, 457] } as const;
/** Of the rule above the foot. */
export const FOOT_TOP = 541;
export const FOOT_TEXT_WIDTH = 560;
/** Left edge and text width of each column; the last one is the verdict's. */
export const COLUMNS = [
  { x: 0, width: 127 },
  { x: 139, width: 82 },
  { x: 233, width: 128 },
  { x: 373, width: 162 },
  { x: 547, width: 99 },
  { x: 660, width: 97 },
].map((column) => ({ x: PAGE.left + column.x, width: column.width }));
export const ICON_ROOM = 13;
const LAST = COLUMNS.length - 1;
/** Kept free above the foot of page 1 for the verification code and its QR, so that they do not push rows on. */
const VERIFICATION_ROOM = 44;
const PADDING = 5;
const HEADER_HEIGHT = 22;
const LATER_PAGE_TOP = 62;

export interface PlacedRow {
  row: OverviewRow;
  top: number;
  height: number;
  /** Lines of each cell, the verdict's word last. */
  cells: string[][];
  notes: string[];
}

/** What a page holds of a section. */
export interface Part {
  section: ListSection;
  /** Baseline of the heading, null where the section goes on from the page before. */
  heading: number | null;
  /** Top of the row of column heads, null where the section has no rows. */
  header: number | null;
  columns: string[][];
  headerHeight: number;
  none: string[];
  rows: PlacedRow[];
}

export interface Layout {
  facts: { label: string; lines: string[]; x: number; valueX: number; y: number; strong: boolean }[];
  pages: Part[][];
  disclaimer: string[];
}

/** A period too long for its line breaks between its two days first, so that no year stands alone. */
function layCell(cell: string, width: number, lay: typeof wrap): string[] {
  const lines = lay(cell, regular, SIZES.body, width);
  const dash = cell.indexOf(' – ');
  if (lines.length === 1 || dash < 0) return lines;
  const from = lay(cell.slice(0, dash + 2), regular, SIZES.body, width);
  return [...from.slice(0, -1), `${from.at(-1)} `, ...lay(cell.slice(dash + 3), regular, SIZES.body, width)];
}

function placeRow(row: OverviewRow, lay: typeof wrap): PlacedRow {
  const cells = row.cells.map((cell, i) => layCell(cell, (COLUMNS[i] as { width: number }).width, lay));
  const verdictWidth = (COLUMNS[LAST] as { width: number }).width;
  cells.push(lay(row.verdictWord, strong, SIZES.body, verdictWidth - ICON_ROOM));
  const notes = row.notes.flatMap((note) => lay(note, regular, SIZES.note, verdictWidth));
  const tallest = Math.max(...cells.map((lines) => lines.length)) * LEADING.body;
  const verdict = (cells[LAST] as string[]).length * LEADING.body + notes.length * LEADING.note;
  return { row, top: 0, height: Math.max(tallest, verdict, LEADING.body) + 2 * PADDING, cells, notes };
}

/** Offset of the first baseline below the top of a row. */
export const FIRST_BASELINE = PADDING + 9.3;

function placeFacts(document: OverviewDocument): { facts: Layout['facts']; bottom: number } {
  const half = Math.ceil(document.facts.length / 2);
  const y: [number, number] = [FACTS.top, FACTS.top];
  const facts = document.facts.map((fact, i) => {
    const side = i < half ? 0 : 1;
    const face = i === 0 ? strong : regular;
    const lines = wrap(fact.value, face, SIZES.body, FACTS.widths[side] - FACTS.labels[side]);
    const x = FACTS.columns[side];
    const placed = {
      label: printable(fact.label),
      lines,
      x,
      valueX: x + FACTS.labels[side],
      y: y[side],
      strong: i === 0,
    };
    y[side] += lines.length * LEADING.body + 3;
    return placed;
  });
  return { facts, bottom: Math.max(...y) };
}

/** The last y that rows of a page may reach; `page` counts from 0. */
function bottomOf(page: number): number {
  return FOOT_TOP - 10 - (page === 0 ? VERIFICATION_ROOM : 0);
}

function newPart(section: ListSection, heading: number | null, lay: typeof wrap): Part {
  const columns = section.columns.map((word, i) =>
    lay(word, strong, SIZES.head, (COLUMNS[i] as { width: number }).width),
  );
  const headerHeight = HEADER_HEIGHT + (Math.max(...columns.map((lines) => lines.length)) - 1) * LEADING.note;
  return { section, heading, header: null, columns, headerHeight, none: [], rows: [] };
}

/** Breaks the document into pages. A row is never split over two pages, and a heading never stands without a row. */
export function layOut(document: OverviewDocument): Layout {
  const lay = rememberedWrap();
  const { facts, bottom } = placeFacts(document);
  const pages: Part[][] = [[]];
  let y = bottom;
  const turnPage = () => {
    pages.push([]);
    y = LATER_PAGE_TOP;
  };
  for (const section of document.sections) {
    const rows = section.rows.map((row) => placeRow(row, lay));
    if (y + 60 + (rows[0]?.height ?? 0) > bottomOf(pages.length - 1)) turnPage();
    let part = newPart(section, y + 22, lay);
    y += 32;
    (pages.at(-1) as Part[]).push(part);
    if (rows.length === 0) {
      part.none = lay(section.none, regular, SIZES.body, CONTENT_WIDTH);
      y += 20 + part.none.length * LEADING.body;
      continue;
    }
    part.header = y;
    y += part.headerHeight;
    for (const row of rows) {
      if (y + row.height > bottomOf(pages.length - 1)) {
        turnPage();
        part = newPart(section, null, lay);
        part.header = y;
        y += part.headerHeight;
        (pages.at(-1) as Part[]).push(part);
      }
      row.top = y;
      y += row.height;
      part.rows.push(row);
    }
  }
  return { facts, pages, disclaimer: wrap(document.disclaimer, regular, SIZES.foot, FOOT_TEXT_WIDTH) };
}
