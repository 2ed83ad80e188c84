import { SaxesParser } from 'saxes';
import { BrokenFile, decoded, type Source } from '../declarations/intake.decode.ts';
import { encodingOf } from '../declarations/xml-form.ts';
import { type IdfluxFields, isKnownElement } from './idflux.fields.ts';

const DEEPEST = 12;
const LONGEST = 1024 * 1024;

/**
 * The forms of an IDFLUX message, in batches as they come in. The schema has one Form in a message; more are read alike.
 * @throws BrokenFile on bad encoding, XML that is not well-formed, a DTD, an unknown entity, another root, another message
 * Source: schema IDFLUX_20231 of the RSZ.
 */
export async function* readIdflux(source: Source): AsyncGenerator<IdfluxFields[]> {
  const reader = new IdfluxReader();
  for await (const text of decoded(source, () => reader.place(), encodingOf)) {
    reader.write(text);
    const batch = reader.take();
    if (batch.length > 0) yield batch;
  }
  reader.close();
  const batch = reader.take();
  if (batch.length > 0) yield batch;
}

class IdfluxReader {
  readonly #parser = new SaxesParser();
  /** Names of the open elements, the root first. */
  readonly #open: string[] = [];
  #form: IdfluxFields | null = null;
  #text = '';
  #isLeaf = false;
  /** Characters given to the parser, and where among them it met its last tag. */
  #written = 0;
  #lastTag = 0;
  #ready: IdfluxFields[] = [];

  constructor() {
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(error.message.replace(/^\d+:\d+: /, '')));
    parser.on('doctype', () => this.#refuse('a document type is not allowed'));
    parser.on('opentag', ({ name }) => this.#opened(name));
    parser.on('closetag', () => this.#closed());
    for (const kind of ['text', 'cdata'] as const)
      parser.on(kind, (text) => {
        this.#text += text;
      });
  }

  place() {
    return { line: this.#parser.line, column: this.#parser.column + 1 };
  }

  write(text: string): void {
    this.#parser.write(text);
    this.#written += text.length;
    if (this.#written - this.#lastTag > LONGEST) this.#refuse('more than 1 MiB without an element');
  }

  close(): void {
    this.#parser.close();
  }

  /** The forms read since the last time. */
  take(): IdfluxFields[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #refuse(reason: string): never {
    const { line, column } = this.#parser;
    throw new BrokenFile({ line, column: Math.max(column, 1) }, reason);
  }

  #opened(name: string): void {
    this.#open.push(name);
    this.#text = '';
    this.#isLeaf = true;
    this.#lastTag = this.#parser.position;
    const depth = this.#open.length;
    if (depth > DEEPEST) this.#refuse(`elements lie more than ${DEEPEST} deep`);
    if (depth === 1 && name !== 'IDFLUX') this.#refuse(`the root is ${name}, not IDFLUX`);
    if (depth !== 2) return;
    if (name !== 'Form') this.#refuse(`${name} in IDFLUX, where only Form may stand`);
    this.#form = { line: this.#parser.line, values: new Map(), isTwice: false };
  }

  #closed(): void {
    this.#lastTag = this.#parser.position;
    const path = this.#open.slice(2).join('/');
    this.#open.pop();
    const form = this.#form;
    if (form === null) return;
    if (path === '') this.#finish(form);
    else if (this.#isLeaf && isKnownElement(path)) this.#keep(form, path);
    this.#isLeaf = false;
  }

  #keep(form: IdfluxFields, path: string): void {
    const value = this.#text.trim();
    if (path === 'Identification' && value !== 'IDFLUX') this.#refuse('Identification is not IDFLUX');
    if (path === 'TypeForm' && value !== 'SU') this.#refuse('TypeForm is not SU');
    if (value === '') return;
    if (form.values.has(path)) form.isTwice = true;
    else form.values.set(path, value);
  }

  #finish(form: IdfluxFields): void {
    for (const name of ['Identification', 'TypeForm']) if (!form.values.has(name)) this.#refuse(`Form without ${name}`);
    this.#ready.push(form);
    this.#form = null;
  }
}

/**
 * The name of a document's root element; null when the source ends, or breaks, before it has one: whoever reads it on will say so.
 */
export async function rootOf(source: Source): Promise<string | null> {
  const parser = new SaxesParser();
  let root: string | null = null;
  parser.on('error', () => undefined);
  parser.on('opentag', ({ name }) => {
    root ??= name;
  });
  try {
    for await (const text of decoded(source, () => ({ line: 1, column: 1 }), encodingOf)) {
      parser.write(text.slice(0, LONGEST));
      if (root !== null || parser.position > LONGEST) return root;
    }
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
  }
  return root;
}
