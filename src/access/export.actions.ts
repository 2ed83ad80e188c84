import type { Database } from '../platform/db.ts';
import { recordAccess } from './access.store.ts';
import { EVERYBODY } from './access.ts';
import type { ExportWanted } from './export.store.ts';

/** The longest reason that is kept. */
export const LONGEST_REASON = 200;

/**
 * Taking access rows along is written down before they are given. Of one person it stands on his own page; of everybody it stands
 * without a number, for the next export.
 */
export async function recordAccessExport(
  db: Database,
  { from, to, insz }: ExportWanted,
  { reason, now }: { reason: string; now: string },
): Promise<void> {
  await db.transaction((tx) =>
    recordAccess(tx, {
      at: now,
      actor: { kind: 'system' },
      subject: insz ?? EVERYBODY,
      purpose: 'access-export',
      channel: 'command',
      detail: { reason, from, to },
    }),
  );
}
