import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The code as text, for guards that read it instead of running it. Paths are relative to the repository, with forward slashes. */

export const ROOT = path.join(import.meta.dirname, '../..');

export interface Import {
  /** Path of our own file, or name of a package or Node module. */
  target: string;
  isOwn: boolean;
  /** Gone when it runs: `import type`. */
  isTypeOnly: boolean;
  /** A worker thread or a script of its own, started by its address. */
  isStarted: boolean;
}

/** Every file below a folder of the repository whose name ends in one of `endings`. */
export function filesUnder(folder: string, ...endings: string[]): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The text without comments; strings that hold `//` or a comment's opening survive. */
export function withoutComments(text: string): string {
  const token = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<![:\\\w/)\]])\/\/.*/g;
  return text.replace(token, (found) => (found.startsWith('/') ? ' ' : found));
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;]*?from\s*)?'([^']+)'/gm;
const LATER = /\bimport\(\s*'([^']+)'\s*\)/g;
const STARTED = /new URL\(\s*'(\.[^']+\.[jt]s)',\s*import\.meta\.url\s*\)/g;

const IMPORTS = new Map<string, Import[]>();

/** What a source file imports: statically, later, or as a thread of its own. Read once: guards ask it of every file for every file. */
export function importsOf(file: string): Import[] {
  const known = IMPORTS.get(file) ?? readImports(file);
  IMPORTS.set(file, known);
  return known;
}

function readImports(file: string): Import[] {
  const text = withoutComments(textOf(file));
  const found = (pattern: RegExp, at: number) =>
    [...text.matchAll(pattern)].map((match) => ({ match, name: match[at] ?? '' }));
  const one = (name: string, isTypeOnly: boolean, isStarted: boolean) => ({
    ...resolved(file, name),
    isTypeOnly,
    isStarted,
  });
  return [
    ...found(STATEMENT, 2).map(({ match, name }) => one(name, match[1] !== undefined, false)),
    ...found(LATER, 1).map(({ name }) => one(name, false, false)),
    ...found(STARTED, 1).map(({ name }) => one(name, false, true)),
  ];
}

function resolved(file: string, name: string): { target: string; isOwn: boolean } {
  const isOwn = name.startsWith('.');
  return { target: isOwn ? path.posix.join(path.posix.dirname(file), name) : name, isOwn };
}
