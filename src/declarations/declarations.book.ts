import type { RelationState } from '../relations/relation.ts';
import type { Employer, Person } from './declaration.ts';
import type { Book } from './intake.book.ts';

/** What is known of a worker's name, and whether a declaration for him was ever accepted. */
export interface KnownPerson {
  workerId: string;
  givenName: string | null;
  familyName: string | null;
  birthDate: string | null;
  isDeclared: boolean;
}

/**
 * The book of one batch: what the database knew when the workers were locked, kept up with what the batch itself has accepted since, so that
 * every declaration is judged on what stands before it.
 */
export class BatchBook implements Book {
  now: string;
  #numbers: ReadonlySet<string>;
  #byNsso: ReadonlyMap<string, string>;
  #byInsz: ReadonlyMap<string, string>;
  #persons: Map<string, KnownPerson>;
  #periods = new Map<string, { workerKey: string; state: RelationState }>();
  #live = new Map<string, Map<string, RelationState>>();

  constructor(known: {
    now: string;
    agencies: { numbers: ReadonlySet<string>; byNsso: ReadonlyMap<string, string> };
    byInsz: ReadonlyMap<string, string>;
    persons: KnownPerson[];
  }) {
    this.now = known.now;
    this.#numbers = known.agencies.numbers;
    this.#byNsso = known.agencies.byNsso;
    this.#byInsz = known.byInsz;
    this.#persons = new Map(known.persons.map((person) => [person.workerId, person]));
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
    const { givenName, familyName, birthDate } = person;
    if (!givenName || !familyName || !birthDate) return 'unidentified';
    const same = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase();
    const [found, another] = [...this.#persons.values()].filter(
      (known) =>
        known.isDeclared &&
        same(known.familyName, familyName) &&
        same(known.givenName, givenName) &&
        known.birthDate === birthDate,
    );
    return found && !another ? { key: found.workerId } : 'unidentified';
  }

  period(periodId: string): { workerKey: string; state: RelationState } | undefined {
    return this.#periods.get(periodId);
  }

  live(agencyNumber: string, workerKey: string): Iterable<RelationState> {
    return this.#live.get(`${agencyNumber} ${workerKey}`)?.values() ?? [];
  }

  /** A person is known by name once a declaration for him was accepted; what was told of him first stays. */
  meet(workerId: string, { givenName, familyName, birthDate }: Person): void {
    const known = this.#persons.get(workerId);
    this.#persons.set(workerId, {
      workerId,
      givenName: known?.givenName ?? givenName ?? null,
      familyName: known?.familyName ?? familyName ?? null,
      birthDate: known?.birthDate ?? birthDate ?? null,
      isDeclared: true,
    });
  }

  put(workerKey: string, state: RelationState): void {
    this.#periods.set(state.periodId, { workerKey, state });
    const of = `${state.agencyNumber} ${workerKey}`;
    const live = this.#live.get(of) ?? new Map<string, RelationState>();
    if (state.cancelled) live.delete(state.periodId);
    else live.set(state.periodId, state);
    this.#live.set(of, live);
  }
}
