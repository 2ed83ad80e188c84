import type { OwnedState, PeriodDays, RelationState } from '../relations/relation.ts';
import type { Employer, Person, Result } from './declaration.ts';
import type { Book } from './intake.book.ts';

/** The first answer to a declaration, as it is given again. */
export interface Answered {
  declarationId: string;
  sourceKey: string | null;
  fingerprint: string | null;
  periodId: string | null;
  result: Result;
  anomalies: string[];
}

/** What is known of a worker, and whether a declaration for him was ever accepted. */
export interface KnownPerson {
  workerId: string;
  insz: string;
  /** Counts the intakes that changed something for him. */
  version: number;
  givenName: string | null;
  familyName: string | null;
  birthDate: string | null;
  isDeclared: boolean;
  /** Somebody asked to hear of what is declared for him. */
  isAwaited: boolean;
}

/** What the database told at one moment of all that the rules may ask. */
export interface Known {
  agencies: { enterpriseNumber: string; nssoNumber: string | null }[];
  /** Every number asked for that somebody has. */
  numbers: { insz: string; workerId: string }[];
  /** Everybody whose periods were read. */
  persons: KnownPerson[];
  spoken: OwnedState[];
  near: (PeriodDays & { workerId: string; agencyNumber: string })[];
}

/** The book of one batch: what the database knew, kept up with what the batch itself has accepted since, so that every declaration is judged on what stands before it. */
export class BatchBook implements Book {
  /** Instant of the intake whose declarations are judged. */
  now = '';
  #numbers = new Set<string>();
  #byNsso = new Map<string, string>();
  #byInsz: Map<string, string>;
  #persons: Map<string, Omit<KnownPerson, 'version'>>;
  /** Declared persons by full name and birth date. */
  #byName = new Map<string, Set<string>>();
  #periods = new Map<string, { workerKey: string; state: RelationState }>();
  #live = new Map<string, Map<string, PeriodDays>>();

  constructor(known: Known) {
    for (const { enterpriseNumber, nssoNumber } of known.agencies) {
      this.#numbers.add(enterpriseNumber);
      if (nssoNumber) this.#byNsso.set(nssoNumber, enterpriseNumber);
    }
    this.#byInsz = new Map(known.numbers.map(({ insz, workerId }) => [insz, workerId]));
    this.#persons = new Map(known.persons.map((person) => [person.workerId, person]));
    for (const person of known.persons) this.#name(person);
    for (const { workerId, agencyNumber, ...days } of known.near)
      this.#of(agencyNumber, workerId).set(days.periodId, days);
    for (const { workerId, state } of known.spoken) this.put(workerId, state);
  }

  agency(employer: Employer): string | null {
    if (employer.enterpriseNumber && /[1-9]/.test(employer.enterpriseNumber))
      return this.#numbers.has(employer.enterpriseNumber) ? employer.enterpriseNumber : null;
    return this.#byNsso.get(employer.nssoNumber ?? '') ?? null;
  }

  worker(person: Person): { key: string } | 'new' | 'unidentified' {
    if (person.insz) {
      const key = this.#byInsz.get(person.insz);
      return key === undefined ? 'new' : { key };
    }
    const bearers = this.#byName.get(nameOf(person) ?? '');
    const [key] = bearers ?? [];
    return key !== undefined && bearers?.size === 1 ? { key } : 'unidentified';
  }

  period(periodId: string): { workerKey: string; state: RelationState } | undefined {
    return this.#periods.get(periodId);
  }

  live(agencyNumber: string, workerKey: string): Iterable<PeriodDays> {
    return this.#live.get(`${agencyNumber} ${workerKey}`)?.values() ?? [];
  }

  /** The number of a worker as it is today. */
  insz(workerId: string): string | null {
    return this.#persons.get(workerId)?.insz ?? null;
  }

  isAwaited(workerId: string): boolean {
    return this.#persons.get(workerId)?.isAwaited ?? false;
  }

  /** Somebody nobody declared before. */
  admit(workerId: string, insz: string): void {
    this.#byInsz.set(insz, workerId);
    this.#persons.set(workerId, {
      workerId,
      insz,
      givenName: null,
      familyName: null,
      birthDate: null,
      isDeclared: true,
      isAwaited: false,
    });
  }

  /** A person is known by name once a declaration for him was accepted; what was told of him first stays. @returns what is known now */
  meet(workerId: string, told: Person): Omit<KnownPerson, 'version'> {
    const known = this.#persons.get(workerId);
    if (!known) throw new Error(`worker ${workerId} was not read`);
    const person = {
      ...known,
      givenName: known.givenName ?? told.givenName ?? null,
      familyName: known.familyName ?? told.familyName ?? null,
      birthDate: known.birthDate ?? told.birthDate ?? null,
      isDeclared: true,
    };
    this.#persons.set(workerId, person);
    this.#name(person);
    return person;
  }

  put(workerKey: string, state: RelationState): void {
    this.#periods.set(state.periodId, { workerKey, state });
    const live = this.#of(state.agencyNumber, workerKey);
    if (state.cancelled) live.delete(state.periodId);
    else live.set(state.periodId, state);
  }

  #of(agencyNumber: string, workerKey: string): Map<string, PeriodDays> {
    const of = `${agencyNumber} ${workerKey}`;
    const live = this.#live.get(of) ?? new Map<string, PeriodDays>();
    this.#live.set(of, live);
    return live;
  }

  #name(person: Omit<KnownPerson, 'version'>): void {
    const name = nameOf(person);
    if (name === null || !person.isDeclared) return;
    const bearers = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, bearers.add(person.workerId));
  }
}

/** Name and birth date as they are compared, null where one of them is missing. */
function nameOf(
  person: { [part in 'givenName' | 'familyName' | 'birthDate']?: string | null | undefined },
): string | null {
  const { givenName, familyName, birthDate } = person;
  if (!givenName || !familyName || !birthDate) return null;
  return JSON.stringify([givenName.toLowerCase(), familyName.toLowerCase(), birthDate]);
}
