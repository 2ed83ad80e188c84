import type { Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { Verified } from './overview.ts';

/** What a code leads to. The code is a secret of 96 bits: who shows it is told what it tells, and no more is read. */
export const verificationStore = {
  /** With the number of the worker whose overview it is, for the access row alone. null: no code, or one that ran out. */
  async byCode(
    tx: Transaction<Tables>,
    codeHash: Buffer,
    now: string,
  ): Promise<{ verified: Verified; insz: string; reference: string } | null> {
    const row = await tx
      .selectFrom('overviews')
      .innerJoin('workers', 'workers.worker_id', 'overviews.worker_id')
      .select([
        'overview_id',
        'initials',
        'covers_from',
        'covers_to',
        'relation_count',
        'made_at',
        'sha256',
        'revoked_at',
      ])
      .select('workers.insz')
      .where('code_hash', '=', codeHash)
      .where('state', '=', 'ready')
      .where('verifiable_until', '>', now)
      .executeTakeFirst();
    if (!row) return null;
    return {
      insz: row.insz,
      reference: row.overview_id,
      verified: {
        initials: row.initials ?? '',
        coversFrom: row.covers_from,
        coversTo: row.covers_to,
        relationCount: row.relation_count ?? 0,
        madeAt: row.made_at ?? '',
        sha256: row.sha256 ?? '',
        revokedAt: row.revoked_at,
      },
    };
  },

  /** The first revocation counts. @returns whether there is such an overview in scope */
  async revoke(tx: Transaction<Tables>, scope: WorkerScope, id: string, now: string): Promise<boolean> {
    const row = await tx
      .updateTable('overviews')
      .set((set) => ({ revoked_at: set.fn.coalesce('revoked_at', set.val(now)) }))
      .where('worker_id', '=', scope.workerId)
      .where('overview_id', '=', id)
      .where('code_hash', 'is not', null)
      .returning('overview_id')
      .executeTakeFirst();
    return row !== undefined;
  },
};
