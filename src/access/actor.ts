import type { AgencyClient, SignedIn } from '../identity/visitor.ts';

/** Who did something with a person's data: a person in his capacity, an agency's own service, or the portal itself. */
export type Actor =
  | { kind: 'worker' | 'support'; insz: string }
  | { kind: 'agency'; insz: string; agency: string }
  | { kind: 'agency'; client: string; agency: string }
  | { kind: 'system' };

/** The visitor, as what he does is written down. */
export function actorOf(visitor: SignedIn | AgencyClient): Actor {
  if (visitor.kind === 'client') return { kind: 'agency', client: visitor.clientId, agency: visitor.agencyNumber };
  if (visitor.kind === 'agency') return { kind: 'agency', insz: visitor.insz, agency: visitor.agencyNumber };
  return { kind: visitor.kind, insz: visitor.insz };
}
