import type { OverviewDocument } from './document.ts';
import { printable, regular, strong } from './pdf.font.ts';
import * as at from './pdf.layout.ts';
import { COLOUR, drawShape, type Element, Pen } from './pdf.pen.ts';
import { wrap } from './pdf.wrap.ts';

/**
 * Draws an overview as a tagged PDF 1.7 (PDF/UA-1): every text is a structure element or an artifact. Black and white
 * loses nothing: each verdict has a word and a shape of its own.
 */

const RIGHT = at.PAGE.width - at.PAGE.right;
const SHAPE = { onTime: 'check', late: 'clock', unknown: 'dash' } as const;
const WORD_COLOUR = { onTime: COLOUR.onTime, late: COLOUR.late, unknown: COLOUR.soft } as const;
type Column = { x: number; width: number };
const VERDICT_COLUMN = at.COLUMNS.at(-1) as Column;

/** pdfkit puts the title into the XML metadata as it is. */
function metadataText(text: string): string {
  return printable(text.replaceAll('&', '+').replace(/[<>]/g, ' '));
}

function openPen(document: OverviewDocument): Pen {
  return new Pen({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: document.lang,
    displayTitle: true,
    subset: 'PDF/UA' as never, // known to pdfkit, not to its types
    autoFirstPage: false,
    font: null as never, // else Helvetica would be loaded for nothing
    info: {
      Title: metadataText(document.fileTitle),
      Author: metadataText(document.brand),
      Creator: metadataText(document.brand),
      CreationDate: new Date(document.madeAt),
    },
  });
}

function drawBrand(pen: Pen, brand: string, baseline: number, size: number): void {
  let x: number = at.PAGE.left;
  for (const piece of printable(brand).split(/(@)/)) {
    pen.text(piece, x, baseline, strong, size, piece === '@' ? COLOUR.accent : COLOUR.ink);
    x += strong.width(piece, size);
  }
}

function drawColumnHeads(pen: Pen, part: at.Part, head: (i: number, draw: () => void) => void): void {
  part.columns.forEach((lines, i) => {
    const baseline = (part.header as number) + 13;
    const { x } = at.COLUMNS[i] as Column;
    head(i, () => pen.lines(lines, x, baseline, at.LEADING.note, strong, at.SIZES.head, COLOUR.soft));
  });
}

/** Everything of a part that is no text of its own: rules, shapes, washes, struck lines. */
function drawBackground(pen: Pen, part: at.Part): void {
  if (part.header === null) return;
  pen.rule(at.PAGE.left, RIGHT, part.header + part.headerHeight - 1, 1, COLOUR.ink);
  for (const placed of part.rows) {
    const { row, top } = placed;
    const middle = top + at.FIRST_BASELINE - 3.1;
    if (!row.cancelled && row.verdict === 'late') {
      const width = at.ICON_ROOM + strong.width((placed.cells.at(-1)?.[0] ?? '').trimEnd(), at.SIZES.body) + 12;
      pen.pill(VERDICT_COLUMN.x - 6, middle - 7.5, width, 15);
    }
    drawShape(pen, row.cancelled ? 'cross' : SHAPE[row.verdict], VERDICT_COLUMN.x, middle);
    if (row.cancelled) strike(pen, placed);
    pen.rule(at.PAGE.left, RIGHT, top + placed.height, 0.5, COLOUR.line);
  }
}

function strike(pen: Pen, placed: at.PlacedRow): void {
  placed.cells.slice(0, -1).forEach((lines, i) => {
    const { x } = at.COLUMNS[i] as Column;
    lines.forEach((line, n) => {
      const y = placed.top + at.FIRST_BASELINE + n * at.LEADING.body - 2.6;
      pen.rule(x, x + regular.width(line.trimEnd(), at.SIZES.body), y, 0.7, COLOUR.cancelled);
    });
  });
}

function drawRow(pen: Pen, body: Element, placed: at.PlacedRow): void {
  const { row, cells, notes } = placed;
  const tr = pen.open(body, 'TR');
  const baseline = placed.top + at.FIRST_BASELINE;
  const colour = row.cancelled ? COLOUR.cancelled : COLOUR.ink;
  cells.slice(0, -1).forEach((lines, i) => {
    const { x } = at.COLUMNS[i] as Column;
    pen.tag(tr, 'TD', () => pen.lines(lines, x, baseline, at.LEADING.body, regular, at.SIZES.body, colour));
  });
  const words = cells.at(-1) as string[];
  const { x } = VERDICT_COLUMN;
  pen.tag(tr, 'TD', () => {
    const wordColour = row.cancelled ? COLOUR.cancelled : WORD_COLOUR[row.verdict];
    pen.lines(words, x + at.ICON_ROOM, baseline, at.LEADING.body, strong, at.SIZES.body, wordColour);
    const below = baseline + words.length * at.LEADING.body;
    pen.lines(notes, x, below, at.LEADING.note, regular, at.SIZES.note, COLOUR.soft);
  });
  tr.end();
}

function drawHead(pen: Pen, root: Element, document: OverviewDocument, layout: at.Layout): void {
  pen.artifact('Layout', () => drawBrand(pen, document.brand, 50, 12));
  pen.tag(root, 'H1', () => pen.text(printable(document.title), at.PAGE.left, 86, strong, at.SIZES.title, COLOUR.ink));
  for (const { label, lines, x, valueX, y, strong: bold } of layout.facts) {
    pen.tag(root, 'P', () => {
      pen.text(`${label} `, x, y, regular, at.SIZES.body, COLOUR.soft);
      const face = bold ? strong : regular;
      pen.lines(lines, valueX, y, at.LEADING.body, face, at.SIZES.body, COLOUR.ink);
    });
  }
}

function drawRunningHead(pen: Pen, document: OverviewDocument): void {
  drawBrand(pen, document.brand, 42, 9);
  const line = wrap(document.fileTitle, regular, at.SIZES.foot, 600)[0] ?? '';
  pen.text(line, RIGHT - regular.width(line, at.SIZES.foot), 42, regular, at.SIZES.foot, COLOUR.soft);
}

function drawFoot(pen: Pen, document: OverviewDocument, page: number, pages: number): void {
  pen.rule(at.PAGE.left, RIGHT, at.FOOT_TOP, 0.5, COLOUR.line);
  const label = document.pagePattern.replace('{page}', String(page)).replace('{pages}', String(pages));
  [label, document.reference].forEach((words, i) => {
    const text = printable(words);
    const x = RIGHT - regular.width(text, at.SIZES.foot);
    pen.text(text, x, at.FOOT_TOP + 14 + i * at.LEADING.foot, regular, at.SIZES.foot, COLOUR.soft);
  });
}

function drawDisclaimer(pen: Pen, lines: string[]): void {
  pen.lines(lines, at.PAGE.left, at.FOOT_TOP + 14, at.LEADING.foot, regular, at.SIZES.foot, COLOUR.soft);
}

/** Draws the list parts of a page; `table` goes on from page to page until its section changes. */
function drawPart(pen: Pen, root: Element, part: at.Part, body: Element | null): Element | null {
  pen.artifact('Layout', () => drawBackground(pen, part));
  const { heading, section } = part;
  if (heading !== null) {
    const words = printable(section.heading);
    pen.tag(root, 'H2', () => pen.text(words, at.PAGE.left, heading, strong, at.SIZES.heading, COLOUR.ink));
  }
  if (part.header === null) {
    const y = (heading ?? 0) + 22;
    const draw = () => pen.lines(part.none, at.PAGE.left, y, at.LEADING.body, regular, at.SIZES.body, COLOUR.ink);
    pen.tag(root, 'P', draw);
    return null;
  }
  let rows = body;
  if (heading !== null || rows === null) {
    const table = pen.open(root, 'Table');
    const tr = pen.open(pen.open(table, 'THead'), 'TR');
    drawColumnHeads(pen, part, (_i, draw) => pen.tag(tr, 'TH', draw, { scope: 'Column' }));
    rows = pen.open(table, 'TBody');
  } else pen.artifact('Pagination', () => drawColumnHeads(pen, part, (_i, draw) => draw()));
  for (const placed of part.rows) drawRow(pen, rows, placed);
  return rows;
}

/**
 * The PDF of an overview. The same document gives the same bytes. Takes some 0.3 ms a row: call it in a worker thread
 * (pdf.pool.ts). Throws on a document whose structure cannot be closed.
 */
export function renderPdf(document: OverviewDocument): Uint8Array<ArrayBuffer> {
  const layout = at.layOut(document);
  const pen = openPen(document);
  const root = pen.open(null, 'Document');
  let body: Element | null = null;
  layout.pages.forEach((parts, i) => {
    pen.newPage();
    if (i === 0) drawHead(pen, root, document, layout);
    else pen.artifact('Pagination', () => drawRunningHead(pen, document));
    for (const part of parts) body = drawPart(pen, root, part, body);
    // the last page says it to everybody, the others repeat it for the eye
    if (i === layout.pages.length - 1) pen.tag(root, 'P', () => drawDisclaimer(pen, layout.disclaimer));
    else pen.artifact('Pagination', () => drawDisclaimer(pen, layout.disclaimer));
    pen.artifact('Pagination', () => drawFoot(pen, document, i + 1, layout.pages.length));
  });
  root.end();
  return pen.finish();
}
