import type { Clock } from '../platform/clock.ts';
import { type Answer, data } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, type Route } from '../web/route.ts';
import { grantToken, NotGranted } from './clients.actions.ts';
import type { ClientsStore } from './clients.store.ts';

export interface ClientsTools {
  clock: Clock;
  clients: ClientsStore;
  publicUrl: string;
}

/** Above what the contract promises to a single address. */
const PER_MINUTE = 600;

export function clientsRoutes({ clock, clients: store, publicUrl }: ClientsTools): Route[] {
  const audience = publicUrl + paths.TOKEN;

  /** OAuth answers in its own words (RFC 6749 §5): its errors are no problem+json. */
  async function token({ body }: Asked): Promise<Answer> {
    try {
      return data(await grantToken((body ?? {}) as Record<string, unknown>, { store, clock, audience }));
    } catch (error) {
      if (!(error instanceof NotGranted)) throw error;
      const status = error.code === 'invalid_client' ? 401 : 400;
      return data({ error: error.code, error_description: error.message }, { status });
    }
  }

  return [forAll('POST', paths.TOKEN, token, { perMinute: PER_MINUTE })];
}
