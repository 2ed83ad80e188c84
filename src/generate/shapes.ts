import { mondayOf, quarterEnd, weekdayOf } from './days.ts';
import type { Random } from './random.ts';

/** When somebody works once: days (numbers), and hours where Dimona holds them. */
export interface Slot {
  start: number;
  end: number;
  startHour?: string;
  endHour?: string;
  plannedHours?: number;
}

/** A kind of temp job: what it is in Dimona, where it exists, how it lies in the week. */
export interface Shape {
  workerType: string;
  /** Joint committees of the users; undefined: any but building. */
  committees?: readonly string[];
  /** Days between two of them, about. */
  pace: number;
  /** A slot on or near a day. */
  place(day: number, random: Random): Slot;
}

const EVENINGS = ['1700-2130', '1730-2200', '1800-2300', '1700-2200', '1100-1500', '1830-2330'];
const SHIFTS = ['0600-1200', '0700-1530', '0800-1600', '1100-1900', '1500-2300'];

function hours(span: string): { startHour: string; endHour: string } {
  return { startHour: span.slice(0, 4), endHour: span.slice(5) };
}

/** Monday to Friday; one in four begins or ends within the week, one in ten goes on for more weeks. */
function week(day: number, random: Random): Slot {
  const monday = mondayOf(day);
  const kind = random.next();
  if (kind < 0.65) return { start: monday, end: monday + 4 };
  if (kind < 0.75) return { start: monday, end: monday + 4 + 7 * random.between(1, 3) };
  const start = monday + random.between(0, 3);
  return { start, end: Math.min(start + random.between(1, 3), monday + 4) };
}

/** One day, mostly Monday to Friday; a night or weekend shift now and then. */
function single(day: number, random: Random): Slot {
  const weekday = weekdayOf(day);
  const start = weekday > 4 && random.chance(0.85) ? day - random.between(weekday - 4, weekday) : day;
  return { start, end: start };
}

/** One day to two weeks, never over the end of a quarter; eight hours a day are planned. */
function student(day: number, random: Random): Slot {
  const length = random.chance(0.55) ? 1 : random.between(2, 12);
  const end = Math.min(day + length - 1, quarterEnd(day));
  const worked = Math.max(1, Math.round((end - day + 1) * 0.75));
  return { start: day, end, plannedHours: worked * random.pick([4, 6, 8, 8]) };
}

/** Thursday to Sunday, mostly in the evening, with its hours. */
function flexi(day: number, random: Random): Slot {
  const start = mondayOf(day) + random.pick([3, 4, 4, 5, 5, 6]);
  return { start, end: start, ...hours(random.pick(EVENINGS)) };
}

function extra(day: number, random: Random): Slot {
  const start = random.chance(0.6) ? mondayOf(day) + random.pick([4, 5, 6]) : day;
  return { start, end: start, ...hours(random.pick(SHIFTS)) };
}

function building(day: number, random: Random): Slot {
  const monday = mondayOf(day);
  return { start: monday, end: monday + 4 + (random.chance(0.25) ? 7 : 0) };
}

export const SHAPES = {
  week: { workerType: 'OTH', pace: 8, place: week },
  day: { workerType: 'OTH', pace: 1.7, place: single },
  student: { workerType: 'STU', pace: 8, place: student },
  flexi: { workerType: 'FLX', committees: ['302', 'XXX'], pace: 5, place: flexi },
  extra: { workerType: 'EXT', committees: ['302', '144', '145'], pace: 5, place: extra },
  building: { workerType: 'BCW', committees: ['124'], pace: 8, place: building },
} as const satisfies Record<string, Shape>;

/** What somebody mostly does. Who has very many periods works by the day. */
export function shapeFor(random: Random, count: number, days: number): Shape {
  const share = random.next();
  if (share < 0.17 && count * 4 < days) return SHAPES.student;
  if (share < 0.27 && count * 4 < days) return SHAPES.flexi;
  if (share < 0.33 && count * 4 < days) return SHAPES.extra;
  if (share < 0.36 && count * 8 < days) return SHAPES.building;
  if (share < 0.75 && count * 8 < days) return SHAPES.week;
  return SHAPES.day;
}

/** What people do besides. */
export const BESIDES: readonly Shape[] = [SHAPES.day, SHAPES.day, SHAPES.week, SHAPES.flexi, SHAPES.extra];
