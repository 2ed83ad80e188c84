import { SaxesParser } from 'saxes';
import type { Declaration } from './declaration.ts';
import { BrokenFile, decoded, type Encoding, type Source } from './intake.decode.ts';
import { blocks, declarationOfForm, type FormFields, formCreatedAt, MOST_REFERENCES } from './xml-form.fields.ts';
import { FORM, type Known, NOWHERE } from './xml-form.places.ts';

/** One Form of a DIMONA/SU message. */
export interface DeclaredForm {
  /** Line of its start tag, from 1. */
  line: number;
  declaration: Declaration;
  /** Creation date and hour (Belgian clock) as an instant; null when missing or malformed. */
  createdAt(): string | null;
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
  const reader = new FormReader();
  for await (const forms of formsIn(source, reader)) {
    yield forms.map((form) => ({
      line: form.line,
      declaration: declarationOfForm(form, receivedAt),
      createdAt: () => formCreatedAt(form),
    }));
  }
}

/** How many forms a message holds; nothing is kept of them. @throws BrokenFile as `readForms` does */
export async function countForms(source: Source): Promise<number> {
  const reader = new FormReader();
  reader.isCounting = true;
  for await (const _ of formsIn(source, reader));
  return reader.count;
}

async function* formsIn(source: Source, reader: FormReader): AsyncGenerator<FormFields[]> {
  for await (const text of decoded(source, () => reader.place(), encodingOf)) {
    reader.write(text);
    const batch = reader.take();
    if (batch.length > 0) yield batch;
  }
  reader.close();
  const batch = reader.take();
  if (batch.length > 0) yield batch;
}

/** The encoding that a document names in its first bytes. @throws BrokenFile when it is none we read */
export function encodingOf(head: string): Encoding {
  if (head.includes('\0')) throw new BrokenFile({ line: 1, column: 1 }, 'encoding utf-16 is not read here');
  const named =
    /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (['utf-8', 'utf8', 'us-ascii'].includes(named)) return 'utf8';
  if (['iso-8859-1', 'latin1'].includes(named)) return 'latin1';
  throw new BrokenFile({ line: 1, column: 1 }, `encoding ${named} is not read here`);
}

class FormReader {
  /** Only whether the message is whole matters, and how many forms it holds. */
  isCounting = false;
  count = 0;
  readonly #parser = new SaxesParser();
  /** Where the open elements stand, the Form itself first. */
  readonly #open: Known[] = [];
  #depth = 0;
  #form: FormFields | null = null;
  #text = '';
  #isLeaf = false;
  /** Characters given to the parser, and where among them it met its last tag. */
  #written = 0;
  #lastTag = 0;
  #ready: FormFields[] = [];

  constructor() {
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(error.message.replace(/^\d+:\d+: /, '')));
    parser.on('doctype', () => this.#refuse('a document type is not allowed'));
    parser.on('opentag', (tag) => this.#opened(tag.name));
    parser.on('closetag', () => this.#closed());
    parser.on('text', (text) => this.#said(text));
    parser.on('cdata', (text) => this.#said(text));
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
  take(): FormFields[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #refuse(reason: string): never {
    const { line, column } = this.#parser;
    throw new BrokenFile({ line, column: Math.max(column, 1) }, reason);
  }

  #said(text: string): void {
    if (this.#isLeaf) this.#text = this.#text === '' ? text : this.#text + text;
  }

  #opened(name: string): void {
    this.#depth += 1;
    this.#text = '';
    this.#isLeaf = !this.isCounting;
    this.#lastTag = this.#parser.position;
    if (this.#depth > deepest) this.#refuse(`elements lie more than ${deepest} deep`);
    if (this.#depth === 1 && name !== 'Dimona') this.#refuse(`the root is ${name}, not Dimona`);
    if (this.#depth === 2) this.#begin(name);
    if (this.#depth > 2 && this.#form !== null) this.#note(this.#form, name);
  }

  #begin(name: string): void {
    if (name !== 'Form') this.#refuse(`${name} in Dimona, where only Form may stand`);
    this.count += 1;
    if (this.isCounting) return;
    const { line } = this.#parser;
    this.#form = { line, blocks: [], values: new Map(), hasUser: false, isTwice: false, references: [] };
    this.#open.push(FORM);
  }

  #note(form: FormFields, name: string): void {
    const parent = this.#open.at(-1) ?? NOWHERE;
    let place = parent.children.get(name) ?? NOWHERE;
    if (parent === FORM && blocks.has(name)) {
      form.blocks.push(name);
      if (form.blocks.length > 1) place = NOWHERE; // a second block is a fault, and what it says is nothing
    }
    if (place.isUser) form.hasUser = true;
    if (place.isReference) form.references.push({});
    this.#open.push(place);
  }

  #closed(): void {
    this.#depth -= 1;
    this.#lastTag = this.#parser.position;
    const form = this.#form;
    const place = this.#open.pop();
    if (form === null || place === undefined) return;
    if (place === FORM) this.#finish(form);
    else if (this.#isLeaf && place.key !== null) this.#keep(form, place.key);
    this.#isLeaf = false;
  }

  #keep(form: FormFields, key: string): void {
    const value = this.#text.trim();
    if (value === '') return;
    const reference = key.startsWith('Reference/') ? form.references.at(-1) : undefined;
    if (reference) reference[key === 'Reference/ReferenceType' ? 'type' : 'number'] = value;
    else if (form.values.has(key)) form.isTwice = true;
    else form.values.set(key, value);
  }

  #finish(form: FormFields): void {
    form.references.length = Math.min(form.references.length, MOST_REFERENCES);
    this.#ready.push(form);
    this.#form = null;
  }
}
