import type { PeriodDays, RelationState } from '../relations/relation.ts';
import type { Employer, Person, Result } from './declaration.ts';

/** What the intake rules ask of the world: who is known and what stands declared at this moment. */
export interface Book {
  /** Instant; sets the limits on years for a declaration without a receipt. */
  now: string;
  /** The enterprise number of a declaring employer in the directory, else null. */
  agency(employer: Employer): string | null;
  /** 'new': a valid INSZ not seen before; 'unidentified': no INSZ, and not exactly one known worker by name and birth date. */
  worker(person: Person): { key: string } | 'new' | 'unidentified';
  period(periodId: string): { workerKey: string; state: RelationState } | undefined;
  /** Periods of that agency and worker that are not cancelled. */
  live(agencyNumber: string, workerKey: string): Iterable<PeriodDays>;
}

export interface Judgement {
  result: Result;
  /** B: blocking codes only, in the order of the rules. A: none. W: those that do not block. */
  anomalies: string[];
  /** The declaring agency where the directory knows it. */
  agencyNumber: string | null;
  /** The relation as it stands after an accepted declaration; null when refused, and for a daily registration. */
  after: RelationState | null;
}

/** Anomaly codes in the order they were found, each once. */
export type Codes = Set<string>;
