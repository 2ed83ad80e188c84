import { deflateSync } from 'node:zlib';
import type { ListSection, OverviewDocument, OverviewRow } from '../../src/overviews/document.ts';
import { FACES, fontObject, Objects } from './bare-objects.ts';

/**
 * The limit that the overview's PDF is measured against: the same page written as bytes by hand. Tagged, one embedded
 * subset a face (made once, when this file is loaded), rows laid in the same columns; no library between it and the file.
 */

const COLUMNS = [
  [42, 127],
  [181, 82],
  [275, 128],
  [415, 162],
  [589, 99],
  [702, 97],
] as const;
const SIZE = 9.5;
const LEADING = 12.5;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += FACES[0].advance.get(character) ?? 500;
  return (width * SIZE) / 1000;
}

function wrap(text: string, width: number): string[] {
  if (widthOf(text) <= width) return text === '' ? [] : [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(`${line} ${word}`) > width) {
      lines.push(`${line} `);
      line = '';
    }
    let piece = line === '' ? '' : `${line} `;
    for (const character of word) {
      if (piece !== '' && widthOf(piece + character) > width) {
        lines.push(piece);
        piece = '';
      }
      piece += character;
    }
    line = piece;
  }
  return [...lines, line];
}

/** One page being written: its operators, and the elements that own its marked contents. */
class BarePage {
  operators = '';
  readonly owners: number[] = [];
  readonly objects: Objects;
  readonly number: number;
  constructor(objects: Objects) {
    this.objects = objects;
    this.number = objects.reserve();
  }
  show(text: string, x: number, y: number, size: number, face: 0 | 1): void {
    let hex = '';
    for (const character of text) hex += FACES[face].hex.get(character) ?? '0000';
    this.operators += `BT /F${face} ${size} Tf ${x} ${(595.28 - y).toFixed(2)} Td <${hex}> Tj ET\n`;
  }
  tag(role: string, parent: number, draw: () => void, more = ''): number {
    const mcid = this.owners.length;
    this.operators += `/${role} <</MCID ${mcid}>> BDC\n`;
    draw();
    this.operators += 'EMC\n';
    const element = this.objects.add(`<</S/${role}/P ${parent} 0 R/Pg ${this.number} 0 R/K[${mcid}]${more}>>`);
    this.owners.push(element);
    return element;
  }
  artifact(draw: () => void): void {
    this.operators += '/Artifact BMC\n';
    draw();
    this.operators += 'EMC\n';
  }
  rule(y: number): void {
    this.operators += `42 ${(595.28 - y).toFixed(2)} m 799.89 ${(595.28 - y).toFixed(2)} l S\n`;
  }
}

function drawRow(page: BarePage, body: number, row: OverviewRow, cells: string[][], y: number): number {
  const tr = page.objects.reserve();
  const kids = cells.map((lines, i) => {
    const x = (COLUMNS[i] as readonly [number, number])[0] + (i === 5 ? 13 : 0);
    return page.tag('TD', tr, () => {
      lines.forEach((line, n) => {
        page.show(line, x, y + 14 + n * LEADING, SIZE, i === 5 ? 1 : 0);
      });
      if (i === 5)
        row.notes.forEach((note, n) => {
          page.show(note, x, y + 27 + n * 10, 8, 0);
        });
    });
  });
  page.objects.put(tr, `<</S/TR/P ${body} 0 R/K[${kids.map((kid) => `${kid} 0 R`).join(' ')}]>>`);
  return tr;
}

const references = (numbers: number[]) => numbers.map((number) => `${number} 0 R`).join(' ');
const utf16 = (text: string) => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

/** The document as tagged PDF 1.7 bytes. Trusts its input: it is a yardstick, not a product. */
export function barePdf(document: OverviewDocument): Buffer {
  const objects = new Objects();
  const [catalog, treeRoot, root, table, head, body, pagesNode] = Array.from({ length: 7 }, objects.reserve) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fonts = FACES.map((face) => fontObject(objects, face));
  const pages: BarePage[] = [];
  const newPage = () => {
    const page = new BarePage(objects);
    pages.push(page);
    return page;
  };
  let page = newPage();
  const top = [page.tag('H1', root, () => page.show(document.title, 42, 86, 22, 1))];
  document.facts.forEach((fact, i) => {
    const y = 112 + 16 * i;
    top.push(page.tag('P', root, () => page.show(`${fact.label} ${fact.value}`, 42, y, SIZE, 0)));
  });
  const rows: number[] = [];
  const section = document.sections[0] as ListSection;
  let y = 228;
  const tr = objects.reserve();
  const heads = section.columns.map((word, i) =>
    page.tag('TH', tr, () => page.show(word, COLUMNS[i]?.[0] ?? 0, y - 9, 8.5, 1), '/A<</O/Table/Scope/Column>>'),
  );
  objects.put(tr, `<</S/TR/P ${head} 0 R/K[${references(heads)}]>>`);
  for (const row of section.rows) {
    const cells = [...row.cells, row.verdictWord].map((cell, i) => wrap(cell, COLUMNS[i]?.[1] ?? 0));
    const height = Math.max(...cells.map((lines) => lines.length), 1) * LEADING + row.notes.length * 10 + 10;
    if (y + height > 531) {
      page = newPage();
      y = 84;
      page.artifact(() => {
        for (const [i, word] of section.columns.entries()) page.show(word, COLUMNS[i]?.[0] ?? 0, 75, 8.5, 1);
      });
    }
    rows.push(drawRow(page, body, row, cells, y));
    y += height;
    page.artifact(() => page.rule(y));
  }
  const foot = page.tag('P', root, () => page.show(document.disclaimer, 42, 555, 8, 0));
  objects.put(head, `<</S/THead/P ${table} 0 R/K[${tr} 0 R]>>`);
  objects.put(body, `<</S/TBody/P ${table} 0 R/K[${references(rows)}]>>`);
  objects.put(table, `<</S/Table/P ${root} 0 R/K[${head} 0 R ${body} 0 R]>>`);
  objects.put(root, `<</S/Document/P ${treeRoot} 0 R/K[${references([...top, table, foot])}]>>`);
  pages.forEach((each, i) => {
    const label = document.pagePattern.replace('{page}', String(i + 1)).replace('{pages}', String(pages.length));
    each.artifact(() => each.show(label, 730, 555, 8, 0));
    const content = objects.stream(deflateSync(Buffer.from(each.operators, 'latin1')), '/Filter/FlateDecode');
    const resources = `<</Font<</F0 ${fonts[0]} 0 R/F1 ${fonts[1]} 0 R>>>>`;
    objects.put(
      each.number,
      `<</Type/Page/Parent ${pagesNode} 0 R/MediaBox[0 0 841.89 595.28]/Contents ${content} 0 R/Resources ${resources}/StructParents ${i}/Tabs/S>>`,
    );
  });
  objects.put(pagesNode, `<</Type/Pages/Count ${pages.length}/Kids[${references(pages.map((each) => each.number))}]>>`);
  const parents = pages.map((each, i) => `${i} [${references(each.owners)}]`).join('\n');
  objects.put(treeRoot, `<</Type/StructTreeRoot/K[${root} 0 R]/ParentTree<</Nums[${parents}]>>>>`);
  objects.put(
    catalog,
    `<</Type/Catalog/Pages ${pagesNode} 0 R/MarkInfo<</Marked true>>/Lang(${document.lang})/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot ${treeRoot} 0 R>>`,
  );
  const info = objects.add(`<</Title ${utf16(document.fileTitle)}>>`);
  return objects.file(catalog, info);
}
