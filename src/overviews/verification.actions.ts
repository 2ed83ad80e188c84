import { recordAccess } from '../access/access.store.ts';
import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { referenceOf } from '../platform/ids.ts';
import { codeFrom, hashOfCode } from './code.ts';
import type { Verified } from './overview.ts';
import { verificationStore as store } from './verification.store.ts';

export interface Verification {
  /** What a code tells; its worker can see that it was asked. null, whatever is wrong with it. */
  verify(typed: string, about: { now: string; requestId: string }): Promise<Verified | null>;
  /** From now on the code tells that it no longer counts. @returns whether there is such an overview */
  revoke(visitor: SignedInWorker, id: string, now: string): Promise<boolean>;
}

export function verificationActions(db: Database): Verification {
  return {
    async verify(typed, { now, requestId }) {
      const code = codeFrom(typed);
      if (code === null) return null;
      // whoever has the paper may ask, and hears no more than what `Verified` holds
      return db.houseTransaction(async (tx) => {
        const found = await store.byCode(tx, hashOfCode(code), now);
        if (!found) return null;
        await recordAccess(tx, {
          at: now,
          actor: { kind: 'system' },
          subject: found.insz,
          purpose: 'verification',
          channel: 'screen',
          detail: { reference: referenceOf(found.reference) },
          requestId,
        });
        return found.verified;
      }, 'short');
    },

    revoke: (visitor, id, now) => db.transaction((tx) => store.revoke(tx, scopeOf(visitor), id, now)),
  };
}
