import type { Lang } from './language.ts';

/** The same page in another language. `url` is the path and query of the page. */
export function inLanguage(url: string, lang: Lang): string {
  const { path, fields } = partsOf(url);
  fields.set('lang', lang);
  return `${path}?${fields}`;
}

/** The same page without a choice of language. */
export function withoutLanguage(url: string): string {
  const { path, fields } = partsOf(url);
  fields.delete('lang');
  return fields.size === 0 ? path : `${path}?${fields}`;
}

/** An address that begins with two slashes, or a backslash, would lead to another host. */
function partsOf(url: string): { path: string; fields: URLSearchParams } {
  const at = url.indexOf('?');
  const [path, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  return { path: `/${path.replace(/^[/\\]+/, '')}`, fields: new URLSearchParams(query) };
}
