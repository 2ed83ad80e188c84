import type { ListSection, OverviewRow, TableSection } from './document.ts';
import { regular, strong } from './pdf.font.ts';
import { CONTENT_WIDTH, type Column, LEADING, PAGE, SIZES } from './pdf.sheet.ts';
import type { wrap } from './pdf.wrap.ts';

/** Rows of a section measured, before they are drawn. */

/** Of the list: the last column is the verdict's. */
export const COLUMNS: readonly Column[] = [
  { x: 0, width: 127 },
  { x: 139, width: 82 },
  { x: 233, width: 128 },
  { x: 373, width: 162 },
  { x: 547, width: 99 },
  { x: 660, width: 97 },
].map((column) => ({ x: PAGE.left + column.x, width: column.width }));
export const ICON_ROOM = 13;
const GUTTER = 12;
const LAST = COLUMNS.length - 1;
const PADDING = 5;
const HEADER_HEIGHT = 22;

/** Offset of the first baseline below the top of a row. */
export const FIRST_BASELINE = PADDING + 9.3;

export interface PlacedRow {
  /** Of the list; null in a plain table. */
  row: OverviewRow | null;
  top: number;
  height: number;
  /** Lines of each cell, the verdict's word last. */
  cells: string[][];
  notes: string[];
}

/** What a page holds of a list or table. */
export interface TablePart {
  kind: 'table';
  section: ListSection | TableSection;
  /** Baseline of the heading, null where the section goes on from the page before. */
  heading: number | null;
  /** Top of the row of column heads, null where the section has no rows. */
  header: number | null;
  heads: string[][];
  columns: readonly Column[];
  headerHeight: number;
  none: string[];
  rows: PlacedRow[];
}

/** Shares of the sheet's width become points. */
export function columnsOf(section: ListSection | TableSection): readonly Column[] {
  if (section.kind === 'list') return COLUMNS;
  const room = CONTENT_WIDTH - GUTTER * (section.shares.length - 1);
  const whole = section.shares.reduce((sum, share) => sum + share, 0);
  let x: number = PAGE.left;
  return section.shares.map((share) => {
    const column = { x, width: (room * share) / whole };
    x += column.width + GUTTER;
    return column;
  });
}

/** A period too long for its line breaks between its two days first, so that no year stands alone. */
function layCell(cell: string, width: number, lay: typeof wrap): string[] {
  const lines = lay(cell, regular, SIZES.body, width);
  const dash = cell.indexOf(' – ');
  if (lines.length === 1 || dash < 0) return lines;
  const from = lay(cell.slice(0, dash + 2), regular, SIZES.body, width);
  return [...from.slice(0, -1), `${from.at(-1)} `, ...lay(cell.slice(dash + 3), regular, SIZES.body, width)];
}

function placeListRow(row: OverviewRow, lay: typeof wrap): PlacedRow {
  const cells = row.cells.map((cell, i) => layCell(cell, (COLUMNS[i] as Column).width, lay));
  const { width } = COLUMNS[LAST] as Column;
  cells.push(lay(row.verdictWord, strong, SIZES.body, width - ICON_ROOM));
  const notes = row.notes.flatMap((note) => lay(note, regular, SIZES.note, width));
  const tallest = Math.max(...cells.map((lines) => lines.length)) * LEADING.body;
  const verdict = (cells[LAST] as string[]).length * LEADING.body + notes.length * LEADING.note;
  return { row, top: 0, height: Math.max(tallest, verdict, LEADING.body) + 2 * PADDING, cells, notes };
}

function placePlainRow(row: string[], columns: readonly Column[], lay: typeof wrap): PlacedRow {
  const cells = row.map((cell, i) => lay(cell, regular, SIZES.body, (columns[i] as Column).width));
  const tallest = Math.max(1, ...cells.map((lines) => lines.length)) * LEADING.body;
  return { row: null, top: 0, height: tallest + 2 * PADDING, cells, notes: [] };
}

export function placeRows(section: ListSection | TableSection, lay: typeof wrap): PlacedRow[] {
  if (section.kind === 'list') return section.rows.map((row) => placeListRow(row, lay));
  const columns = columnsOf(section);
  return section.rows.map((row) => placePlainRow(row, columns, lay));
}

export function newTablePart(section: ListSection | TableSection, heading: number | null, lay: typeof wrap): TablePart {
  const columns = columnsOf(section);
  const heads = section.columns.map((word, i) => lay(word, strong, SIZES.head, (columns[i] as Column).width));
  const headerHeight = HEADER_HEIGHT + (Math.max(...heads.map((lines) => lines.length)) - 1) * LEADING.note;
  return { kind: 'table', section, heading, header: null, heads, columns, headerHeight, none: [], rows: [] };
}
