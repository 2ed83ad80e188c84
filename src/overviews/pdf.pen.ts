import { Sheet } from './pdf.file.ts';
import { type Face, printable, regular, strong } from './pdf.font.ts';

export const COLOUR = {
  ink: '#16222d',
  soft: '#4c5b68',
  line: '#d8dfe4',
  accent: '#0b5566',
  onTime: '#17633a',
  late: '#854a00',
  lateWash: '#fdf0dc',
  cancelled: '#5b6670',
  paper: '#ffffff',
  black: '#000000',
} as const;
type Colour = (typeof COLOUR)[keyof typeof COLOUR];
type Box = { fill: Colour } | { stroke: Colour; line: number; dash?: number };

export type Element = PDFKit.PDFStructureElement;
type StructureOptions = PDFKit.Mixins.StructureElementOptions & { scope?: 'Column' | 'Row'; bbox?: number[] };

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

  /** A rectangle, filled or as a frame. */
  box(x: number, y: number, width: number, height: number, how: Box): void {
    const { sheet } = this;
    sheet.rect(x, y, width, height);
    if ('fill' in how) {
      sheet.fill(how.fill);
      this.#colour = null;
      return;
    }
    sheet.lineWidth(how.line);
    if (how.dash) sheet.dash(how.dash, {});
    sheet.stroke(how.stroke);
    if (how.dash) sheet.undash();
  }

  /** Squares of one size, black, in one stroke of the pen. */
  squares(places: Iterable<[x: number, y: number, width: number]>, size: number): void {
    this.sheet.fillColor(COLOUR.black);
    this.#colour = null;
    const number = (value: number) => value.toFixed(3);
    let path = '';
    for (const [x, y, width] of places) path += `${number(x)} ${number(y)} ${number(width)} ${number(size)} re\n`;
    this.sheet.addContent(`${path}f`);
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

  /** Words that lead to an address: the words, and the place to click, both inside a Link. */
  link(
    parent: Element,
    at: { x: number; y: number; width: number; height: number },
    url: string,
    draw: () => void,
  ): void {
    const element = this.open(parent, 'Link');
    element.add(this.sheet.markStructureContent('Link'));
    draw();
    this.sheet.endMarkedContent();
    const action = { S: 'URI', URI: new String(url) };
    this.annotate(element, at, { Subtype: 'Link', A: action, Contents: new String(url) });
  }

  /** An annotation of the current page as what `element` holds; ends the element. */
  annotate(element: Element, at: { x: number; y: number; width: number; height: number }, what: object): void {
    const options = { ...what, structParent: element } as unknown as PDFKit.Mixins.AnnotationOption;
    this.sheet.annotate(at.x, at.y, at.width, at.height, options);
    element.end();
  }

  /** A bookmark to a height of the current page. */
  bookmark(title: string, top: number): void {
    // pdfkit measures from the right edge, and its types do not know the height
    const options = { left: this.sheet.page.width, top } as unknown as Parameters<PDFKit.PDFOutline['addItem']>[1];
    this.sheet.outline.addItem(title, options);
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

/** pdfkit puts the title into the XML metadata as it is. */
function metadataText(text: string): string {
  return printable(text.replaceAll('&', '+').replace(/[<>]/g, ' '));
}

/** A pen on A4 for a document that meets PDF/UA-1: tagged, its language and title told. `madeAt` is an instant. */
export function taggedPen(
  { lang, fileTitle, brand, madeAt }: { lang: string; fileTitle: string; brand: string; madeAt: string },
  layout: 'portrait' | 'landscape' = 'portrait',
): Pen {
  return new Pen({
    size: 'A4',
    layout,
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang,
    displayTitle: true,
    subset: 'PDF/UA' as never, // known to pdfkit, not to its types
    autoFirstPage: false,
    font: null as never, // else Helvetica would be loaded for nothing
    info: {
      Title: metadataText(fileTitle),
      Author: metadataText(brand),
      Creator: metadataText(brand),
      CreationDate: new Date(madeAt),
    },
  });
}
