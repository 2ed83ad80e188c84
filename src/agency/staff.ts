import type { StaffRight } from '../identity/visitor.ts';

/** Somebody who may act for an agency, as his agency knows him. */
export interface Colleague {
  /** Names him in addresses and forms of his agency. */
  key: string;
  workerId: string;
  insz: string;
  /** As told when he was added; his own once he chose this capacity. Null: nobody told a name. */
  givenName: string | null;
  familyName: string | null;
  right: StaffRight;
  /** Instants. */
  addedAt: string;
  lastActedAt: string | null;
  /** Name of the officer who added him; null: the operator of the portal. */
  addedBy: string | null;
}

/** What became of a change of staff. */
export type StaffOutcome =
  | 'added'
  | 'changed'
  | 'removed'
  /** The officer took the right to manage from himself. */
  | 'stepped-down'
  /** He acts for the agency already; his right is changed on his own page. */
  | 'known'
  /** Nobody of that key acts for the agency. */
  | 'unknown'
  /** It would leave the agency without anybody who manages its staff. */
  | 'last';

/** A name as typed: spaces put right, null when there is none, cut where no name goes on. */
export function typedName(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const name = text
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name === '' ? null : [...name].slice(0, 96).join('');
}

/** Whether the agency still has somebody who manages its staff after a colleague gets another right (null: none any more). */
export function keepsOfficer(
  staff: Pick<Colleague, 'key' | 'right'>[],
  key: string,
  right: StaffRight | null,
): boolean {
  return right === 'manage' || staff.some((one) => one.key !== key && one.right === 'manage');
}
