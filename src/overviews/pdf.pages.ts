import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import { describe, namesFrom } from '../relations/filter.pages.ts';
import type { Filter } from '../relations/filter.ts';
import type { Facet } from '../relations/found.ts';
import { typeName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { dayRange, fullDay, hour, hourRange } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import type { OverviewSpelling, OverviewWords } from './document.ts';

/** How an overview of these relations is worded in a language, and its filter as a sentence. */
export function overviewWords(
  lang: Lang,
  filter: Filter,
  found: WorkRelation[],
  today: string,
): { words: OverviewWords; spelling: OverviewSpelling; selection: string } {
  const printed = words(lang, 'overview').pdf as unknown as OverviewWords;
  const patterns = {
    count: say(lang, 'overview.pdf.count', { count: found.length }),
    fileTitle: say(lang, 'overview.pdf.fileTitle', { name: '{name}' }),
    planned: say(lang, 'overview.pdf.planned', { hours: '{hours}' }),
    reference: say(lang, 'overview.pdf.reference', { reference: '{reference}' }),
    page: say(lang, 'overview.pdf.page', { page: '{page}', pages: '{pages}' }),
  };
  const facets = {
    type: [],
    agency: facet(found, (relation) => [relation.agencyNumber, relation.agencyName]),
    user: facet(found, (relation) => [relation.userKey, relation.userCompanyName]),
    verdict: [],
  };
  return {
    words: { ...Object.fromEntries(plainKeys(printed)), ...patterns } as OverviewWords,
    spelling: {
      period: (start, end) => dayRange(lang, start, end),
      hours: (start, end) => hourRange(lang, start, end),
      // a document that is kept always names the year
      instant: (instant) =>
        say(lang, 'dates.moment', {
          day: fullDay(lang, dayOfInstant(instant)),
          hour: hour(lang, hourOfInstant(instant)),
        }),
      typeName: (code) => typeName(lang, code),
    },
    selection: describe(filter, lang, {
      today,
      total: found.length,
      names: namesFrom(facets),
      agencies: facets.agency.length,
    }),
  };
}

/** Messages with values throw when read as words: those are filled above. */
function plainKeys(section: OverviewWords): [string, string][] {
  return Object.keys(section).map((key) => [key, section[key as keyof OverviewWords]]);
}

function facet(found: WorkRelation[], of: (relation: WorkRelation) => [string | null, string | null]): Facet[] {
  const labels = new Map(found.map(of).flatMap(([value, label]) => (value === null ? [] : [[value, label] as const])));
  return [...labels].map(([value, label]) => ({ value, label, count: 0 }));
}
