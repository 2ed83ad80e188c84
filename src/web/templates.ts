import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Eta } from 'eta';

/** Folder of the templates; one is named by its path in here, without ending. */
export const VIEWS_FOLDER = path.join(import.meta.dirname, '../../views');

/**
 * Eta whose templates are flattened when first read: the layout and every part stand in one function, so that a page costs one call and
 * no look-ups. `layout('/layout')` on the first line and `include('/parts/x', it)` are resolved textually; nothing else is included.
 */
export class FlatTemplates extends Eta {
  constructor() {
    super({ views: VIEWS_FOLDER, cache: true, autoTrim: [false, 'nl'], useWith: false, debug: false });
  }

  override readFile = (file: string): string => flatten(readFileSync(file, 'utf8'));
}

export function flatten(source: string): string {
  const wrapped = source.match(/^<%\s*layout\('([^']+)'\)\s*%>\n?/);
  const body = withParts(wrapped ? source.slice(wrapped[0].length) : source);
  if (!wrapped?.[1]) return body;
  return withParts(read(wrapped[1])).replace(/<%~\s*it\.body\s*%>/, () => body);
}

function withParts(source: string): string {
  return source.replace(/<%~\s*include\('([^']+)',\s*it\)\s*%>/g, (_, name: string) => withParts(read(name)));
}

function read(name: string): string {
  return readFileSync(path.join(VIEWS_FOLDER, `${name}.eta`), 'utf8');
}
