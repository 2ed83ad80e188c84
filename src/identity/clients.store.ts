import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { Database } from '../platform/db.ts';
import type { AgencyClient, ClientScope } from './visitor.ts';

export interface Registered {
  clientId: string;
  agencyNumber: string;
  /** Public keys, each with its `alg`. */
  keys: JWK[];
  scopes: ClientScope[];
}

export type ClientsStore = ReturnType<typeof clientsStore>;

/** Clients of agencies, the assertions they used, the tokens they hold. Instants are ISO 8601; tokens come as their hash. */
export function clientsStore(db: Database) {
  const bearer = db.read
    .selectFrom('access_tokens as token')
    .innerJoin('clients as client', 'client.client_id', 'token.client_id')
    .innerJoin('enterprises as agency', 'agency.enterprise_number', 'client.agency_number')
    .select(['client.client_id', 'client.agency_number', 'agency.nsso_number', 'token.scopes'])
    .where('token.token_hash', '=', Buffer.alloc(0))
    .where('token.expires_at', '>', '')
    .where('client.revoked_at', 'is', null)
    .compile();

  return {
    /** The client behind a token that still counts, looked up at every call: revoking works at once. */
    async find(hash: Buffer, now: string): Promise<AgencyClient | null> {
      const [row] = await db.rows(bearer, [hash, now]);
      if (!row) return null;
      const { client_id: clientId, agency_number: agencyNumber, nsso_number: nssoNumber } = row;
      return { kind: 'client', clientId, agencyNumber, nssoNumber, scopes: row.scopes as ClientScope[] };
    },

    async registered(clientId: string): Promise<Registered | null> {
      const row = await db.read
        .selectFrom('clients')
        .select(['client_id', 'agency_number', 'keys', 'scopes'])
        .where('client_id', '=', clientId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      if (!row) return null;
      const { keys } = row.keys as { keys: JWK[] };
      return { clientId, agencyNumber: row.agency_number, keys, scopes: row.scopes as ClientScope[] };
    },

    /** Notes an assertion as used and keeps the token that is given for it, both or neither. @returns false when it was used before */
    async grant(given: {
      clientId: string;
      jti: string;
      assertionEnds: string;
      tokenHash: Buffer;
      scopes: ClientScope[];
      tokenEnds: string;
    }): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db.read
        .with('used', (query) =>
          query
            .insertInto('client_assertions')
            .values({ client_id: given.clientId, jti: given.jti, expires_at: given.assertionEnds })
            .onConflict((clash) => clash.doNothing())
            .returning('client_id'),
        )
        .insertInto('access_tokens')
        .columns(['token_hash', 'client_id', 'scopes', 'expires_at'])
        .expression((query) =>
          query
            .selectFrom('used')
            .select([
              sql<Buffer>`${given.tokenHash}::bytea`.as('token_hash'),
              'used.client_id',
              sql<string[]>`${given.scopes}::text[]`.as('scopes'),
              sql<string>`${given.tokenEnds}::timestamptz`.as('expires_at'),
            ]),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async sweep(now: string): Promise<void> {
      await db.read.deleteFrom('access_tokens').where('expires_at', '<=', now).execute();
      await db.read.deleteFrom('client_assertions').where('expires_at', '<=', now).execute();
    },

    /** @returns false when the directory has no such agency */
    async add(client: Registered, now: string): Promise<boolean> {
      const agency = await db.read
        .selectFrom('enterprises')
        .select('name')
        .where('enterprise_number', '=', client.agencyNumber)
        .where('kind', '=', 'agency')
        .executeTakeFirst();
      if (!agency) return false;
      await db.read
        .insertInto('clients')
        .values({
          client_id: client.clientId,
          agency_number: client.agencyNumber,
          keys: JSON.stringify({ keys: client.keys }),
          scopes: client.scopes,
          added_at: now,
          revoked_at: null,
        })
        .execute();
      return true;
    },

    /** New keys in the place of the old ones; tokens given before stay good until they end. @returns false when there is no such client */
    async roll(clientId: string, keys: JWK[]): Promise<boolean> {
      const { numUpdatedRows } = await db.read
        .updateTable('clients')
        .set({ keys: JSON.stringify({ keys }) })
        .where('client_id', '=', clientId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** The client's tokens end at once. @returns false when there is no such client */
    async revoke(clientId: string, now: string): Promise<boolean> {
      const { numUpdatedRows } = await db.read
        .updateTable('clients')
        .set({ revoked_at: now })
        .where('client_id', '=', clientId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
