import PDFDocument from 'pdfkit';

/** Gathers the bytes as they are written instead of as a stream: a file is whole, or it is an error. */
export class Sheet extends PDFDocument {
  // declared only: pdfkit writes the first bytes before fields of this class would be set
  declare chunks: Uint8Array[] | undefined;
  declare finished: boolean | undefined;
  declare operators: string[] | undefined;

  /** The file's root, to which a form is hung. */
  get catalog(): { data: Record<string, unknown> } {
    return (this as unknown as { _root: { data: Record<string, unknown> } })._root;
  }

  /** pdfkit would look for fonts of fields: the one form there may be is a seal's, and has been ended. */
  override endAcroForm(): this {
    return this;
  }

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
