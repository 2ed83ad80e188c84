import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { type AgencyClient, type AgencyScope, agencyScopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { Declaration } from './declaration.ts';
import type { Intake } from './declarations.actions.ts';
import type { Outcome } from './declarations.batch.ts';

/** Declares for a client's agency. The same key with the same body is answered the same. @throws KeyReused */
export async function declare(
  intake: Intake,
  client: AgencyClient,
  given: { declaration: Declaration; body: unknown; key: string | null; now: string },
): Promise<Outcome> {
  const { declaration, body, key, now } = given;
  const keyed =
    key === null
      ? { sourceKey: null }
      : {
          sourceKey: `idem:${client.clientId}:${key}`,
          fingerprint: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
        };
  const about = { channel: 'service', now, sender: `client:${client.clientId}` } as const;
  const [outcome] = await intake.receive([{ declaration, ...keyed }], about);
  if (!outcome) throw new Error('a declaration was not answered');
  return outcome;
}

/** Reads what an agency declared and writes down whose data its service saw, both or neither. */
export function consulted<R extends { insz: string | null }>(
  db: Database,
  client: AgencyClient,
  asked: { now: string; requestId: string; what: string },
  read: (tx: Transaction<Tables>, scope: AgencyScope) => Promise<R[]>,
): Promise<R[]> {
  return db.transaction(async (tx) => {
    const rows = await read(tx, agencyScopeOf(client));
    await recordAccess(tx, {
      at: asked.now,
      actor: actorOf(client),
      subject: rows.flatMap(({ insz }) => insz ?? []),
      purpose: 'agency-view',
      channel: 'service',
      detail: { what: asked.what },
      resultCount: rows.length,
      requestId: asked.requestId,
    });
    return rows;
  });
}
