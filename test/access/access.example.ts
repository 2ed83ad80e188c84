import { type Access, recordAccess } from '../../src/access/access.store.ts';
import type { TestDatabase } from '../database.ts';
import { inszNumber } from '../records.ts';

/** An access row of somebody who signed in. */
export const access = (at: string, over: Partial<Access> = {}): Access => ({
  at,
  actor: { kind: 'worker', insz: inszNumber(1) },
  subject: inszNumber(1),
  purpose: 'sign-in',
  channel: 'screen',
  detail: { method: 'eid', assurance: 500 },
  requestId: 'r1',
  ...over,
});

/** Writes rows as the portal does, all of them in one transaction. */
export const writer =
  ({ portal }: TestDatabase) =>
  (...rows: Access[]): Promise<void> =>
    portal.transaction(async (tx) => {
      for (const row of rows) await recordAccess(tx, row);
    });

/** Instants at both ends of months, and within. */
export const MONTHS: readonly string[] = [
  '2026-09-30T23:59:59.999999Z',
  '2026-10-01T00:00:00Z',
  '2026-10-15T12:00:00Z',
  '2026-11-02T08:00:00.5Z',
];
