import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import { type Font, openSync } from 'fontkit';

/** The bytes below the bare writer: numbered objects, and the two faces subset once, when this file is loaded. */

const path = createRequire(import.meta.url).resolve;

interface BareFace {
  file: Buffer;
  hex: Map<string, string>;
  advance: Map<string, number>;
  widths: string;
  toUnicode: string;
  name: string;
}

function prepare(file: string, name: string): BareFace {
  const font = openSync(path(`@expo-google-fonts/source-sans-3/${file}`)) as Font;
  const subset = font.createSubset();
  const face: BareFace = { file: Buffer.alloc(0), hex: new Map(), advance: new Map(), widths: '', toUnicode: '', name };
  const codePoints = font.characterSet.filter((c) => (c >= 32 && c < 0x250) || (c >= 0x2010 && c <= 0x2026));
  const seen = new Set<number>();
  const pairs: string[] = [];
  for (const codePoint of codePoints) {
    const glyph = font.glyphForCodePoint(codePoint);
    const id = (subset.includeGlyph(glyph) as unknown as number).toString(16).padStart(4, '0');
    const character = String.fromCodePoint(codePoint);
    face.hex.set(character, id);
    face.advance.set(character, glyph.advanceWidth);
    const gid = Number.parseInt(id, 16);
    if (seen.has(gid)) continue;
    seen.add(gid);
    face.widths += `${gid} [${glyph.advanceWidth}] `;
    pairs.push(`<${id}> <${codePoint.toString(16).padStart(4, '0')}>`);
  }
  face.file = deflateSync((subset as unknown as { encode(): Uint8Array }).encode());
  for (let i = 0; i < pairs.length; i += 100) {
    const part = pairs.slice(i, i + 100);
    face.toUnicode += `${part.length} beginbfchar\n${part.join('\n')}\nendbfchar\n`;
  }
  return face;
}

export const FACES = [
  prepare('400Regular/SourceSans3_400Regular.ttf', 'AAAAAA+SourceSans3-Regular'),
  prepare('600SemiBold/SourceSans3_600SemiBold.ttf', 'AAAAAB+SourceSans3-SemiBold'),
] as const;

/** Objects, in order of number; each is written once, so offsets are known when the file is joined. */
export class Objects {
  readonly bodies: (Buffer | null)[] = [];
  reserve = (): number => this.bodies.push(null);
  put(number: number, body: string | Buffer): number {
    this.bodies[number - 1] = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
    return number;
  }
  add = (body: string | Buffer): number => this.put(this.reserve(), body);
  stream(data: Buffer, extra = ''): number {
    const head = Buffer.from(`<</Length ${data.length}${extra}>>\nstream\n`, 'latin1');
    return this.add(Buffer.concat([head, data, Buffer.from('\nendstream')]));
  }
  file(root: number, info: number): Buffer {
    const parts = [Buffer.from('%PDF-1.7\n%\xff\xff\xff\xff\n', 'latin1')];
    let offset = (parts[0] as Buffer).length;
    let table = `xref\n0 ${this.bodies.length + 1}\n0000000000 65535 f \n`;
    this.bodies.forEach((body, i) => {
      table += `${String(offset).padStart(10, '0')} 00000 n \n`;
      const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body as Buffer, Buffer.from('\nendobj\n')]);
      offset += part.length;
      parts.push(part);
    });
    table += `trailer\n<</Size ${this.bodies.length + 1}/Root ${root} 0 R/Info ${info} 0 R>>\nstartxref\n${offset}\n%%EOF\n`;
    return Buffer.concat([...parts, Buffer.from(table)]);
  }
}

export function fontObject(objects: Objects, face: BareFace): number {
  const file = objects.stream(face.file, '/Filter/FlateDecode');
  const descriptor = objects.add(
    `<</Type/FontDescriptor/FontName/${face.name}/Flags 4/FontBBox[-454 -293 2159 968]/ItalicAngle 0/Ascent 1024/Descent -400/CapHeight 660/StemV 0/FontFile2 ${file} 0 R>>`,
  );
  const descendant = objects.add(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${face.name}/CIDToGIDMap/Identity/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R/W[${face.widths}]>>`,
  );
  const cmap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName/Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n${face.toUnicode}endcmap end end`;
  const unicode = objects.stream(deflateSync(Buffer.from(cmap)), '/Filter/FlateDecode');
  return objects.add(
    `<</Type/Font/Subtype/Type0/BaseFont/${face.name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R>>`,
  );
}
