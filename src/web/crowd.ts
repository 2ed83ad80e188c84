import { isService } from './client.ts';

/**
 * What people and services come for, by what it waits for: who looks waits for the database alone, who acts perhaps for a card's responder or a
 * mail server, a call for the intake. Each has a bound of its own, so that one that stands still keeps no other waiting.
 */
export type Errand = 'look' | 'act' | 'call';

/** Under way in this process at once. So many keep one core and the database busy; more of them would only wait longer, and keep the rest waiting. */
const BOUNDS: Record<Errand, number> = { look: 64, act: 200, call: 400 };

export function errandOf(asked: { method?: string | undefined; url?: string | undefined }): Errand {
  if (isService({ url: asked.url ?? '' })) return 'call';
  return asked.method === 'GET' || asked.method === 'HEAD' ? 'look' : 'act';
}

/** Everybody whose answer is being made. Whoever still sends his question, or reads his answer slowly, is not of them. */
export class Crowd {
  #underWay: Record<Errand, number> = { look: 0, act: 0, call: 0 };
  #bounds: Record<Errand, number>;

  constructor(bounds: Partial<Record<Errand, number>> = {}) {
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  hasRoomFor(errand: Errand): boolean {
    return this.#underWay[errand] < this.#bounds[errand];
  }

  async within<T>(errand: Errand, work: () => Promise<T>): Promise<T> {
    this.#underWay[errand]++;
    try {
      return await work();
    } finally {
      this.#underWay[errand]--;
    }
  }
}
