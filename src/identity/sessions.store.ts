import { sql } from 'kysely';
import type { Database } from '../platform/db.ts';
import { type SignedIn, STAFF_ASSURANCE, type StaffRight, SUPPORT } from './visitor.ts';

export interface FoundSession {
  visitor: SignedIn;
  lastSeenAt: string;
}

export type SessionsStore = ReturnType<typeof sessionsStore>;

/** Sessions, and what is kept between the steps of a sign-in. Instants are ISO 8601; tokens come as their keyed hash. */
export function sessionsStore(db: Database) {
  // the capacity's right with it: one that was taken away counts no more
  const look = db.read
    .selectFrom('sessions as s')
    .leftJoin('agency_staff as staff', (join) =>
      join.onRef('staff.agency_number', '=', 's.agency_number').onRef('staff.worker_id', '=', 's.worker_id'),
    )
    .leftJoin('enterprises as agency', 'agency.enterprise_number', 'staff.agency_number')
    .leftJoin('support_agents as agent', (join) =>
      join.onRef('agent.worker_id', '=', 's.worker_id').on('s.acts_for_support', '=', sql.lit(true)),
    )
    .select([
      's.worker_id',
      's.insz',
      's.given_name',
      's.family_name',
      's.method',
      's.assurance',
      's.created_at',
      's.last_seen_at',
      's.previous_visit_at',
      's.may_choose',
      'staff.right_held',
      'agency.enterprise_number as agency_number',
      'agency.name as agency_name',
      'agent.worker_id as agent_id',
    ])
    .where('s.token_hash', '=', Buffer.alloc(0))
    .where('s.created_at', '>', '')
    .where('s.last_seen_at', '>', '')
    .compile();

  /** Whether a person is an agent of the support desk. */
  async function isAgent(workerId: string): Promise<boolean> {
    const row = await db.read
      .selectFrom('support_agents')
      .select('worker_id')
      .where('worker_id', '=', workerId)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The agencies that a person may act for, by name. */
  async function capacities(workerId: string) {
    return db.read
      .selectFrom('agency_staff as staff')
      .innerJoin('enterprises as agency', 'agency.enterprise_number', 'staff.agency_number')
      .select(['staff.agency_number', 'agency.name', 'staff.right_held'])
      .where('staff.worker_id', '=', workerId)
      .orderBy('agency.name')
      .execute();
  }

  return {
    /** The session that still counts, looked up at every request: ending one works at once. */
    async find(hash: Buffer, since: { created: string; seen: string }): Promise<FoundSession | null> {
      const [row] = await db.rows(look, [hash, since.created, since.seen]);
      if (!row) return null;
      return { visitor: visitorOf(row), lastSeenAt: row.last_seen_at };
    },

    async touch(hash: Buffer, now: string): Promise<void> {
      await db.read.updateTable('sessions').set({ last_seen_at: now }).where('token_hash', '=', hash).execute();
    },

    /**
     * Goes on in another capacity, under a new id: null is the worker himself, else the support desk or the number of an agency.
     * @returns whether he holds a right there and proved strongly enough who he is; if not, nothing changes
     */
    async take(hash: Buffer, newHash: Buffer, capacity: string | null, now: string): Promise<boolean> {
      const isSupport = capacity === SUPPORT;
      const agencyNumber = isSupport ? null : capacity;
      const { rows } = await sql`
        with taken as (
          update sessions set token_hash = ${newHash}, agency_number = ${agencyNumber}, acts_for_support = ${isSupport}, may_choose = true
          where token_hash = ${hash} and (${capacity}::text is null or assurance >= ${STAFF_ASSURANCE} and (exists (
              select from agency_staff staff where staff.agency_number = ${agencyNumber} and staff.worker_id = sessions.worker_id)
            or ${isSupport}::boolean and exists (select from support_agents agent where agent.worker_id = sessions.worker_id)))
          returning worker_id, agency_number),
        acted as (
          update agency_staff staff set last_acted_at = ${now}
          from taken where staff.agency_number = taken.agency_number and staff.worker_id = taken.worker_id)
        select worker_id from taken`.execute(db.read);
      return rows.length === 1;
    },

    isAgent,
    capacities,

    /** @returns how it began, and what the one who vouched then wants to see at its end; null when there was none */
    async end(hash: Buffer): Promise<{ method: string; sign_out_hint: string | null } | null> {
      const ended = await db.read
        .deleteFrom('sessions')
        .where('token_hash', '=', hash)
        .returning(['method', 'sign_out_hint'])
        .executeTakeFirst();
      return ended ?? null;
    },

    /** Forgets sessions that no longer count, and steps of a sign-in that nobody went on from. */
    async sweep(since: { created: string; seen: string }, now: string): Promise<void> {
      await db.read.deleteFrom('sign_in_challenges').where('expires_at', '<', now).execute();
      await db.read
        .deleteFrom('sessions')
        .where((test) => test.or([test('created_at', '<=', since.created), test('last_seen_at', '<=', since.seen)]))
        .execute();
    },

    /** Keeps something between two steps of a sign-in. */
    async keepStep(hash: Buffer, kept: string, expiresAt: string, now: string): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.deleteFrom('sign_in_challenges').where('expires_at', '<', now).execute();
        await tx
          .insertInto('sign_in_challenges')
          .values({ token_hash: hash, kept, expires_at: expiresAt })
          .onConflict((clash) => clash.column('token_hash').doUpdateSet({ kept, expires_at: expiresAt }))
          .execute();
      });
    },

    /** Takes it out, so that it can be used once only, whatever comes of it. */
    async takeStep(hash: Buffer, now: string): Promise<string | null> {
      const row = await db.read
        .deleteFrom('sign_in_challenges')
        .where('token_hash', '=', hash)
        .returning(['kept', 'expires_at'])
        .executeTakeFirst();
      return row && Date.parse(row.expires_at) > Date.parse(now) ? row.kept : null;
    },
  };
}

function visitorOf(row: {
  worker_id: string;
  insz: string;
  given_name: string | null;
  family_name: string;
  method: string;
  assurance: number;
  created_at: string;
  previous_visit_at: string | null;
  may_choose: boolean;
  right_held: StaffRight | null;
  agency_number: string | null;
  agency_name: string | null;
  agent_id: string | null;
}): SignedIn {
  const person = {
    workerId: row.worker_id,
    insz: row.insz,
    givenName: row.given_name,
    familyName: row.family_name,
    method: row.method,
    assurance: row.assurance,
    provenAt: row.created_at,
    previousVisitAt: row.previous_visit_at,
    mayChoose: row.may_choose,
  };
  const { agency_number: agencyNumber, agency_name: agencyName, right_held: right } = row;
  if (row.agent_id !== null) return { kind: 'support', ...person };
  if (agencyNumber === null || agencyName === null || right === null) return { kind: 'worker', ...person };
  return { kind: 'agency', ...person, agencyNumber, agencyName, right };
}
