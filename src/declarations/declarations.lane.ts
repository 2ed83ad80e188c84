interface Waiting<T, R> {
  item: T;
  resolve(result: R): void;
  reject(reason: unknown): void;
}

/**
 * Gathers what comes in while a group is under way and hands it over together as the next: the busier, the larger the groups, and what
 * each costs by itself is shared. Nobody waits for company. Within one process this also puts everything in the order in which it came.
 */
export class Lane<T, R> {
  #waiting: Waiting<T, R>[] = [];
  #isBusy = false;
  #most: number;
  #work: (group: T[]) => Promise<(R | Error)[]>;

  /** @param work answers for each of the group its result, or an error of its own; what it throws is everybody's */
  constructor(most: number, work: (group: T[]) => Promise<(R | Error)[]>) {
    this.#most = most;
    this.#work = work;
  }

  run(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isBusy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) await this.#go(this.#waiting.splice(0, this.#most));
    this.#isBusy = false;
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
