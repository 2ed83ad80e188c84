import { AsyncLocalStorage } from 'node:async_hooks';
import { isService } from './client.ts';

/**
 * What people and services come for, by what it waits for: who looks waits for the database alone, who acts perhaps for a card's responder or a
 * mail server, a call for the intake. Each has bounds of its own, so that one that stands still keeps no other waiting.
 */
export type Errand = 'look' | 'act' | 'call';

/** Milliseconds. Together with what a frozen database makes one wait it stays below the 2.5 s in which every answer is given. */
const PATIENCE = 750;

/** Somebody at the door: he comes in, or is sent away. */
interface Coming {
  enter(): unknown;
  refuse(): unknown;
}

/** How many of an errand are under way in this process at once, and how many more may wait for their turn. */
type Bounds = Record<Errand, { atOnce: number; waiting: number }>;

/**
 * So many looks keep one core and the database busy: fewer cost more each, since less goes to and from the database at a time; of more, all
 * pages may be drawn in one turn of the main loop, while nobody else is heard. Those that wait are answered within a second.
 */
const BOUNDS: Bounds = {
  look: { atOnce: 32, waiting: 128 },
  act: { atOnce: 200, waiting: 0 },
  call: { atOnce: 400, waiting: 0 },
};

export function errandOf(asked: { method?: string | undefined; url?: string | undefined }): Errand {
  if (isService({ url: asked.url ?? '' })) return 'call';
  return asked.method === 'GET' || asked.method === 'HEAD' ? 'look' : 'act';
}

/** Everybody whose answer is being made, and who waits for that. Whoever still sends his question, or reads his answer slowly, is not of them. */
export class Crowd {
  #bounds: Bounds;
  #underWay: Record<Errand, number> = { look: 0, act: 0, call: 0 };
  #waiting: Record<Errand, (() => void)[]> = { look: [], act: [], call: [] };
  #patience: number;

  constructor(bounds: Partial<Bounds> = {}, patience = PATIENCE) {
    this.#bounds = { ...BOUNDS, ...bounds };
    this.#patience = patience;
  }

  /** Lets somebody in now or when it is his turn; refuses him when he cannot even wait, or waited too long. */
  letIn(errand: Errand, coming: Coming): void {
    const { atOnce, waiting } = this.#bounds[errand];
    if (this.#underWay[errand] < atOnce) coming.enter();
    else if (this.#waiting[errand].length >= waiting) coming.refuse();
    else {
      const until = performance.now() + this.#patience;
      const turn = () => void (performance.now() <= until ? coming.enter() : coming.refuse());
      this.#waiting[errand].push(AsyncLocalStorage.bind(turn));
    }
  }

  /** Work that makes an answer. */
  async within<T>(errand: Errand, work: () => Promise<T>): Promise<T> {
    this.#underWay[errand]++;
    try {
      return await work();
    } finally {
      this.#underWay[errand]--;
      this.#next(errand);
    }
  }

  /** Whoever waited comes in as himself, not in the name of who has just left. One that makes no work leaves his turn to the next. */
  #next(errand: Errand): void {
    const waiting = this.#waiting[errand];
    while (waiting.length > 0 && this.#underWay[errand] < this.#bounds[errand].atOnce) waiting.shift()?.();
  }
}
