import type { Companies } from './companies.ts';
import { type Begun, followUp, mistake, wholeSeconds } from './corrections.ts';
import { dayText, type Frame, momentOf } from './days.ts';
import { isFree, type Job, Jobs, take } from './jobs.ts';
import type { Content, MadeWorker, Step } from './ledger.ts';
import type { Random } from './random.ts';
import { BESIDES, SHAPES, type Shape, type Slot, shapeFor } from './shapes.ts';

/** How many days after today a contract begins at most: as a rule, a week contract, and one planned long before. */
const AHEAD = { usual: 3, week: 7, most: 118 };
const TRIES = 80;

/**
 * The story of one temp worker: so many periods in a stretch of the years the portal shows, and what went wrong on the way.
 * No two of them are in each other's way as the intake sees it, so that each becomes a work relation.
 * @returns declarations in no order
 */
export function storyOf(random: Random, worker: MadeWorker, count: number, companies: Companies, frame: Frame): Step[] {
  const days = frame.today + AHEAD.usual - frame.first;
  const shape = shapeFor(random, count, days);
  const length = Math.min(Math.max(count * shape.pace * (1 + random.next()), 14), days);
  // Two in five still work; the others stopped at some time.
  const from = frame.first + (random.chance(0.4) ? days - length : random.next() * (days - length));
  const jobs = new Jobs(random, companies);
  const steps: Step[] = [];
  for (let n = 0; n < count; n++) {
    const day = Math.floor(from + (length * (n + random.next())) / count);
    const found = findSlot(random, jobs, random.chance(0.9) ? shape : random.pick(BESIDES), day, frame);
    if (found === null) continue;
    const begun = begin(random, found.job, found.slot, worker, frame);
    steps.push({ kind: 'IN', at: begun.at, period: begun.period, content: begun.content });
    steps.push(...followUp(random, begun, frame));
    if (random.chance(0.012)) steps.push(...mistake(random, begun, frame));
  }
  return steps;
}

/** Free days for a job near a day; the further it must look, the further away, and with another user in the end. */
function findSlot(
  random: Random,
  jobs: Jobs,
  wanted: Shape,
  day: number,
  frame: Frame,
): { job: Job; slot: Slot } | null {
  let shape = wanted;
  const isLongAhead = (shape === SHAPES.week || shape === SHAPES.student) && random.chance(0.02);
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries === 40) shape = SHAPES.day;
    const job = jobs.of(shape, tries > 8);
    const near = tries === 0 ? day : day + random.between(-tries * 2, tries * 2);
    const slot = shape.place(isLongAhead && tries < 3 ? frame.today + random.between(8, AHEAD.most) : near, random);
    const ahead = isLongAhead ? AHEAD.most + 7 : shape === SHAPES.week ? AHEAD.week : AHEAD.usual;
    if (slot.start < frame.first || slot.start > frame.today + ahead || !isFree(job, slot.start, slot.end)) continue;
    take(job, slot);
    return { job, slot };
  }
  return null;
}

function begin(random: Random, job: Job, slot: Slot, worker: MadeWorker, frame: Frame): Begun {
  const { insz, givenName, familyName } = worker;
  const content: Content = {
    startDate: dayText(slot.start),
    endDate: dayText(slot.end),
    ...(slot.startHour !== undefined &&
      slot.endHour !== undefined && { startHour: slot.startHour, endHour: slot.endHour }),
    ...(slot.plannedHours !== undefined && { plannedHours: slot.plannedHours }),
    employer: job.employer,
    worker: { insz, givenName, familyName },
    workerType: job.shape.workerType,
    jointCommittee: '322',
    userCompany: job.userCompany,
  };
  return { job, slot, period: {}, at: receiptOf(random, slot, frame), content };
}

/** Mostly one hour to three days ahead; three in a hundred too late. What has begun by now was received before now. */
function receiptOf(random: Random, slot: Slot, frame: Frame): number {
  const late = random.chance(0.031) ? lateReceipt(random, slot) : Number.POSITIVE_INFINITY;
  const at = late < frame.until ? late : timelyReceipt(random, slot);
  return wholeSeconds(Math.min(at, frame.until - random.next() * 36 * 3_600_000 - 1000));
}

function lateReceipt(random: Random, { start, startHour }: Slot): number {
  if (startHour === undefined) return momentOf(start + 1, random.between(6, 80) + random.next());
  return momentOf(start, Number(startHour.slice(0, 2)) + 0.5 + random.next() * 40);
}

function timelyReceipt(random: Random, { start, startHour }: Slot): number {
  if (startHour !== undefined)
    return momentOf(start, Number(startHour.slice(0, 2)) - 1 - random.next() * random.next() * 60);
  const share = random.next();
  if (share < 0.7) return momentOf(start - (random.chance(0.7) ? 1 : random.between(2, 3)), 12 + random.next() * 10);
  if (share < 0.95) return momentOf(start, 5 + random.next() * 2.5);
  return momentOf(start, 10 + random.next() * 12); // the day itself: Dimona holds no hour, so it counts as in time
}
