import { type Lang, say, words } from '../web/language.ts';
import { MOST_NAMESAKES } from './declarations.ts';
import { tableMoment } from './words.pages.ts';

type Value = string | string[] | undefined;

/** What the address tells of a press or a search just before. */
export interface Told {
  /** How many were ticked off, and how many were taken back. */
  done: Value;
  undone: Value;
  /** Declarations that somebody had ticked off already, and how many more of those. */
  had: Value;
  hadMore: Value;
  search: Value;
}

/** '25 nagekeken. 1 was al nagekeken door Jan Peeters (ma 23 nov, 10.42).', or null when nothing was done. */
export function saidOf(lang: Lang, told: Told, first: { by: string; at: string }[], today: string): string | null {
  const done = number(told.done);
  const undone = number(told.undone);
  const more = number(told.hadMore) ?? 0;
  if (told.search === 'none' || told.search === 'unread') return words(lang, 'deskSearch')[told.search];
  if (told.search === 'many') return say(lang, 'deskSearch.many', { n: MOST_NAMESAKES });
  if (undone !== null) return say(lang, 'desk.undone', { n: undone });
  if (done === null) return null;
  const by = new Map<string, number>();
  for (const { by: name, at } of first) {
    const who = `${name} (${tableMoment(lang, at, today)})`;
    by.set(who, (by.get(who) ?? 0) + 1);
  }
  return [
    say(lang, 'desk.done', { n: done }),
    ...[...by].map(([name, n]) => say(lang, 'desk.had', { n, name })),
    ...(more > 0 ? [say(lang, 'desk.hadMore', { n: more })] : []),
  ].join(' ');
}

function number(value: Value): number | null {
  return typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : null;
}
