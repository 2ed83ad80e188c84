import type { RelationState } from '../relations/relation.ts';
import type { Employer, Person } from './declaration.ts';
import type { Book } from './intake.book.ts';

export interface KnownPerson {
  key: string;
  givenName: string | null;
  familyName: string | null;
  birthDate: string | null;
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
  #persons: KnownPerson[] = [];
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
    this.#persons = known.persons;
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
    const found = this.#persons.filter(
      (known) => same(known.familyName, familyName) && same(known.givenName, givenName) && known.birthDate === birthDate,
    );
    const keys = new Set(found.map((known) => known.key));
    const [key] = keys;
    return keys.size === 1 && key !== undefined ? { key } : 'unidentified';
  }

  period(periodId: string): { workerKey: string; state: RelationState } | undefined {
    return this.#periods.get(periodId);
  }

  live(agencyNumber: string, workerKey: string): Iterable<RelationState> {
    return this.#live.get(`${agencyNumber} ${workerKey}`)?.values() ?? [];
  }

  /** A person is known by name once a declaration for him was accepted. */
  meet(person: KnownPerson): void {
    this.#persons.push(person);
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
