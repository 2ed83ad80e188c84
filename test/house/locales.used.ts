import { flatten } from '../../src/web/templates.ts';
import { filesUnder, importsOf, textOf, withoutComments } from './sources.ts';

interface Place {
  /** The file, and every template filled by it or by who imports it. */
  text: string;
  /** Sections of messages that the file is handed whole; all those it names, when it takes them by a computed name. */
  sections: (name: string) => boolean;
}

const FILES = filesUnder('src', '.ts');
const VIEWS = new Map(filesUnder('views', '.eta').map((view) => [view, flatten(textOf(view))]));
const CODE = new Map(FILES.map((file) => [file, withoutComments(textOf(file))]));
const ALL = [...CODE.values()].join('\n');

/**
 * Which messages no page can show. A message is used when a file
 * - names it in full, `say(lang, 'list.title')`, or begins its name and ends it with a code, `` `types.${code}` ``;
 * - is handed its section, `words(lang, 'list')`, and then it, or a template it fills, reads the message: `it.w.via`, `w.none.title`;
 *   a group of messages that is handed on whole, `w.none`, is used whole;
 * - reads it with a code, `words(lang, 'verdict')[mark]`, where the code is a word of ours: it stands between quotes somewhere.
 */
export function unusedOf(keys: string[]): string[] {
  const named = new Set([...ALL.matchAll(/['"`]([\w.-]+\.[\w.-]+)['"`]/g)].map((found) => found[1]));
  const begun = [...ALL.matchAll(/`((?:[\w-]+\.)+[\w-]*)\$\{/g)].map((found) => found[1] ?? '');
  const places = FILES.flatMap(placeOf);
  return keys.filter((key) => {
    if (named.has(key) || begun.some((start) => key.startsWith(start))) return false;
    const [section = '', ...names] = key.split('.');
    return !places.some((place) => place.sections(section) && reads(place.text, names));
  });
}

function placeOf(file: string): Place[] {
  const code = CODE.get(file) ?? '';
  const handed = [...code.matchAll(/\bwords\([\w.]+,\s*(?:'(\w+)'|\w+)\)/g)].map((found) => found[1]);
  if (handed.length === 0) return [];
  const takesAny = handed.includes(undefined);
  const sections = (name: string) => handed.includes(name) || (takesAny && isQuoted(code, name));
  const fillers = [file, ...FILES.filter((other) => importsOf(other).some(({ target }) => target === file))];
  return [{ text: [code, ...fillers.map(templatesOf)].join('\n'), sections }];
}

/** The templates that a file names as its views, flattened; the layout for who makes the hall's words. */
function templatesOf(file: string): string {
  const code = CODE.get(file) ?? '';
  const views = [...VIEWS.keys()].filter((view) => isQuoted(code, view.slice('views/'.length, -'.eta'.length)));
  const layout = code.includes("words(lang, 'hall')") ? ['views/layout.eta'] : [];
  return [...views, ...layout].map((view) => VIEWS.get(view)).join('\n');
}

const isQuoted = (text: string, word: string) => text.includes(`'${word}'`);

function reads(text: string, names: string[]): boolean {
  const [first = '', ...rest] = names;
  const inTurn = new RegExp(`\\.${names.join('\\??\\.')}\\b`);
  if (inTurn.test(text)) return true;
  const unpacked = new RegExp(`\\{[^{}]*\\b${first}\\b[^{}]*\\} = (words\\(|w\\b)`);
  const handedOn = new RegExp(`\\.${first}\\b(?!\\??\\.|\\()`);
  if (rest.length === 0 ? unpacked.test(text) : handedOn.test(text)) return true;
  const isByCode = /\bwords\([\w.]+,\s*'?\w+'?\)\[|\b(\w+) = words\([\w.]+,\s*'?\w+'?\)[\s\S]*\b\1\[/.test(text);
  return isByCode && (isQuoted(ALL, first) || new RegExp(`\\b${first}: `).test(text));
}
