interface Waiting<T, R> {
  item: T;
  subjects: string[];
  resolve(result: R): void;
  reject(reason: unknown): void;
}

/** So many groups are under way at once: while PostgreSQL writes one, the next is judged. */
const ABREAST = 2;
/** A second group sets out only with so many: small ones cost more together than they gain. */
const WORTHWHILE = 7;

/**
 * Gathers what comes in while groups are under way and hands it over together as the next: the busier, the larger the groups, and what
 * each costs by itself is shared. What arrives in one turn of the event loop goes together; nobody waits longer for company.
 * Items that share a subject stay in the order in which they came: never in two groups at once, within one process.
 */
export class Lane<T, R> {
  #waiting: Waiting<T, R>[] = [];
  #underWay = new Set<Waiting<T, R>[]>();
  #isCalled = false;
  #most: number;
  #subjectsOf: (item: T) => string[];
  #work: (group: T[]) => Promise<(R | Error)[]>;

  /** @param work answers for each of the group its result, or an error of its own; what it throws is everybody's */
  constructor(most: number, subjectsOf: (item: T) => string[], work: (group: T[]) => Promise<(R | Error)[]>) {
    this.#most = most;
    this.#subjectsOf = subjectsOf;
    this.#work = work;
  }

  run(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, subjects: this.#subjectsOf(item), resolve, reject });
      this.#call();
    });
  }

  #call(): void {
    if (this.#isCalled) return;
    this.#isCalled = true;
    setImmediate(() => {
      this.#isCalled = false;
      while (this.#underWay.size < ABREAST) {
        const group = this.#next();
        if (group.length === 0) break;
        this.#underWay.add(group);
        void this.#go(group).finally(() => {
          this.#underWay.delete(group);
          this.#call();
        });
      }
    });
  }

  /** Takes from those that wait; whoever shares a subject with a group under way waits on, and so does whoever comes behind him. */
  #next(): Waiting<T, R>[] {
    if (this.#underWay.size > 0 && this.#waiting.length < WORTHWHILE) return [];
    const held = new Set([...this.#underWay].flatMap((group) => group.flatMap(({ subjects }) => subjects)));
    const [group, rest]: [Waiting<T, R>[], Waiting<T, R>[]] = [[], []];
    for (const one of this.#waiting) {
      const isFree = group.length < this.#most && !one.subjects.some((subject) => held.has(subject));
      if (!isFree) for (const subject of one.subjects) held.add(subject);
      (isFree ? group : rest).push(one);
    }
    this.#waiting = rest;
    return group;
  }

  async #go(group: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#work(group.map(({ item }) => item));
      for (const [index, one] of group.entries()) {
        const result = results[index];
        if (result instanceof Error) one.reject(result);
        else one.resolve(result as R);
      }
    } catch (error) {
      // whoever came meanwhile would wait as long, and for the same
      for (const one of [...group, ...this.#waiting.splice(0)]) one.reject(error);
    }
  }
}
