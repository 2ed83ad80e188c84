import type { Employer, UsingEmployer } from '../declarations/declaration.ts';
import type { Companies, Company } from './companies.ts';
import type { Random } from './random.ts';
import type { Shape, Slot } from './shapes.ts';

/** Where somebody is sent, by whom, as what. */
export interface Job {
  shape: Shape;
  employer: Employer;
  userCompany: UsingEmployer;
  /** Days at this agency and user in this worker type: two periods on one of them would overlap. */
  taken: Set<number>;
  /** Days of occasional work for this agency, at whatever user: three in a row are one too many. */
  occasional: Set<number>;
}

/** The jobs one worker has had; he goes back to the same agencies and users. */
export class Jobs {
  #jobs = new Map<Shape, Job[]>();
  #agencies: Company[];
  #taken = new Map<string, Set<number>>();
  #random: Random;
  #companies: Companies;

  constructor(random: Random, companies: Companies) {
    this.#random = random;
    this.#companies = companies;
    const many = random.pick([1, 1, 1, 2, 2, 3]);
    this.#agencies = Array.from({ length: many }, () => popular(random, companies.agencies));
  }

  /** A job of this shape: mostly the first he had, now and then another. */
  of(shape: Shape, another: boolean): Job {
    const known = this.#jobs.get(shape) ?? [];
    const index = this.#random.chance(0.7) ? 0 : this.#random.between(0, 2);
    const job = another ? undefined : known[index];
    if (job) return job;
    const made = this.#make(shape, another);
    this.#jobs.set(shape, [...known, made]);
    return made;
  }

  #make(shape: Shape, another: boolean): Job {
    const random = this.#random;
    const agency = another ? random.pick(this.#companies.agencies) : random.pick(this.#agencies);
    const user = popular(random, this.#usersFor(shape));
    const key = `${agency.enterpriseNumber} ${shape.workerType}`;
    return {
      shape,
      employer: employerOf(agency, random),
      userCompany: userCompanyOf(user),
      taken: this.#daysOf(`${key} ${user.enterpriseNumber ?? user.name}`),
      occasional: this.#daysOf(key),
    };
  }

  #usersFor(shape: Shape): Company[] {
    const { byCommittee, users } = this.#companies;
    const committees = shape.committees ?? ['XXX', 'XXX', 'XXX', '140', '140', '145', '302', '149', '320'];
    return byCommittee.get(this.#random.pick(committees)) ?? users;
  }

  #daysOf(key: string): Set<number> {
    const known = this.#taken.get(key);
    if (known) return known;
    const days = new Set<number>();
    this.#taken.set(key, days);
    return days;
  }
}

/** One of a list of which the first are by far the most asked for (Zipf). */
function popular<T>(random: Random, list: readonly T[]): T {
  const rank = Math.floor(Math.exp(random.next() * Math.log(list.length + 1))) - 1;
  return list[Math.min(rank, list.length - 1)] as T;
}

/** Some agencies sign with their NSSO number alone. */
export function employerOf(agency: Company, random?: Random): Employer {
  if (agency.nssoNumber !== null && random?.chance(0.08)) return { nssoNumber: agency.nssoNumber };
  return { enterpriseNumber: agency.enterpriseNumber as string };
}

/** A user company as a declaration names it: by number, or by name and address if it has none. */
export function userCompanyOf(user: Company): UsingEmployer {
  const { enterpriseNumber, name, address, jointCommittee } = user;
  return enterpriseNumber === null ? { name, address, jointCommittee } : { enterpriseNumber, jointCommittee };
}

/** Whether the intake would take these days, and no third day in a row of occasional work. */
export function isFree(job: Job, from: number, to: number): boolean {
  for (let day = from; day <= to; day++) if (job.taken.has(day)) return false;
  if (job.shape.workerType !== 'EXT') return true;
  const near = (offset: number) => job.occasional.has(from + offset);
  return !near(0) && !(near(-2) && near(-1)) && !(near(-1) && near(1)) && !(near(1) && near(2));
}

export function take(job: Job, { start, end }: Pick<Slot, 'start' | 'end'>): void {
  for (let day = start; day <= end; day++) {
    job.taken.add(day);
    if (job.shape.workerType === 'EXT') job.occasional.add(day);
  }
}
