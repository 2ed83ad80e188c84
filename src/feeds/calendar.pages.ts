import ical, { type ICalEventData, ICalEventStatus } from 'ical-generator';
import { addDays } from '../platform/calendar-days.ts';
import { companyName, markOf, typeName, userName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { BelgianClock, timeZone, ZONE } from './belgian-clock.ts';

/**
 * A worker's relations as a calendar (RFC 5545). An event keeps its UID, the number of its period, whatever becomes of it;
 * every declaration raises its SEQUENCE; a cancelled one stays, as CANCELLED. No national number, and no name of the worker.
 */
export function calendarText(lang: Lang, relations: WorkRelation[], publicUrl: string): string {
  const w = words(lang, 'feeds');
  const calendar = ical({
    name: w.calendarName,
    prodId: { company: 'Interim@work', product: 'Feed', language: lang.toUpperCase() },
    timezone: { name: null, generator: timeZone },
    ttl: 6 * 3600,
    events: relations.map((relation) => eventOf(lang, relation, publicUrl)),
  });
  return `${calendar.toString()}\r\n`;
}

function eventOf(lang: Lang, relation: WorkRelation, publicUrl: string): ICalEventData {
  const { periodId, timeline, cancelled } = relation;
  const changedAt = lastChange(relation);
  const where = userName(lang, { ...relation, userName: relation.userCompanyName });
  const summary = cancelled ? say(lang, 'feeds.cancelled', { where }) : where;
  return {
    ...timesOf(relation),
    id: `${periodId}@interim-at-work`,
    sequence: Math.max(0, timeline.length - 1),
    stamp: changedAt,
    lastModified: changedAt,
    summary,
    description: descriptionOf(lang, relation),
    url: publicUrl + paths.relation(periodId),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
}

/** Of the last declaration; where no receipt is known, the beginning of the first day. */
function lastChange({ timeline, startDate }: WorkRelation): Date {
  const known = timeline.flatMap(({ receivedAt }) => receivedAt ?? []).sort();
  return new Date(known.at(-1) ?? `${startDate}T00:00:00Z`);
}

/** Hours where both are known, else whole days; the end of a whole day is the day after. An open end is a day long. */
function timesOf(relation: WorkRelation): Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'timezone'> {
  const { startDate, startHour, endHour } = relation;
  const endDate = relation.endDate ?? startDate;
  if (startHour === null || endHour === null)
    return {
      start: new Date(`${startDate}T00:00:00Z`),
      end: new Date(`${addDays(endDate, 1)}T00:00:00Z`),
      allDay: true,
      timezone: null,
    };
  return {
    start: new BelgianClock(startDate, startHour),
    end: new BelgianClock(endDate, endHour),
    timezone: ZONE,
  };
}

function descriptionOf(lang: Lang, relation: WorkRelation): string {
  const agency = companyName(lang, relation.agencyName, relation.agencyNumber);
  return [
    say(lang, 'feeds.by', { agency }),
    typeName(lang, relation.workerType),
    say(lang, 'feeds.declared', { verdict: words(lang, 'verdict')[markOf(relation)] }),
    words(lang, 'feeds').disclaimer,
  ].join('\n');
}
