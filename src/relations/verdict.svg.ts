import { instantAt } from '../platform/calendar-days.ts';

/** The verdict drawn: the work and the moment of declaring on one line of time. All numbers are per cent of the line. */
export interface Line {
  work: { x: number; width: number; label: string; anchor: Anchor; labelX: number };
  declared: { x: number; label: string; anchor: Anchor };
}

type Anchor = 'start' | 'middle' | 'end';

export interface Drawn {
  /** Days and hours of the work, as in Belgium; null hours mean the whole day, a null end the start day. */
  startDate: string;
  startHour: string | null;
  endDate: string | null;
  endHour: string | null;
  /** Instant of receipt of the declaration that decides. */
  receivedAt: string;
  workLabel: string;
  declaredLabel: string;
}

const clock = (hhmm: string) => `${hhmm.slice(0, 2)}:${hhmm.slice(2, 4)}`;
const round = (n: number) => Math.round(n * 10) / 10;
const anchorAt = (x: number): Anchor => (x < 25 ? 'start' : x > 75 ? 'end' : 'middle');

/** Where work and declaration lie on the line, with air on both sides; short work keeps a width that can be seen. */
export function lineOf(drawn: Drawn): Line {
  const start = Date.parse(instantAt(drawn.startDate, drawn.startHour === null ? '00:00' : clock(drawn.startHour)));
  const lastDay = drawn.endDate ?? drawn.startDate;
  const end = Date.parse(instantAt(lastDay, drawn.endHour === null ? '23:59' : clock(drawn.endHour)));
  const declared = Date.parse(drawn.receivedAt);
  const first = Math.min(start, declared);
  const span = Math.max(end, declared, start + 1) - first;
  const at = (instant: number) => 8 + (84 * (instant - first)) / span;
  const x = round(at(start));
  const width = round(Math.max(at(Math.max(end, start)) - at(start), 1.5));
  const middle = x + width / 2;
  const anchor = anchorAt(middle);
  const labelX = anchor === 'start' ? x : anchor === 'end' ? x + width : middle;
  const mark = round(at(declared));
  return {
    work: { x, width, label: drawn.workLabel, anchor, labelX: round(labelX) },
    declared: { x: mark, label: drawn.declaredLabel, anchor: anchorAt(mark) },
  };
}
