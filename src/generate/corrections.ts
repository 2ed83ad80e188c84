import { dayText, type Frame, momentOf, quarterEnd, weekdayOf } from './days.ts';
import { isFree, type Job, take } from './jobs.ts';
import type { Content, Planned, Step } from './ledger.ts';
import type { Random } from './random.ts';
import type { Slot } from './shapes.ts';

/** A period whose IN is planned. */
export interface Begun {
  job: Job;
  slot: Slot;
  period: Planned;
  /** The IN: its receipt (ms) and what it says. */
  at: number;
  content: Content;
}

interface Change {
  kind: Step['kind'];
  /** Receipt, ms. */
  at: number;
  says?: Partial<Content>;
}

/** Two in a hundred are cancelled, five corrected, fewer than two ended early by an OUT; most stay as they were declared. */
export function followUp(random: Random, begun: Begun, frame: Frame): Step[] {
  const share = random.next();
  const change =
    share < 0.023
      ? cancellation(random, begun, frame)
      : share < 0.082
        ? correction(random, begun)
        : share < 0.098
          ? ending(random, begun)
          : null;
  if (change === null || change.at <= begun.at || change.at >= frame.until) return [];
  return [stepOf(begun, change)];
}

function stepOf({ period, content }: Begun, { kind, at, says }: Change, mistake = false): Step {
  const step: Step = { kind, at, period, content: { ...says, employer: content.employer } };
  if (mistake) step.mistake = true;
  return step;
}

/** Mostly before the start; else the worker did not turn up, or the user no longer needed him. */
function cancellation(random: Random, { slot, at }: Begun, frame: Frame): Change {
  const start = momentOf(slot.start, 6);
  if (random.chance(0.35)) return { kind: 'CANCEL', at: momentOf(slot.start + 1, random.between(7, 60)) };
  const last = Math.max(at + 60_000, Math.min(start, frame.until - 60_000));
  return { kind: 'CANCEL', at: wholeSeconds(at + (last - at) * random.next()) };
}

/** An OUT on a contract of several days: the last day moves forward. */
function ending(random: Random, { slot }: Begun): Change | null {
  if (slot.end === slot.start) return null;
  const end = random.between(slot.start, slot.end - 1);
  return { kind: 'OUT', at: told(random, end), says: { endDate: dayText(end) } };
}

/** Told on the day itself or the next morning; one in four only after a week. */
function told(random: Random, day: number): number {
  const wait = random.chance(0.25) ? random.between(5, 12) : random.between(0, 1);
  return momentOf(day + wait, 8 + random.next() * 9);
}

function correction(random: Random, begun: Begun): Change | null {
  const { slot, job } = begun;
  if (slot.startHour !== undefined) return hoursChange(random, begun);
  if (job.shape.workerType === 'STU' && random.chance(0.6)) {
    const plannedHours = (slot.plannedHours ?? 8) + random.pick([-3, -2, 2, 4]);
    return { kind: 'UPDATE', at: told(random, slot.end), says: { plannedHours } };
  }
  const share = random.next();
  if (share < 0.3) return later(random, begun);
  if (share < 0.55 && job.shape.workerType !== 'STU') return startChange(random, begun);
  if (slot.end === slot.start) return later(random, begun);
  const end = random.between(slot.start, slot.end - 1);
  return { kind: 'UPDATE', at: told(random, end), says: { endDate: dayText(end) } };
}

/** The contract goes on for a day or more, as far as nothing else is in the way. */
function later(random: Random, { slot, job }: Begun): Change | null {
  const next = slot.end + (weekdayOf(slot.end) >= 4 ? 7 - weekdayOf(slot.end) : 1);
  if (next > quarterEnd(slot.start) || !isFree(job, slot.end + 1, next)) return null;
  take(job, { start: slot.end + 1, end: next });
  return { kind: 'UPDATE', at: told(random, slot.end), says: { endDate: dayText(next) } };
}

/** A day earlier: in time if told before that day ends, late if not. Or a day later, told when the worker did not begin. */
function startChange(random: Random, { slot, job }: Begun): Change | null {
  if (random.chance(0.4)) {
    if (slot.end === slot.start) return null;
    const says = { startDate: dayText(slot.start + 1) };
    return { kind: 'UPDATE', at: momentOf(slot.start, 9 + random.next() * 9), says };
  }
  const earlier = slot.start - 1;
  if (!isFree(job, earlier, earlier)) return null;
  take(job, { start: earlier, end: earlier });
  const wait = random.chance(0.5) ? 0 : random.between(1, 4);
  return { kind: 'UPDATE', at: momentOf(earlier + wait, 7 + random.next() * 9), says: { startDate: dayText(earlier) } };
}

function hoursChange(random: Random, { slot }: Begun): Change {
  if (random.chance(0.3)) {
    const startHour = shifted(slot.startHour as string, -60);
    const ahead = random.chance(0.7) ? -random.between(2, 6) : random.between(1, 20);
    return { kind: 'UPDATE', at: momentOf(slot.start, hourOf(slot.startHour as string) + ahead), says: { startHour } };
  }
  const endHour = shifted(slot.endHour as string, random.pick([-60, -30, 15, 30]));
  return {
    kind: 'UPDATE',
    at: momentOf(slot.start, hourOf(slot.endHour as string) + random.next() * 16),
    says: { endHour },
  };
}

function hourOf(hour: string): number {
  return Number(hour.slice(0, 2)) + Number(hour.slice(2)) / 60;
}

function shifted(hour: string, minutes: number): string {
  const total = Number(hour.slice(0, 2)) * 60 + Number(hour.slice(2)) + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}${String(total % 60).padStart(2, '0')}`;
}

/** Receipts are kept to the second. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** What agencies get wrong: refused by the intake, kept in the ledger, never shown to the worker. */
export function mistake(random: Random, begun: Begun, frame: Frame): Step[] {
  const { at, content, slot } = begun;
  const before = at - random.between(90, 1800) * 1000;
  const wrong = (says: Partial<Content>): Step => ({
    kind: 'IN',
    at: before,
    period: {},
    content: { ...content, ...says },
    mistake: true,
  });
  const after = Math.min(at + random.between(60, 7200) * 1000, frame.until - 1000);
  switch (random.between(0, 5)) {
    case 0:
      return [wrong({ endDate: dayText(slot.start - 1) })];
    case 1:
      return [wrong({ worker: { ...content.worker, insz: offByOne(content.worker?.insz ?? '') } })];
    case 2:
      return [wrong({ userCompany: { ...content.userCompany, jointCommittee: '322' } })];
    case 3:
      return after > at ? [{ ...wrong({}), at: after }] : []; // sent twice
    case 4:
      return after > at
        ? [stepOf(begun, { kind: 'UPDATE', at: after, says: { endDate: dayText(slot.end) } }, true)]
        : [];
    default: {
      const { endDate: _, ...openEnded } = content;
      return [{ ...wrong({}), content: openEnded }];
    }
  }
}

function offByOne(insz: string): string {
  return insz.slice(0, 10) + ((Number(insz.slice(10)) + 1) % 10);
}
