import type { Company } from '../generate/companies.ts';
import { dayText, momentOf, mondayOf } from '../generate/days.ts';
import { employerOf, userCompanyOf } from '../generate/jobs.ts';
import type { Content, Planned, Step } from '../generate/ledger.ts';
import { dayNumber } from '../platform/calendar-days.ts';
import type { DemoPerson } from './people.list.ts';

/** A moment: day number and hours on the Belgian clock, 18.05 being three minutes past six. */
export type Moment = [day: number, clock: number];

export interface Job {
  agency: Company;
  user?: Company;
  type?: string;
  /** Day numbers; the end is the start if absent, null is open-ended. */
  start: number;
  end?: number | null;
  /** `HHMM-HHMM` */
  hours?: string;
  plannedHours?: number;
  /** Joint committee of the worker: 322, temp work, unless said. */
  jointCommittee?: string;
}

interface Told {
  period: Planned;
  employer: Content['employer'];
}

/** What was declared of one person, told day by day around today. */
export class Story {
  readonly steps: Step[] = [];
  readonly today: number;
  /** Monday of this week. */
  readonly monday: number;
  #person: Pick<DemoPerson, 'insz' | 'givenName' | 'familyName'>;

  /** @param today `YYYY-MM-DD` */
  constructor(person: Pick<DemoPerson, 'insz' | 'givenName' | 'familyName'>, today: string) {
    this.#person = person;
    this.today = dayNumber(today);
    this.monday = mondayOf(this.today);
  }

  declare(at: Moment, job: Job): Told {
    const { insz, givenName, familyName } = this.#person;
    const { start, end = start, hours, plannedHours, user } = job;
    const content: Content = {
      startDate: dayText(start),
      ...(end !== null && { endDate: dayText(end) }),
      ...(hours !== undefined && { startHour: hours.slice(0, 4), endHour: hours.slice(5) }),
      ...(plannedHours !== undefined && { plannedHours }),
      employer: employerOf(job.agency),
      worker: { insz, givenName, familyName },
      workerType: job.type ?? 'OTH',
      jointCommittee: job.jointCommittee ?? '322',
      ...(user !== undefined && { userCompany: userCompanyOf(user) }),
    };
    const told = { period: {}, employer: content.employer };
    this.steps.push({ kind: 'IN', at: msOf(at), period: told.period, content });
    return told;
  }

  update(at: Moment, told: Told, says: Partial<Content>): void {
    this.#change('UPDATE', at, told, says);
  }

  cancel(at: Moment, told: Told): void {
    this.#change('CANCEL', at, told, {});
  }

  #change(kind: 'UPDATE' | 'CANCEL', at: Moment, { period, employer }: Told, says: Partial<Content>): void {
    this.steps.push({ kind, at: msOf(at), period, content: { ...says, employer } });
  }
}

function msOf([day, clock]: Moment): number {
  const hours = Math.floor(clock);
  const minutes = Math.round((clock - hours) * 100);
  // Some seconds, as real receipts have them, and the same ones always.
  return momentOf(day, hours + minutes / 60) + ((day * 7 + minutes) % 60) * 1000;
}
