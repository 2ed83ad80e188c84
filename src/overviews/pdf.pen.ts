import PDFDocument from 'pdfkit';
import { type Face, regular, strong } from './pdf.font.ts';

export const COLOUR = {
  ink: '#16222d',
  soft: '#4c5b68',
  line: '#d8dfe4',
  accent: '#0b5566',
  onTime: '#17633a',
  late: '#854a00',
  lateWash: '#fdf0dc',
  cancelled: '#5b6670',
} as const;
type Colour = (typeof COLOUR)[keyof typeof COLOUR];

export type Element = PDFKit.PDFStructureElement;
type StructureOptions = PDFKit.Mixins.StructureElementOptions & { scope?: 'Column' };

/** Gathers the bytes as they are written instead of as a stream: a file is whole, or it is an error. */
class Sheet extends PDFDocument {
  // declared only: pdfkit writes the first bytes before fields of this class would be set
  declare chunks: Uint8Array[] | undefined;
  declare finished: boolean | undefined;
  declare operators: string[] | undefined;

  /** Kept as text and encoded once a page: pdfkit would encode each of some hundred operators by itself. */
  override addContent(operator: string): this {
    this.operators ??= [];
    this.operators.push(operator);
    return this;
  }

  /** To be called before a page is left. */
  flushContent(): void {
    if (this.operators?.length) super.addContent(this.operators.join('\n'));
    this.operators = [];
  }

  override push(chunk: Uint8Array | null): boolean {
    this.chunks ??= [];
    if (chunk === null) this.finished = true;
    else this.chunks.push(chunk);
    return true;
  }
}

/** A pen on a tagged sheet. Text stands on its baseline, coordinates are points from the top left. */
export class Pen {
  readonly sheet: Sheet;
  #face: Face | null = null;
  #size = 0;
  #colour: Colour | null = null;

  constructor(options: PDFKit.PDFDocumentOptions) {
    this.sheet = new Sheet(options);
    this.sheet.registerFont('regular', regular.font as never);
    this.sheet.registerFont('strong', strong.font as never);
  }

  /** A new page forgets the colour; the face and size are the document's. */
  newPage(): void {
    this.sheet.flushContent();
    this.sheet.addPage();
    this.#colour = null;
  }

  text(words: string, x: number, baseline: number, face: Face, size: number, colour: Colour): void {
    if (this.#face !== face || this.#size !== size) {
      this.sheet.font(face === strong ? 'strong' : 'regular', size);
      this.#face = face;
      this.#size = size;
    }
    if (this.#colour !== colour) {
      this.sheet.fillColor(colour);
      this.#colour = colour;
    }
    this.sheet.text(words, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }

  lines(lines: string[], x: number, baseline: number, leading: number, face: Face, size: number, colour: Colour): void {
    lines.forEach((line, i) => {
      this.text(line, x, baseline + i * leading, face, size, colour);
    });
  }

  rule(x1: number, x2: number, y: number, width: number, colour: Colour): void {
    this.sheet.lineWidth(width).moveTo(x1, y).lineTo(x2, y).stroke(colour);
  }

  /** A word's rounded background with an edge, so that it stays a mark in black and white. */
  pill(x: number, y: number, width: number, height: number): void {
    this.sheet.lineWidth(0.7).roundedRect(x, y, width, height, height / 2);
    this.sheet.fillAndStroke(COLOUR.lateWash, COLOUR.late);
    this.#colour = null;
  }

  /** What is decoration or repeats itself; a screen reader passes it by. */
  artifact(type: 'Layout' | 'Pagination', draw: () => void): void {
    this.sheet.markContent('Artifact', { type });
    draw();
    this.sheet.endMarkedContent();
  }

  /** An open element below `parent`; every element is attached at once, or the file would never be finished. */
  open(parent: Element | null, tag: string): Element {
    const element = this.sheet.struct(tag);
    if (parent === null) this.sheet.addStructure(element);
    else parent.add(element);
    return element;
  }

  /** An element that holds what `draw` draws. */
  tag(parent: Element, tag: string, draw: () => void, options: StructureOptions = {}): void {
    const element = this.sheet.struct(tag, options);
    parent.add(element);
    element.add(this.sheet.markStructureContent(tag));
    draw();
    this.sheet.endMarkedContent();
    element.end();
  }

  /** Ends the file. Throws when something was left open: pdfkit would wait for it for ever. */
  finish(): Uint8Array<ArrayBuffer> {
    this.sheet.flushContent();
    this.sheet.end();
    if (!this.sheet.finished) throw new Error('A structure element was left open');
    const chunks = this.sheet.chunks ?? [];
    const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
    let offset = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    return bytes;
  }
}

/** The shape of a verdict, drawn with its left edge at `x` on the middle line `y`: they stay apart without colour. */
export function drawShape(pen: Pen, shape: 'check' | 'clock' | 'cross' | 'dash', x: number, y: number): void {
  const sheet = pen.sheet;
  sheet.lineWidth(1.3);
  if (shape === 'check')
    sheet
      .moveTo(x, y + 0.3)
      .lineTo(x + 2.7, y + 3)
      .lineTo(x + 7.6, y - 2.9)
      .stroke(COLOUR.onTime);
  else if (shape === 'cross') {
    sheet
      .moveTo(x + 1, y - 2.7)
      .lineTo(x + 6.4, y + 2.7)
      .moveTo(x + 6.4, y - 2.7)
      .lineTo(x + 1, y + 2.7);
    sheet.stroke(COLOUR.cancelled);
  } else if (shape === 'dash')
    sheet
      .moveTo(x + 1, y)
      .lineTo(x + 7, y)
      .stroke(COLOUR.soft);
  else {
    sheet
      .circle(x + 3.9, y, 3.7)
      .moveTo(x + 3.9, y - 2.3)
      .lineTo(x + 3.9, y)
      .lineTo(x + 5.7, y + 1);
    sheet.lineWidth(1.1).stroke(COLOUR.late);
  }
}
