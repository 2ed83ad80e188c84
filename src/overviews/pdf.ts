import type { OverviewDocument } from './document.ts';
import { printable, regular, strong } from './pdf.font.ts';
import { type Layout, layOut, type Part } from './pdf.layout.ts';
import { drawMonths } from './pdf.months.ts';
import { COLOUR, type Element, type Pen, taggedPen } from './pdf.pen.ts';
import { drawBackground, drawHeading, drawNone, drawTable } from './pdf.rows.ts';
import { FOOT_TOP, LEADING, PAGE, RIGHT, SIZES } from './pdf.sheet.ts';
import { drawVerification } from './pdf.verification.ts';
import { wrap } from './pdf.wrap.ts';
import { type Seal, sealed, sealField } from './seal.ts';

/** Draws an overview as a tagged PDF 1.7 (PDF/UA-1): every text is a structure element or an artifact. */

function drawBrand(pen: Pen, brand: string, baseline: number, size: number): void {
  let x: number = PAGE.left;
  for (const piece of printable(brand).split(/(@)/)) {
    pen.text(piece, x, baseline, strong, size, piece === '@' ? COLOUR.accent : COLOUR.ink);
    x += strong.width(piece, size);
  }
}

function drawHead(pen: Pen, root: Element, document: OverviewDocument, layout: Layout): void {
  pen.artifact('Layout', () => drawBrand(pen, document.brand, 50, 12));
  const title = printable(document.title);
  pen.bookmark(title, 0);
  pen.tag(root, 'H1', () => pen.text(title, PAGE.left, 86, strong, SIZES.title, COLOUR.ink));
  for (const { label, lines, x, valueX, y, strong: bold } of layout.facts) {
    pen.tag(root, 'P', () => {
      pen.text(`${label} `, x, y, regular, SIZES.body, COLOUR.soft);
      pen.lines(lines, valueX, y, LEADING.body, bold ? strong : regular, SIZES.body, COLOUR.ink);
    });
  }
  if (document.verification) drawVerification(pen, root, document.verification);
}

function drawRunningHead(pen: Pen, document: OverviewDocument): void {
  drawBrand(pen, document.brand, 42, 9);
  const line = wrap(document.fileTitle, regular, SIZES.foot, 600)[0] ?? '';
  pen.text(line, RIGHT - regular.width(line, SIZES.foot), 42, regular, SIZES.foot, COLOUR.soft);
}

function drawFoot(pen: Pen, document: OverviewDocument, page: number, pages: number): void {
  pen.rule(PAGE.left, RIGHT, FOOT_TOP, 0.5, COLOUR.line);
  const label = document.pagePattern.replace('{page}', String(page)).replace('{pages}', String(pages));
  [label, document.reference, document.verification?.foot ?? ''].forEach((words, i) => {
    const text = printable(words);
    const x = RIGHT - regular.width(text, SIZES.foot);
    if (text !== '') pen.text(text, x, FOOT_TOP + 14 + i * LEADING.foot, regular, SIZES.foot, COLOUR.soft);
  });
}

function drawDisclaimer(pen: Pen, lines: string[]): void {
  pen.lines(lines, PAGE.left, FOOT_TOP + 14, LEADING.foot, regular, SIZES.foot, COLOUR.soft);
}

/** Draws a part of a section; `body` is the table's that goes on from the page before. @returns the body that may go on */
function drawPart(pen: Pen, root: Element, part: Part, body: Element | null): Element | null {
  if (part.kind === 'table') pen.artifact('Layout', () => drawBackground(pen, part));
  if (part.heading !== null) {
    drawHeading(pen, root, part.section.heading, part.heading);
    if (part.none.length > 0) drawNone(pen, root, part.none, part.heading);
  }
  if (part.kind === 'months') drawMonths(pen, root, part);
  else if (part.header !== null) return drawTable(pen, root, part, part.heading === null ? body : null);
  return null;
}

/**
 * The PDF of an overview, under the portal's seal where there is one. The same document gives the same bytes (with a seal
 * of RSA: other signatures differ each time). Takes some 0.3 ms a row: call it in a worker thread (pdf.pool.ts).
 * Throws on a document whose structure cannot be closed.
 */
export function renderPdf(document: OverviewDocument, seal: Seal | null = null): Uint8Array<ArrayBuffer> {
  const layout = layOut(document);
  const pen = taggedPen(document, 'landscape');
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
  if (seal) sealField(pen, root, document, seal);
  root.end();
  const bytes = pen.finish();
  return seal ? sealed(bytes, seal) : bytes;
}
