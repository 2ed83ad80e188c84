import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { type AgencyClient, type AgencyStaff, agencyScopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { notificationMessage } from './batches.messages.ts';
import { changesIn } from './batches.rows.ts';
import { batchesStore as store } from './batches.store.ts';
import type { Act, FormBatch, Forms } from './batches.ts';

/** The notifications of some forms, with the access row that says who took the data of these people along. */
export function notified(
  db: Database,
  visitor: AgencyClient | AgencyStaff,
  batch: FormBatch,
  which: Forms,
  { now, requestId }: Act,
): Promise<string> {
  const scope = agencyScopeOf(visitor);
  return db.longTransaction(async (tx) => {
    const rows = await store.forms(tx, scope, batch, which);
    const periods = rows.flatMap(({ result, kind, period_id }) =>
      result !== 'B' && kind !== 'DAILY' && period_id !== null ? [period_id] : [],
    );
    const changes = changesIn(await store.histories(tx, scope, [...new Set(periods)]));
    const nssoNumber = await store.nssoNumber(tx, scope);
    await recordAccess(tx, {
      at: now,
      actor: actorOf(visitor),
      subject: rows.flatMap(({ insz }) => insz ?? []),
      purpose: 'agency-export',
      channel: visitor.kind === 'client' ? 'service' : 'screen',
      detail: { what: 'notifications' },
      resultCount: rows.length,
      requestId,
    });
    return notificationMessage(batch, rows, changes, { nssoNumber });
  });
}
