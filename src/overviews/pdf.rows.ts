import { printable, regular, strong } from './pdf.font.ts';
import { COLOUR, type Element, type Pen } from './pdf.pen.ts';
import { drawShape } from './pdf.shapes.ts';
import { type Column, LEADING, PAGE, RIGHT, SIZES } from './pdf.sheet.ts';
import { FIRST_BASELINE, ICON_ROOM, type PlacedRow, type TablePart } from './pdf.table.ts';

/** Draws the rows of a list or table. Each verdict has a word and a shape of its own: black and white loses nothing. */

const SHAPE = { onTime: 'check', late: 'clock', unknown: 'dash' } as const;
const WORD_COLOUR = { onTime: COLOUR.onTime, late: COLOUR.late, unknown: COLOUR.soft } as const;

function drawHeads(pen: Pen, part: TablePart, head: (draw: () => void) => void): void {
  part.heads.forEach((lines, i) => {
    const baseline = (part.header as number) + 13;
    const { x } = part.columns[i] as Column;
    head(() => pen.lines(lines, x, baseline, LEADING.note, strong, SIZES.head, COLOUR.soft));
  });
}

/** Everything of a part that is no text of its own: rules, shapes, washes, struck lines. */
export function drawBackground(pen: Pen, part: TablePart): void {
  if (part.header === null) return;
  pen.rule(PAGE.left, RIGHT, part.header + part.headerHeight - 1, 1, COLOUR.ink);
  const { x } = part.columns.at(-1) as Column;
  for (const placed of part.rows) {
    if (placed.row !== null) drawMark(pen, placed, part.columns, x);
    pen.rule(PAGE.left, RIGHT, placed.top + placed.height, 0.5, COLOUR.line);
  }
}

function drawMark(pen: Pen, placed: PlacedRow, columns: readonly Column[], x: number): void {
  const { row, top } = placed;
  if (row === null) return;
  const middle = top + FIRST_BASELINE - 3.1;
  if (!row.cancelled && row.verdict === 'late') {
    const width = ICON_ROOM + strong.width((placed.cells.at(-1)?.[0] ?? '').trimEnd(), SIZES.body) + 12;
    pen.pill(x - 6, middle - 7.5, width, 15);
  }
  drawShape(pen, row.cancelled ? 'cross' : SHAPE[row.verdict], x, middle);
  if (row.cancelled) strike(pen, placed, columns);
}

function strike(pen: Pen, placed: PlacedRow, columns: readonly Column[]): void {
  placed.cells.slice(0, -1).forEach((lines, i) => {
    const { x } = columns[i] as Column;
    lines.forEach((line, n) => {
      const y = placed.top + FIRST_BASELINE + n * LEADING.body - 2.6;
      pen.rule(x, x + regular.width(line.trimEnd(), SIZES.body), y, 0.7, COLOUR.cancelled);
    });
  });
}

function drawListRow(pen: Pen, body: Element, placed: PlacedRow, columns: readonly Column[]): void {
  const { row, cells, notes } = placed;
  if (row === null) return;
  const tr = pen.open(body, 'TR');
  const baseline = placed.top + FIRST_BASELINE;
  const colour = row.cancelled ? COLOUR.cancelled : COLOUR.ink;
  cells.slice(0, -1).forEach((lines, i) => {
    const { x } = columns[i] as Column;
    pen.tag(tr, 'TD', () => pen.lines(lines, x, baseline, LEADING.body, regular, SIZES.body, colour));
  });
  const words = cells.at(-1) as string[];
  const { x } = columns.at(-1) as Column;
  pen.tag(tr, 'TD', () => {
    const wordColour = row.cancelled ? COLOUR.cancelled : WORD_COLOUR[row.verdict];
    pen.lines(words, x + ICON_ROOM, baseline, LEADING.body, strong, SIZES.body, wordColour);
    const below = baseline + words.length * LEADING.body;
    pen.lines(notes, x, below, LEADING.note, regular, SIZES.note, COLOUR.soft);
  });
  tr.end();
}

/** A plain row: its first cell names it. */
function drawPlainRow(pen: Pen, body: Element, placed: PlacedRow, columns: readonly Column[]): void {
  const tr = pen.open(body, 'TR');
  placed.cells.forEach((lines, i) => {
    const { x } = columns[i] as Column;
    const draw = () => pen.lines(lines, x, placed.top + FIRST_BASELINE, LEADING.body, regular, SIZES.body, COLOUR.ink);
    if (i === 0) pen.tag(tr, 'TH', draw, { scope: 'Row' });
    else pen.tag(tr, 'TD', draw);
  });
  tr.end();
}

/** The rows of a part; `body` is the table's where it goes on from the page before. @returns the body */
export function drawTable(pen: Pen, root: Element, part: TablePart, body: Element | null): Element {
  let rows = body;
  if (rows === null) {
    const table = pen.open(root, 'Table');
    const tr = pen.open(pen.open(table, 'THead'), 'TR');
    drawHeads(pen, part, (draw) => pen.tag(tr, 'TH', draw, { scope: 'Column' }));
    rows = pen.open(table, 'TBody');
  } else pen.artifact('Pagination', () => drawHeads(pen, part, (draw) => draw()));
  for (const placed of part.rows) {
    if (placed.row === null) drawPlainRow(pen, rows, placed, part.columns);
    else drawListRow(pen, rows, placed, part.columns);
  }
  return rows;
}

/** Words that stand where there is nothing to show. */
export function drawNone(pen: Pen, root: Element, lines: string[], heading: number): void {
  const draw = () => pen.lines(lines, PAGE.left, heading + 22, LEADING.body, regular, SIZES.body, COLOUR.ink);
  pen.tag(root, 'P', draw);
}

export function drawHeading(pen: Pen, root: Element, words: string, heading: number): void {
  const text = printable(words);
  pen.bookmark(text, heading - SIZES.heading - 6);
  pen.tag(root, 'H2', () => pen.text(text, PAGE.left, heading, strong, SIZES.heading, COLOUR.ink));
}
