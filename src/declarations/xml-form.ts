import { SaxesParser } from 'saxes';
import type { Declaration } from './declaration.ts';
import { BrokenFile, decoded, type Encoding, type Source } from './intake.decode.ts';
import { blocks, declarationOfForm, type FormFields, isKnownPath } from './xml-form.fields.ts';

/** One Form of a DIMONA/SU message. */
export interface DeclaredForm {
  /** Line of its start tag, from 1. */
  line: number;
  declaration: Declaration;
  /** Creation date and hour (Belgian clock) as an instant; null when missing or malformed. */
  formCreatedAt: string | null;
}

const deepest = 12;
const longest = 1024 * 1024;

/**
 * The forms of a DIMONA/SU message, in batches as they come in; UTF-8, or ISO-8859-1 when the XML declaration says so.
 * A form that breaks the rules of the message is a declaration with form faults.
 * @param receivedAt instant of receipt that every declaration gets: the message itself has none
 * @throws BrokenFile on bad encoding, XML that is not well-formed, a DTD, an unknown entity, another root
 * Source: schema Dimona_20231 of the RSZ.
 */
export async function* readForms(source: Source, receivedAt: string): AsyncGenerator<DeclaredForm[]> {
  const reader = new FormReader(receivedAt);
  for await (const text of decoded(source, () => reader.place(), encodingOf)) {
    reader.write(text);
    const batch = reader.take();
    if (batch.length > 0) yield batch;
  }
  reader.close();
  const batch = reader.take();
  if (batch.length > 0) yield batch;
}

function encodingOf(head: string): Encoding {
  if (head.includes('\0')) throw new BrokenFile({ line: 1, column: 1 }, 'encoding utf-16 is not read here');
  const named =
    /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (['utf-8', 'utf8', 'us-ascii'].includes(named)) return 'utf8';
  if (['iso-8859-1', 'latin1'].includes(named)) return 'latin1';
  throw new BrokenFile({ line: 1, column: 1 }, `encoding ${named} is not read here`);
}

class FormReader {
  readonly #parser = new SaxesParser();
  readonly #receivedAt: string;
  /** Paths of the open elements inside a Form; the Form itself is ''. */
  readonly #open: string[] = [];
  #depth = 0;
  #form: FormFields | null = null;
  #text = '';
  #isLeaf = false;
  /** Characters given to the parser, and where among them it met its last tag. */
  #written = 0;
  #lastTag = 0;
  #ready: DeclaredForm[] = [];

  constructor(receivedAt: string) {
    this.#receivedAt = receivedAt;
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(error.message.replace(/^\d+:\d+: /, '')));
    parser.on('doctype', () => this.#refuse('a document type is not allowed'));
    parser.on('opentag', (tag) => this.#opened(tag.name));
    parser.on('closetag', () => this.#closed());
    parser.on('text', (text) => {
      this.#text += text;
    });
    parser.on('cdata', (text) => {
      this.#text += text;
    });
  }

  place() {
    return { line: this.#parser.line, column: this.#parser.column + 1 };
  }

  write(text: string): void {
    this.#parser.write(text);
    this.#written += text.length;
    if (this.#written - this.#lastTag > longest) this.#refuse('more than 1 MiB without an element');
  }

  close(): void {
    this.#parser.close();
  }

  /** The forms read since the last time. */
  take(): DeclaredForm[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #refuse(reason: string): never {
    const { line, column } = this.#parser;
    throw new BrokenFile({ line, column: Math.max(column, 1) }, reason);
  }

  #opened(name: string): void {
    this.#depth += 1;
    this.#text = '';
    this.#isLeaf = true;
    this.#lastTag = this.#parser.position;
    if (this.#depth > deepest) this.#refuse(`elements lie more than ${deepest} deep`);
    if (this.#depth === 1 && name !== 'Dimona') this.#refuse(`the root is ${name}, not Dimona`);
    if (this.#depth === 2) this.#begin(name);
    if (this.#depth > 2) this.#note(name);
  }

  #begin(name: string): void {
    if (name !== 'Form') this.#refuse(`${name} in Dimona, where only Form may stand`);
    this.#form = { line: this.#parser.line, blocks: [], values: new Map(), hasUser: false, isTwice: false };
    this.#open.push('');
  }

  #note(name: string): void {
    const parent = this.#open.at(-1) ?? '';
    const path = parent === '' ? name : `${parent}/${name}`;
    this.#open.push(path);
    if (this.#form === null) return;
    if (parent === '' && blocks.has(name)) this.#form.blocks.push(name);
    if (path === 'DimonaIn/DimonaFeatures/UsingEmployer') this.#form.hasUser = true;
  }

  #closed(): void {
    this.#depth -= 1;
    this.#lastTag = this.#parser.position;
    const path = this.#open.pop();
    const form = this.#form;
    if (form === null || path === undefined) return;
    if (path === '') this.#finish(form);
    else if (this.#isLeaf && isKnownPath(path)) this.#keep(form, path);
    this.#isLeaf = false;
  }

  #keep(form: FormFields, path: string): void {
    const value = this.#text.trim();
    if (value === '') return;
    if (form.values.has(path)) form.isTwice = true;
    else form.values.set(path, value);
  }

  #finish(form: FormFields): void {
    this.#ready.push({ line: form.line, ...declarationOfForm(form, this.#receivedAt) });
    this.#form = null;
  }
}
