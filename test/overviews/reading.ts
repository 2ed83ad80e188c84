import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Reads a PDF as a screen reader would: by its structure, with what no structure names kept apart. */

interface Node {
  role?: string;
  type?: string;
  id?: string;
  children?: Node[];
}

export interface ReadElement {
  role: string;
  /** Text of the element itself, children left out. */
  text: string;
  children: ReadElement[];
}

export interface ReadPage {
  tree: ReadElement;
  artifacts: string;
  /** Text that is neither tagged nor an artifact. */
  loose: string;
  /** Names of fonts that are not in the file. */
  missingFonts: string[];
  fonts: string[];
}

export interface ReadPdf {
  info: Record<string, unknown>;
  xmp: string;
  marked: boolean;
  pages: ReadPage[];
  bookmarks: string[];
}

/** Null when nothing of the element stands on this page: the tree of a page names a table's rows of other pages too. */
function elementOf(node: Node, texts: Map<string, string>): ReadElement | null {
  const content = (node.children ?? []).filter((child) => child.type === 'content');
  const own = content.flatMap((child) => texts.get(child.id?.split('_mc')[1] ?? '') ?? []);
  const below = (node.children ?? []).filter((child) => child.role !== undefined);
  const children = below.flatMap((child) => elementOf(child, texts) ?? []);
  if (own.length + children.length === 0) return null;
  return { role: node.role ?? '', text: own.join('').trim(), children };
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;
type Glyphs = (number | { unicode: string })[];

/** What stands in each marked content; read from the operators, because extracted text drops a space that ends a line. */
function texts(
  fnArray: number[],
  argsArray: unknown[][],
): { byId: Map<string, string>; artifacts: string; loose: string } {
  const open: { tag: string; id: string | null }[] = [];
  const found = { byId: new Map<string, string>(), artifacts: '', loose: '' };
  fnArray.forEach((fn, i) => {
    const args = argsArray[i] ?? [];
    if (fn === OPS.beginMarkedContentProps) {
      const id = args[1] === null || args[1] === undefined ? null : String(args[1]);
      open.push({ tag: String(args[0]), id });
      if (id !== null) found.byId.set(id, '');
    } else if (fn === OPS.beginMarkedContent) open.push({ tag: String(args[0]), id: null });
    else if (fn === OPS.endMarkedContent) open.pop();
    else if (fn === OPS.showText) {
      const text = (args[0] as Glyphs).map((glyph) => (typeof glyph === 'number' ? '' : glyph.unicode)).join('');
      const inside = open.at(-1);
      if (inside?.tag === 'Artifact') found.artifacts += `${text}\n`;
      else if (inside?.id) found.byId.set(inside.id, found.byId.get(inside.id) + text);
      else found.loose += text;
    }
  });
  return found;
}

async function readPage(page: Page): Promise<ReadPage> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const { byId, artifacts, loose } = texts(fnArray, argsArray);
  const names = argsArray.filter((_, i) => fnArray[i] === OPS.setFont).map((args) => args[0]);
  const fonts = [...new Set(names)].map((name) => page.commonObjs.get(name) as { name: string; missingFile?: boolean });
  const tree = elementOf((await page.getStructTree()) as Node, byId);
  if (tree === null) throw new Error('A page without structure');
  return {
    tree,
    artifacts,
    loose,
    missingFonts: fonts.filter((font) => font.missingFile).map((font) => font.name),
    fonts: fonts.map((font) => font.name),
  };
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const loading = getDocument({ data: bytes.slice(), verbosity: VerbosityLevel.ERRORS, fontExtraProperties: true });
  const pdf = await loading.promise;
  const { info, metadata } = await pdf.getMetadata();
  const pages: ReadPage[] = [];
  for (let n = 1; n <= pdf.numPages; n++) pages.push(await readPage(await pdf.getPage(n)));
  const bookmarks = ((await pdf.getOutline()) ?? []).map(({ title }) => title);
  const marked = ((await pdf.getMarkInfo()) as Map<string, boolean> | null)?.get('Marked') === true;
  await loading.destroy();
  return { info: info as Record<string, unknown>, xmp: metadata?.getRaw() ?? '', marked, pages, bookmarks };
}

/** Every element with this role, in reading order. */
export function all(element: ReadElement, role: string): ReadElement[] {
  const below = element.children.flatMap((child) => all(child, role));
  return element.role === role ? [element, ...below] : below;
}

/** The cells of every row of the table's body, over all pages. */
export function bodyRows(pdf: ReadPdf): string[][] {
  return pdf.pages
    .flatMap((page) => all(page.tree, 'TBody'))
    .flatMap((body) => all(body, 'TR'))
    .map((row) => row.children.map((cell) => cell.text));
}
