import { addDays, dayOfInstant, instantAt } from '../platform/calendar-days.ts';
import type { WorkRelation } from '../relations/relation.ts';
import type { Report } from '../reports/report.ts';
import type { Shift } from '../shifts/shift.ts';

/** Notice: a message to the worker that something happened. What may be told, by which way, and how soon. */

export const NOTICE_KINDS = ['declared', 'changed', 'cancelled', 'missing', 'report'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NOTICE_CHANNELS = ['mail', 'ebox'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** What somebody wants to hear of: at once, or once a day. */
export interface NoticeChoice {
  kind: NoticeKind;
  mail: boolean;
  ebox: boolean;
  daily: boolean;
}

/** Something that happened to a worker: `key` names it among those of its kind, so that nobody is told twice. */
export interface News {
  workerId: string;
  kind: NoticeKind;
  key: string;
  /** Instant at which it happened. */
  at: string;
  /** Id of the period, the report or the shift. */
  about: string;
  declarationId: string | null;
}

/** One thing that is told. */
export interface Notice extends News {
  channel: NoticeChannel;
}

/** What goes out together. */
export interface Bundle {
  id: string;
  workerId: string;
  channel: NoticeChannel;
  /** The day that a digest tells of; null: at once. */
  digestDay: string | null;
}

/** A digest tells of one day of the Belgian calendar, and goes out the morning after. */
const MORNING = '07:00';

/** The day that a digest tells something in. */
export function digestDayOf(instant: string): string {
  return dayOfInstant(instant);
}

/** When the digest of a day goes out: at seven the next morning in Belgium, however long the night was. */
export function digestAt(day: string): string {
  return instantAt(addDays(day, 1), MORNING);
}

/** The digests that may hold it, in this order: of its own day, or of today where that one has gone. Never one of a day before. */
export function digestDaysFor(at: string, now: string): string[] {
  const [own, today] = [digestDayOf(at), digestDayOf(now)];
  return today > own ? [own, today] : [own];
}

/** A notice with what it is about, as that stands when it is sent; null where it is gone. */
export interface Told {
  notice: Notice;
  relation: WorkRelation | null;
  report: Report | null;
  shift: Shift | null;
}

/** What a bundle says: words in one language, no markup. */
export interface NoticeLetter {
  subject: string;
  paragraphs: string[];
  facts: { label: string; value: string }[];
  button: { label: string; href: string };
  why: string;
  /** What ends these notices. */
  unsubscribe?: { label: string; href: string };
}
