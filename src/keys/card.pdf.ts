import { printable, regular, strong } from '../overviews/pdf.font.ts';
import { COLOUR, type Element, type Pen, taggedPen } from '../overviews/pdf.pen.ts';
import { wrap } from '../overviews/pdf.wrap.ts';

/** What stands on the print of a card, every word ready. */
export interface CardPrint {
  lang: string;
  brand: string;
  title: string;
  fileTitle: string;
  /** Of its holder; no number. */
  name: string;
  requested: string;
  /** In their order: the first has number 1. */
  codes: string[];
  heads: [number: string, code: string];
  how: string;
  steps: string[];
  never: string;
  madeAt: string;
}

/** Points, from the top left of an A4 sheet. The card itself has the size of a bank card. */
const SHEET = { left: 56, width: 483 };
const CARD = { x: 56, y: 118, width: 243, height: 153, inset: 12 };
const GRID = { columns: 4, rows: 6, top: CARD.y + 50, step: 16.2, number: 13 };
const SIZE = { title: 22, heading: 12, body: 10.5, card: 9, small: 7.5 };

/** The print of a card as a tagged PDF 1.7 (PDF/UA-1): a screen reader hears number and code, one after the other. */
export function renderCard(print: CardPrint): Uint8Array<ArrayBuffer> {
  const pen = taggedPen(print);
  const root = pen.open(null, 'Document');
  pen.newPage();
  pen.tag(root, 'H1', () => pen.text(printable(print.title), SHEET.left, 86, strong, SIZE.title, COLOUR.ink));
  drawCard(pen, root, print);
  drawSteps(pen, root, print);
  root.end();
  return pen.finish();
}

function drawCard(pen: Pen, root: Element, print: CardPrint): void {
  pen.artifact('Layout', () => {
    pen.sheet.lineWidth(0.8).roundedRect(CARD.x, CARD.y, CARD.width, CARD.height, 9).stroke(COLOUR.ink);
    pen.rule(CARD.x + CARD.inset, CARD.x + CARD.width - CARD.inset, CARD.y + 36, 0.5, COLOUR.line);
    pen.text(print.brand, CARD.x + CARD.inset, CARD.y + 18, strong, SIZE.card, COLOUR.accent);
  });
  const right = CARD.x + CARD.width - CARD.inset;
  const name = wrap(print.name, strong, SIZE.card, 130)[0]?.trimEnd() ?? '';
  pen.tag(root, 'P', () =>
    pen.text(name, right - strong.width(name, SIZE.card), CARD.y + 18, strong, SIZE.card, COLOUR.ink),
  );
  const requested = printable(print.requested);
  pen.tag(root, 'P', () =>
    pen.text(requested, right - regular.width(requested, SIZE.small), CARD.y + 29, regular, SIZE.small, COLOUR.soft),
  );
  drawCodes(pen, root, print);
}

/** A table of number and code for the ear; for the eye it runs down four columns. */
function drawCodes(pen: Pen, root: Element, { codes, heads }: CardPrint): void {
  const table = pen.open(root, 'Table');
  const head = pen.open(pen.open(table, 'THead'), 'TR');
  heads.forEach((words, at) => {
    const x = CARD.x + CARD.inset + at * 40;
    const draw = () => pen.text(printable(words), x, CARD.y + 46, regular, 6, COLOUR.soft);
    pen.tag(head, 'TH', draw, { scope: 'Column' });
  });
  const body = pen.open(table, 'TBody');
  const width = (CARD.width - 2 * CARD.inset) / GRID.columns;
  codes.forEach((code, at) => {
    const x = CARD.x + CARD.inset + Math.floor(at / GRID.rows) * width;
    const y = GRID.top + 12 + (at % GRID.rows) * GRID.step;
    const row = pen.open(body, 'TR');
    const number = String(at + 1);
    const end = x + GRID.number - 3 - regular.width(number, SIZE.small);
    pen.tag(row, 'TD', () => pen.text(number, end, y, regular, SIZE.small, COLOUR.soft));
    pen.tag(row, 'TD', () => pen.text(code, x + GRID.number, y, strong, SIZE.card, COLOUR.ink));
    row.end();
  });
}

function drawSteps(pen: Pen, root: Element, print: CardPrint): void {
  let y = CARD.y + CARD.height + 44;
  pen.tag(root, 'H2', () => pen.text(printable(print.how), SHEET.left, y, strong, SIZE.heading, COLOUR.ink));
  y += 22;
  print.steps.forEach((step, at) => {
    const lines = wrap(`${at + 1}. ${step}`, regular, SIZE.body, SHEET.width);
    pen.tag(root, 'P', () => pen.lines(lines, SHEET.left, y, 15, regular, SIZE.body, COLOUR.ink));
    y += lines.length * 15 + 5;
  });
  const lines = wrap(print.never, strong, SIZE.body, SHEET.width);
  pen.tag(root, 'P', () => pen.lines(lines, SHEET.left, y + 8, 15, strong, SIZE.body, COLOUR.ink));
}
