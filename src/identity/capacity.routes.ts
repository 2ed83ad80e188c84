import { type Answer, page, Refused, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forSignedIn, type Route } from '../web/route.ts';
import { sessionHash } from '../web/visit.ts';
import { capacityPage } from './capacity.pages.ts';
import type { SessionsStore } from './sessions.store.ts';
import { cookieName, hashOf, newToken, ownPath } from './sessions.ts';
import { type SignedIn, SUPPORT } from './visitor.ts';

export interface CapacityTools {
  sessions: SessionsStore;
  publicUrl: string;
  secret: string;
}

export function capacityRoutes({ sessions, publicUrl, secret }: CapacityTools): Route[] {
  async function choose({ visitor, lang, query }: Asked<SignedIn>): Promise<Answer> {
    const held = (await sessions.capacities(visitor.workerId)).map((row) => {
      return { agencyNumber: row.agency_number, agencyName: row.name, right: row.right_held };
    });
    const support = await sessions.isAgent(visitor.workerId);
    const current = capacityOf(visitor);
    const name = `${visitor.givenName ?? ''} ${visitor.familyName}`.trim();
    return page(
      'identity/capacity',
      capacityPage(lang, held, { current, support, comeBack: ownPath(query.return), name }),
    );
  }

  /** The session goes on under a new id: what was known of the old one gives no right of the new capacity. */
  async function take({ fields, now, request }: Asked<SignedIn>): Promise<Answer> {
    const { capacity, return: back } = fields;
    const wanted = capacity === 'worker' ? null : String(capacity);
    const old = sessionHash(request, { publicUrl, secret });
    const token = newToken();
    if (!old || !(await sessions.take(old, hashOf(token, secret), wanted, now)))
      throw new Refused(403, 'no right in that capacity');
    const to = goesTo(ownPath(back), wanted);
    return redirect(to, [{ name: cookieName(publicUrl, 'session'), value: token }]);
  }

  return [forSignedIn('GET', paths.CAPACITY, choose), forSignedIn('POST', paths.CAPACITY, take)];
}

function capacityOf(visitor: SignedIn): string | null {
  if (visitor.kind === 'support') return SUPPORT;
  return visitor.kind === 'agency' ? visitor.agencyNumber : null;
}

/** Where the new capacity goes on: to the page asked for if it is one of its own, else to its first. */
function goesTo(back: string, capacity: string | null): string {
  const first = { support: paths.SUPPORT, agency: paths.AGENCY };
  const isOf = (home: string) => back === home || new RegExp(`^${home}[/?]`).test(back);
  if (capacity === null) return Object.values(first).some(isOf) ? paths.HOME : back;
  const home = capacity === SUPPORT ? first.support : first.agency;
  return isOf(home) ? back : home;
}
