/** What happens to somebody's digital keys: each leaves an access row and is told by mail. */
export const ACTS = [
  'account-made',
  'name-changed',
  'password-changed',
  'card-requested',
  'card-activated',
  'card-revoked',
  'card-blocked',
  'card-expired',
  'card-unused',
  'sign-in-blocked',
  'unlocked',
  'session-ended',
  'sessions-ended',
] as const;
export type Act = (typeof ACTS)[number];

/** One line of the history: instant, what, and who did it: himself, the support desk, or the portal by its rules. */
export interface Happened {
  at: string;
  act: Act;
  by: 'worker' | 'support' | 'system';
}
