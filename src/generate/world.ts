import { type Companies, type Company, companiesFor } from './companies.ts';
import { type Frame, frameOf } from './days.ts';
import { storyOf } from './histories.ts';
import { Directory, type History, type MadeWorker, play, type Step } from './ledger.ts';
import { nameOf } from './names.ts';
import { COUNTERS, makeInsz, type SourceIds } from './numbers.ts';
import { type Random, randomOf } from './random.ts';

/** A person with a story of his own, told by the caller. */
export interface NamedPerson extends MadeWorker {
  steps: Step[];
}

export interface WorldOptions {
  /** How many workers, the named ones included. */
  workers: number;
  /** How many work relations they have together, those of the named ones included. */
  periods: number;
  seed: string;
  /** `YYYY-MM-DD`; everything was received before this day began in Belgium. */
  today: string;
  named?: { people: NamedPerson[]; companies: Company[] };
}

/** A made-up world: its firms, and its people one by one. The same options make the same world. */
export interface World {
  companies: Company[];
  /**
   * Plays the stories as they are asked for: nothing of one worker is kept when the next begins.
   * @param from goes on behind so many workers; named people are always told from the beginning
   */
  histories(ids: SourceIds, isTaken: (insz: string) => boolean, from?: Place): Generator<History>;
}

/** How far a world is made: workers, and the work relations they have together. */
export interface Place {
  workers: number;
  relations: number;
}

/** More relations for one worker than anybody has would only be noise. */
const MOST_EACH = 2000;

/** @throws RangeError when the counts cannot be: fewer than none, more than 5 million workers, 2000 periods a worker on average. */
export function worldOf(options: WorldOptions): World {
  const { workers, periods, seed, named = { people: [], companies: [] } } = options;
  if (!Number.isInteger(workers) || workers < 1 || workers > 5_000_000)
    throw new RangeError('workers: from 1 to 5 000 000');
  if (!Number.isInteger(periods) || periods < 0 || periods > workers * MOST_EACH) {
    throw new RangeError(`periods: from 0 to ${MOST_EACH} for each worker`);
  }
  const frame = frameOf(options.today);
  const made = companiesFor(workers, seed, named.companies);
  const companies = [...named.companies, ...made.agencies, ...made.users];
  return {
    companies,
    histories: (ids, isTaken, from) => historiesOf(options, frame, made, companies, ids, isTaken, from),
  };
}

function* historiesOf(
  { workers, periods, seed, named }: WorldOptions,
  frame: Frame,
  made: Companies,
  companies: Company[],
  ids: SourceIds,
  isTaken: (insz: string) => boolean,
  from: Place = { workers: 0, relations: 0 },
): Generator<History> {
  const directory = new Directory();
  for (const company of companies) directory.add(company);
  const now = new Date(frame.until).toISOString();
  const people = named?.people ?? [];
  const reserved = new Set(people.map((person) => person.insz));
  let done = 0;
  for (const { steps, ...worker } of people) {
    const history = play(worker, steps, ids, directory, now);
    done += history.relations.length;
    yield history;
  }
  const others = Math.max(workers - people.length, 0);
  const shareOf = shares(seed, others, Math.max(periods - done, 0), done);
  const born = peopleFrom(seed, (insz) => reserved.has(insz) || isTaken(insz));
  done += from.relations;
  for (let n = 0; n < others; n++) {
    const worker = born(n);
    if (n < from.workers) {
      shareOf(n);
      continue;
    }
    // What one worker could not take is the next one's.
    const count = shareOf(n) - done;
    const random = randomOf(seed, 'story', n);
    const history = play(worker, storyOf(random, worker, Math.max(count, 0), made, frame), ids, directory, now);
    done += history.relations.length;
    yield history;
  }
}

/**
 * How many periods the first n workers have together: many have few, few have many (log-normal). Two passes over the same chance instead of
 * a list, so that memory does not grow.
 */
function shares(seed: string, workers: number, periods: number, before: number): (n: number) => number {
  const weightOf = (n: number) => Math.min(Math.exp(randomOf(seed, 'share', n).normal()), 25);
  let total = 0;
  for (let n = 0; n < workers; n++) total += weightOf(n);
  let sum = 0;
  return (n) => {
    sum += weightOf(n);
    return before + (n === workers - 1 ? periods : Math.round((periods * sum) / total));
  };
}

/** Births from 1958 to 2008; one in twenty-five has a number outside the register (BIS). */
const YEARS = { first: 1958, last: 2008 };
const SPACE = (YEARS.last - YEARS.first + 1) * 12 * 28 * COUNTERS;

/** The n-th worker: a walk through all numbers, so that no two are alike and none must be remembered. */
function peopleFrom(seed: string, isTaken: (insz: string) => boolean): (n: number) => MadeWorker {
  // The step has no divisor in common with the space (2, 3, 7, 17, 83), so the walk meets every number once.
  const step = 5_003_911;
  let at = randomOf(seed, 'people').between(0, SPACE - 1);
  return (n) => {
    const random = randomOf(seed, 'person', n);
    let worker: MadeWorker;
    do {
      at = (at + step) % SPACE;
      worker = personAt(at, random);
    } while (isTaken(worker.insz));
    return worker;
  };
}

function personAt(at: number, random: Random): MadeWorker {
  const serial = 500 + (at % COUNTERS);
  const rest = Math.floor(at / COUNTERS);
  const birth = {
    day: 1 + (rest % 28),
    month: 1 + (Math.floor(rest / 28) % 12),
    year: YEARS.first + Math.floor(rest / 336),
  };
  const bis = random.chance(0.04) ? (random.chance(0.5) ? 20 : 40) : 0;
  const birthDate = `${birth.year}-${String(birth.month).padStart(2, '0')}-${String(birth.day).padStart(2, '0')}`;
  return { insz: makeInsz(birth, serial, bis), ...nameOf(random, serial % 2 === 1), birthDate };
}
