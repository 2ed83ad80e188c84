import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';

/**
 * The two faces of an overview (Source Sans 3, all Latin letters, tabular figures), parsed once per thread and shared
 * by all its documents. A built-in PDF font would silently spoil ř, ł and ş.
 */
export interface Face {
  /** What pdfkit draws with. */
  font: Font;
  /** Width in points at a size in points. */
  width(text: string, size: number): number;
}

const MAX_REMEMBERED = 20_000;
/** A name or an address is searched for and copied letter by letter: ﬀ drawn as one glyph would come out as one character. */
const NO_LIGATURES = { liga: false, clig: false, dlig: false };
const path = createRequire(import.meta.url).resolve;

/**
 * A view of the font that remembers how a word was shaped, over documents. Every glyph is first asked for by its lowest
 * code point: fontkit remembers the text of a glyph from whoever asks first, and what a reader copies out of one
 * document may not depend on the documents printed before it.
 */
function open(file: string): Face {
  const parsed = openSync(path(`@expo-google-fonts/source-sans-3/${file}`));
  if (!('layout' in parsed)) throw new Error(`${file} holds more than one font`);
  // pdfkit scales the positions it is given to 1,000 units in place; shared ones stay right only if that changes nothing
  if (parsed.unitsPerEm !== 1000) throw new Error(`${file} is not drawn on 1,000 units`);
  for (const codePoint of [...parsed.characterSet].sort((a, b) => a - b)) parsed.glyphForCodePoint(codePoint);
  const runs = new Map<string, ReturnType<Font['layout']>>();
  const shape = (text: string) => {
    let run = runs.get(text);
    if (run === undefined) {
      if (runs.size >= MAX_REMEMBERED) runs.clear();
      run = parsed.layout(text, NO_LIGATURES);
      runs.set(text, run);
    }
    return run;
  };
  const font: Font = Object.create(parsed, { layout: { value: shape } });
  return { font, width: (text, size) => (shape(text).advanceWidth * size) / 1000 };
}

export const regular: Face = open('400Regular/SourceSans3_400Regular.ttf');
export const strong: Face = open('600SemiBold/SourceSans3_600SemiBold.ttf');

/**
 * Text as the font can print it: composed letters, plain spaces, ligature characters taken apart, no control
 * characters. A character outside the font becomes □, so that a reader sees that something stood there.
 */
export function printable(text: string): string {
  let out = '';
  for (const character of text.normalize('NFC').replace(/[ﬀ-ﬆ]/g, (ligature) => ligature.normalize('NFKC'))) {
    const codePoint = character.codePointAt(0) as number;
    if (/\s/u.test(character)) out += ' ';
    else if (/[\p{Cc}\p{Cf}]/u.test(character)) continue;
    else out += regular.font.hasGlyphForCodePoint(codePoint) ? character : '□';
  }
  return out.replace(/ +/g, ' ').trim();
}
