import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { calendarText } from '../../src/feeds/calendar.pages.ts';
import type { WorkRelation } from '../../src/relations/relation.ts';
import { LANGS } from '../../src/web/language.ts';
import { declared, hotelAstrid, workRelation } from '../samples.relations.ts';

const ORIGIN = 'https://interim.example.org';

interface Read {
  uid: string;
  sequence: number;
  status: string;
  summary: string;
  description: string;
  start: string;
  end: string;
  isDay: boolean;
  stamp: string;
  modified: string;
}

/** The events as a calendar program reads them, by UID. */
function read(text: string): Map<string, Read> {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const told = (name: string) => String(component.getFirstPropertyValue(name) ?? '');
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: told('status'),
      summary: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      isDay: event.startDate.isDate,
      stamp: told('dtstamp'),
      modified: told('last-modified'),
    };
  });
  return new Map(events.map((event) => [event.uid, event]));
}

const only = (relation: WorkRelation) => [...read(calendarText('en', [relation], ORIGIN)).values()][0] as Read;

describe('an event', () => {
  test('of whole days ends on the day after the last', () => {
    const event = only(workRelation({ startDate: '2026-11-23', endDate: '2026-11-27' }));
    expect([event.isDay, event.start, event.end]).toEqual([true, '2026-11-23', '2026-11-28']);
    expect(event).toMatchObject({ summary: 'Brouwerij De Zwaan', status: 'CONFIRMED' });
    expect(event.description).toContain('Through Tempo Interim');
    expect(event.description).toContain('On time');
    expect(event.description).toContain('not a contract');
  });

  test('with hours stands on the Belgian clock, in summer and in winter', () => {
    const hours = { startHour: '1700', endHour: '2130' };
    for (const [day, utc] of [
      ['2026-11-23', '2026-11-23T16:00:00.000Z'],
      ['2026-07-01', '2026-07-01T15:00:00.000Z'],
    ] as const) {
      const relation = hotelAstrid({ ...hours, startDate: day, endDate: day });
      const event = only(relation);
      expect([event.start, event.end, event.isDay]).toEqual([`${day}T17:00:00`, `${day}T21:30:00`, false]);
      const component = new ICAL.Component(ICAL.parse(calendarText('nl', [relation], ORIGIN)));
      ICAL.TimezoneService.register(new ICAL.Timezone(component.getFirstSubcomponent('vtimezone') as ICAL.Component));
      const start = new ICAL.Event(component.getFirstSubcomponent('vevent') as ICAL.Component).startDate;
      expect(start.toJSDate().toISOString()).toBe(utc);
    }
  });

  test('is of whole days where an hour is missing', () => {
    expect(only(hotelAstrid({ startHour: '1700', endHour: null })).isDay).toBe(true);
  });
});

describe('a subscription', () => {
  const first = workRelation({ timeline: [declared()] });
  const moved = workRelation({
    startDate: '2026-11-24',
    timeline: [declared(), declared({ kind: 'UPDATE', declarationId: '2', receivedAt: '2026-11-22T19:00:00Z' })],
  });
  const cancelled = workRelation({
    ...moved,
    cancelled: true,
    timeline: [...moved.timeline, declared({ kind: 'CANCEL', declarationId: '3', receivedAt: '2026-11-22T20:00:00Z' })],
  });

  test('keeps its event when the relation changes, moves and is cancelled', () => {
    const events = [first, moved, cancelled].map(only);
    expect(new Set(events.map(({ uid }) => uid))).toEqual(new Set(['656309292174@interim-at-work']));
    expect(events.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    expect(events.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    expect(events.map(({ modified }) => modified)).toEqual([
      '2026-11-22T17:03:11Z',
      '2026-11-22T19:00:00Z',
      '2026-11-22T20:00:00Z',
    ]);
    expect(events[1]?.start).toBe('2026-11-24');
    expect(events[2]?.summary).toBe('Cancelled: Brouwerij De Zwaan');
  });

  test('is the same text as long as nothing changed', () => {
    expect(calendarText('fr', [first, cancelled], ORIGIN)).toBe(calendarText('fr', [first, cancelled], ORIGIN));
  });
});

describe.each(LANGS)('the calendar in %s', (lang) => {
  const many = Array.from({ length: 30 }, (_, i) =>
    hotelAstrid({
      periodId: String(656309310000 + i),
      userCompanyName: `Ünïcode, "quoted"; \\ ${'long '.repeat(30)}\n${i}`,
      timeline: i % 2 ? [] : [declared({ receivedAt: null })],
    }),
  );
  const text = calendarText(lang, many, ORIGIN);

  test('is RFC 5545: lines end in CRLF and are folded at 75 bytes, every event is read back', () => {
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(read(text).size).toBe(30);
  });

  test('holds no name of the worker and no number of a person', () => {
    expect(text).not.toMatch(/(?<!\d)\d{11}(?!\d)/);
  });

  test('without relations is a calendar without events', () => {
    expect(read(calendarText(lang, [], ORIGIN)).size).toBe(0);
  });
});
