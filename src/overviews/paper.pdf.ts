import type { Paper, PaperChapter, PaperFact } from './paper.ts';
import { printable, regular, strong } from './pdf.font.ts';
import { COLOUR, type Element, type Pen, taggedPen } from './pdf.pen.ts';
import { wrap } from './pdf.wrap.ts';

/** Draws a paper as a tagged PDF 1.7 (PDF/UA-1), A4 upright. Points, from the top left. */

const PAGE = { left: 56, right: 539, top: 64, bottom: 760, foot: 792 };
const WIDTH = PAGE.right - PAGE.left;
const SIZES = { title: 20, heading: 12.5, body: 10, foot: 8 } as const;
const LEADING = 14;
const LABEL = 150;
/** What somebody wrote is evidence: nothing of it is cut. */
const NO_END = Number.POSITIVE_INFINITY;

/** A line that stands by itself, in its element. */
interface Line {
  tag: 'H1' | 'H2' | 'P';
  /** Pieces of the line's element: a label and its value stand beside each other. */
  parts: { lines: string[]; x: number; face: typeof regular; size: number; colour: (typeof COLOUR)['ink' | 'soft'] }[];
  above: number;
  height: number;
  /** Does not stand alone at the foot of a page. */
  keeps: boolean;
}

export function renderPaper(file: Paper): Uint8Array<ArrayBuffer> {
  const pages = placed(linesOf(file));
  const pen = taggedPen(file);
  const root = pen.open(null, 'Document');
  pages.forEach((lines, i) => {
    pen.newPage();
    pen.artifact(i === 0 ? 'Layout' : 'Pagination', () =>
      pen.text(file.brand, PAGE.left, 40, strong, 10, COLOUR.accent),
    );
    for (const { line, y } of lines) draw(pen, root, line, y);
    pen.artifact('Pagination', () => drawFoot(pen, file, i + 1, pages.length));
  });
  root.end();
  return pen.finish();
}

function linesOf(file: Paper): Line[] {
  const one = (tag: Line['tag'], text: string, size: number, above: number): Line => {
    const lines = wrap(text, strong, size, WIDTH);
    const part = { lines, x: PAGE.left, face: strong, size, colour: COLOUR.ink };
    return { tag, parts: [part], above, height: lines.length * size * 1.3, keeps: true };
  };
  return [
    one('H1', file.title, SIZES.title, 0),
    ...file.facts.map((fact, i) => factLine(fact, i === 0 ? 10 : 2)),
    ...file.chapters.flatMap((chapter) => [one('H2', chapter.heading, SIZES.heading, 20), ...chapterLines(chapter)]),
    { ...textLine(file.source, PAGE.left, 'soft', 24), keeps: false },
  ];
}

function chapterLines({ facts, entries }: PaperChapter): Line[] {
  return [
    ...facts.map((fact) => factLine(fact, 3)),
    ...entries.flatMap(({ head, lines }) => {
      const title = wrap(head, strong, SIZES.body, WIDTH);
      const bold = { lines: title, x: PAGE.left, face: strong, size: SIZES.body, colour: COLOUR.ink };
      return [
        { tag: 'P' as const, parts: [bold], above: 7, height: title.length * LEADING, keeps: lines.length > 0 },
        ...lines.filter((line) => line !== '').map((line) => textLine(line, PAGE.left + 12, 'ink', 1)),
      ];
    }),
  ];
}

function factLine({ label, value }: PaperFact, above: number): Line {
  const told = value.split('\n').flatMap((line) => wrap(line, regular, SIZES.body, WIDTH - LABEL, NO_END));
  const named = { lines: [`${printable(label)} `], x: PAGE.left, face: regular, size: SIZES.body, colour: COLOUR.soft };
  const said = { lines: told, x: PAGE.left + LABEL, face: regular, size: SIZES.body, colour: COLOUR.ink };
  return { tag: 'P', parts: [named, said], above, height: Math.max(1, told.length) * LEADING, keeps: false };
}

function textLine(text: string, x: number, colour: 'ink' | 'soft', above: number): Line {
  const lines = wrap(text, regular, SIZES.body, PAGE.right - x, NO_END);
  const part = { lines, x, face: regular, size: SIZES.body, colour: COLOUR[colour] };
  return { tag: 'P', parts: [part], above, height: lines.length * LEADING, keeps: false };
}

/** Lines on pages: a heading goes on with what follows it. */
function placed(lines: Line[]): { line: Line; y: number }[][] {
  const pages: { line: Line; y: number }[][] = [[]];
  let y = PAGE.top;
  lines.forEach((line, i) => {
    const next = line.keeps ? (lines[i + 1]?.above ?? 0) + (lines[i + 1]?.height ?? 0) : 0;
    if (y + line.above + line.height + next > PAGE.bottom && pages.at(-1)?.length) {
      pages.push([]);
      y = PAGE.top;
    } else y += line.above;
    pages.at(-1)?.push({ line, y });
    y += line.height;
  });
  return pages;
}

function draw(pen: Pen, root: Element, line: Line, top: number): void {
  pen.tag(root, line.tag, () => {
    for (const { lines, x, face, size, colour } of line.parts)
      pen.lines(lines, x, top + size, line.tag === 'P' ? LEADING : size * 1.3, face, size, colour);
  });
}

function drawFoot(pen: Pen, file: Paper, page: number, pages: number): void {
  pen.rule(PAGE.left, PAGE.right, PAGE.foot - 14, 0.5, COLOUR.line);
  const text = printable(file.pagePattern.replace('{page}', String(page)).replace('{pages}', String(pages)));
  const title = wrap(file.fileTitle, regular, SIZES.foot, WIDTH - 120)[0] ?? '';
  pen.text(title, PAGE.left, PAGE.foot, regular, SIZES.foot, COLOUR.soft);
  pen.text(text, PAGE.right - regular.width(text, SIZES.foot), PAGE.foot, regular, SIZES.foot, COLOUR.soft);
}
