/** A PDF's objects as text, and its structure tree: what pdfjs does not tell. Good enough for files of our own writing. */

export interface PdfObject {
  number: number;
  text: string;
}

export interface PdfObjects {
  all: PdfObject[];
  /** The root object. */
  catalog: string;
  /** The whole file, streams included. */
  text: string;
}

export interface StructureElement extends PdfObject {
  tag: string;
  /** Tag of the element that holds it; '' at the top. */
  parent: string;
  /** Numbers of the elements above it, the nearest last. */
  path: number[];
}

export function readObjects(bytes: Uint8Array): PdfObjects {
  const text = Buffer.from(bytes).toString('latin1');
  const all = [...text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n|\nendobj)/gm)].map((found) => {
    return { number: Number(found[1]), text: found[2] ?? '' };
  });
  const root = Number(/\/Root (\d+) 0 R/.exec(text)?.[1]);
  return { all, catalog: all.find(({ number }) => number === root)?.text ?? '', text };
}

/** Every element of the structure in reading order, found from the root down: one that hangs on nothing is not found. */
export function elementsOf({ all, catalog }: PdfObjects): StructureElement[] {
  const byNumber = new Map(all.map((object) => [object.number, object]));
  const treeRoot = byNumber.get(Number(/\/StructTreeRoot (\d+) 0 R/.exec(catalog)?.[1]));
  const kids = (text: string) => {
    const list = /\/K \[([^\]]*)\]/.exec(text)?.[1] ?? '';
    return [...list.replace(/<<[\s\S]*?>>/g, '').matchAll(/(\d+) 0 R/g)].map((found) => Number(found[1]));
  };
  const walk = (number: number, parent: string, path: number[]): StructureElement[] => {
    const text = byNumber.get(number)?.text ?? '';
    const tag = /\/S \/(\w+)/.exec(text)?.[1] ?? '?';
    const own = { number, text, tag, parent, path };
    return [own, ...kids(text).flatMap((kid) => walk(kid, tag, [...path, number]))];
  };
  return kids(treeRoot?.text ?? '').flatMap((number) => walk(number, '', []));
}
