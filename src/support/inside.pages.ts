import { hourOfInstant } from '../platform/calendar-days.ts';
import { hour } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Lookup } from './support.ts';

/** What a worker does in other rooms of his own: an agent looks, and does none of it. */
const HIS_ACTS = /^\/(access|deliveries|feeds|keys|notices|overviews|reports|shifts)(?=$|[/?#])/;
const HIS_PAGES = /^\/(relations(?=$|[/?#])|reports(\/(?!(new|drafts)$)[\w-]+)?(?=$|[?#]))/;

/**
 * A page of the worker as it stands inside a look-up: what led to one of those pages leads to the same page inside it, and what led to an act
 * of his own leads nowhere: the address is null, and a link that is nothing else is null itself. Words stay.
 */
export function inside<T>(model: T, id: string): T {
  if (typeof model === 'string') return ledInside(model, id) as T;
  if (typeof model !== 'object' || model === null || Object.isFrozen(model)) return model;
  if (Array.isArray(model)) return model.map((one) => inside(one, id)) as T;
  const isBareLink = 'href' in model && isAct(String(model.href)) && !('strong' in model);
  if (isBareLink) return null as T;
  return Object.fromEntries(Object.entries(model).map(([key, value]) => [key, inside(value, id)])) as T;
}

const isAct = (text: string) => HIS_ACTS.test(text) && !HIS_PAGES.test(text);

function ledInside(text: string, id: string): string | null {
  if (text === paths.HOME) return paths.lookup(id);
  if (isAct(text)) return null;
  return HIS_PAGES.test(text) ? paths.lookup(id) + text : text;
}

/** The bar over every page of a look-up. `path` is the page's own. */
export function lookingBar(lang: Lang, lookup: Lookup, path: string) {
  const w = words(lang, 'support');
  const home = paths.lookup(lookup.id);
  const ways = [
    { href: home, label: w.ways.home, current: path === home },
    { href: home + paths.LIST, label: w.ways.list, current: false },
    { href: home + paths.CALENDAR, label: w.ways.calendar, current: false },
    { href: home + paths.REPORTS, label: w.ways.reports, current: false },
    { href: paths.lookup(lookup.id, 'help'), label: w.ways.help, current: false },
  ];
  const isCalendar = path.startsWith(home + paths.CALENDAR);
  return {
    label: w.bar,
    whom: say(lang, 'support.whom', { name: lookup.name ?? w.nameless }),
    why: say(lang, 'support.why', { reason: say(lang, `support.reason.${lookup.reason}`), number: lookup.caseNumber }),
    until: say(lang, 'support.until', { hour: hour(lang, hourOfInstant(lookup.endsAt)) }),
    ways: ways.map((way, i) => ({
      ...way,
      current: way.current || (i > 0 && path.startsWith(way.href) && (i !== 1 || !isCalendar)),
    })),
    close: { action: paths.lookup(lookup.id, 'closures'), label: w.close },
  };
}
