import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import { companyName, typeName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { story } from '../relations/timeline.pages.ts';
import { dayRange, fullDay, hour, mediumDay } from '../web/dates.ts';
import { type Lang, type Part, say, words } from '../web/language.ts';
import { listOf } from './document.list.ts';
import type { OverviewSpelling, OverviewWords, Section, TableSection } from './document.ts';
import type { SectionName } from './overview.ts';
import { calendarOf } from './picture.pages.ts';

/** What stands in an overview, section by section. A document that is kept always names the year. */

/** A day that no moment shares its year with. */
const NO_DAY = '0000-01-01';
const textOf = (parts: Part[]) => parts.map(({ text }) => text).join('');

/** A document's way to write an instant: 'maandag 23 november 2026 om 18.03 uur'. */
export function writtenInstant(lang: Lang, instant: string): string {
  const day = fullDay(lang, dayOfInstant(instant));
  return say(lang, 'dates.moment', { day, hour: hour(lang, hourOfInstant(instant)) });
}

export function sectionsOf(
  lang: Lang,
  names: readonly SectionName[],
  found: WorkRelation[],
  list: { words: OverviewWords; spelling: OverviewSpelling },
): Section[] {
  const make: Record<SectionName, () => Section> = {
    summary: () => summaryOf(lang, found),
    list: () => listOf(found, list.words, list.spelling),
    calendar: () => calendarOf(lang, found),
    timeline: () => timelineOf(lang, found),
  };
  return names.map((name) => make[name]());
}

/** One row an agency, by the number of relations, and one for all of them. */
export function summaryOf(lang: Lang, found: WorkRelation[]): TableSection {
  const w = words(lang, 'parts').summary;
  const { onTime, late, unknown, cancelled } = words(lang, 'verdict');
  const groups = Map.groupBy(found, ({ agencyName, agencyNumber }) => companyName(lang, agencyName, agencyNumber));
  const rows = [...groups].sort(([, a], [, b]) => b.length - a.length).map(([name, of]) => summaryRow(lang, name, of));
  if (groups.size > 1) rows.push(summaryRow(lang, w.all, found));
  return {
    kind: 'table',
    heading: w.heading,
    columns: [w.agency, w.relations, onTime, late, unknown, cancelled, w.first, w.last],
    shares: [26, 11, 9, 9, 10, 11, 15, 15],
    rows,
    none: words(lang, 'parts').none,
  };
}

/** A cancelled relation counts as cancelled and not by its verdict, as in the list. */
function summaryRow(lang: Lang, name: string, of: WorkRelation[]): string[] {
  const live = of.filter(({ cancelled }) => !cancelled);
  const verdicts = (['onTime', 'late', 'unknown'] as const).map((one) =>
    String(live.filter(({ verdict }) => verdict === one).length),
  );
  const first = of.reduce((day, { startDate }) => (startDate < day ? startDate : day), '9999-12-31');
  const last = of.reduce(
    (day, { startDate, endDate }) => ((endDate ?? startDate) > day ? (endDate ?? startDate) : day),
    '',
  );
  return [
    name,
    String(of.length),
    ...verdicts,
    String(of.length - live.length),
    mediumDay(lang, first),
    mediumDay(lang, last),
  ];
}

/** Every accepted declaration in a row: who sent what when, and what it changed. */
export function timelineOf(lang: Lang, found: WorkRelation[]): TableSection {
  const w = words(lang, 'parts').timeline;
  const rows = found.flatMap((relation) => {
    const company = companyName(lang, relation.userCompanyName, relation.userNumber);
    const about = relation.userKey === null ? typeName(lang, relation.workerType) : company;
    const period = dayRange(lang, relation.startDate, relation.endDate);
    return story(lang, relation, NO_DAY).map(({ when, what, lines }) => {
      return [`${about}, ${period}`, when, textOf(what), lines.join(' ')];
    });
  });
  return {
    kind: 'table',
    heading: w.heading,
    columns: [w.relation, w.received, w.what, w.changes],
    shares: [27, 20, 22, 31],
    rows,
    none: words(lang, 'parts').none,
  };
}
