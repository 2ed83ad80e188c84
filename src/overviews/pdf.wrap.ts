import { type Face, printable, strong } from './pdf.font.ts';

const MAX_LINES = 8;

/** Adds up characters instead of shaping every beginning of the word; kerning only ever takes a hair. */
function breakWord(word: string, face: Face, size: number, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let room = width;
  for (const character of word) {
    const needed = face.width(character, size);
    if (piece !== '' && needed > room) {
      pieces.push(piece);
      piece = '';
      room = width;
    }
    piece += character;
    room -= needed;
  }
  pieces.push(piece);
  return pieces;
}

/**
 * Lines of `text` that fit `width`: broken between words, inside a word only when it fits no line by itself. A line that
 * ends between words keeps its space, or a screen reader would read two words as one. More than `most` end in "…".
 */
export function wrap(text: string, face: Face, size: number, width: number, most = MAX_LINES): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (face.width(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(`${line} `);
    const pieces = breakWord(word, face, size, width);
    line = pieces.pop() as string;
    lines.push(...pieces);
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${(lines[most - 1] as string).slice(0, -2)}…`];
}

/** Names, dates and words come back row after row: each is broken into lines once a document. */
export function rememberedWrap(): typeof wrap {
  const known = new Map<string, string[]>();
  return (text, face, size, width) => {
    const key = `${face === strong ? 's' : 'r'}${size} ${width} ${text}`;
    let lines = known.get(key);
    if (lines === undefined) {
      lines = wrap(text, face, size, width);
      known.set(key, lines);
    }
    return lines;
  };
}
