import { sql, type Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { Account } from './account.ts';
import { ACTS, type Happened } from './history.ts';

type Tx = Transaction<Tables>;

/** The person behind an account, as the portal knows him now. */
export interface Person {
  workerId: string;
  insz: string;
  givenName: string | null;
  familyName: string;
}

const ACCOUNT = [
  'worker_id as workerId',
  'user_name as userName',
  'user_key as userKey',
  'password',
  'password_at as passwordAt',
] as const;

/** User names and passwords, and the people behind them. Everything that changes is done in the transaction of the act. */
export const accountsStore = {
  async account(db: Database['read'], { workerId }: WorkerScope): Promise<Account | null> {
    const row = await db
      .selectFrom('key_accounts')
      .select(ACCOUNT)
      .where('worker_id', '=', workerId)
      .executeTakeFirst();
    return row ?? null;
  },

  /** The same, held: changes of one person's keys are made one after the other. */
  async holdAccount(tx: Tx, workerId: string): Promise<Account | null> {
    const row = await tx
      .selectFrom('key_accounts')
      .select(ACCOUNT)
      .where('worker_id', '=', workerId)
      .forUpdate()
      .executeTakeFirst();
    return row ?? null;
  },

  async accountCalled(tx: Tx, userKey: string): Promise<Account | null> {
    const row = await tx.selectFrom('key_accounts').select(ACCOUNT).where('user_key', '=', userKey).executeTakeFirst();
    return row ?? null;
  },

  /** @returns false when somebody else has the name, or he has one already */
  async addAccount(tx: Tx, account: Omit<Account, 'passwordAt'>, now: string): Promise<boolean> {
    const added = await tx
      .insertInto('key_accounts')
      .values({
        worker_id: account.workerId,
        user_name: account.userName,
        user_key: account.userKey,
        password: account.password,
        made_at: now,
        password_at: now,
      })
      .onConflict((clash) => clash.doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  },

  /** @returns false when somebody else has the name */
  async rename(tx: Tx, workerId: string, name: { userName: string; userKey: string }): Promise<boolean> {
    const { rows } = await sql`
      update key_accounts set user_name = ${name.userName}, user_key = ${name.userKey}
      where worker_id = ${workerId} and not exists (
        select from key_accounts other where other.user_key = ${name.userKey} and other.worker_id <> ${workerId})
      returning worker_id`.execute(tx);
    return rows.length === 1;
  },

  async setPassword(tx: Tx, workerId: string, password: string, now: string): Promise<void> {
    await tx
      .updateTable('key_accounts')
      .set({ password, password_at: now })
      .where('worker_id', '=', workerId)
      .execute();
  },

  async person(tx: Tx, workerId: string): Promise<Person> {
    const row = await tx
      .selectFrom('workers')
      .select(['worker_id as workerId', 'insz', 'given_name as givenName', 'family_name as familyName'])
      .where('worker_id', '=', workerId)
      .executeTakeFirstOrThrow();
    return { ...row, familyName: row.familyName ?? '' };
  },

  /** By any number he has or had. */
  async personByNumber(tx: Tx, insz: string): Promise<Person | null> {
    const row = await tx
      .selectFrom('worker_numbers as number')
      .innerJoin('workers', 'workers.worker_id', 'number.worker_id')
      .select(['workers.worker_id as workerId', 'workers.insz', 'given_name as givenName', 'family_name as familyName'])
      .where('number.insz', '=', insz)
      .executeTakeFirst();
    return row ? { ...row, familyName: row.familyName ?? '' } : null;
  },

  /** What happened to his keys, newest first, under whatever number he had. */
  async history(db: Database['read'], { workerId }: WorkerScope): Promise<Happened[]> {
    const rows = await db
      .selectFrom('access_rows as row')
      .innerJoin('worker_numbers as number', 'number.insz', 'row.subject_insz')
      .select(['row.at', 'row.actor_kind as by', sql<string>`row.detail ->> 'act'`.as('act')])
      .where('number.worker_id', '=', workerId)
      .where('row.purpose', '=', 'keys')
      .orderBy('row.at', 'desc')
      .limit(50)
      .execute();
    return rows.flatMap(({ at, by, act }) => {
      const known = ACTS.find((one) => one === act);
      return known && by !== 'agency' ? [{ at, by, act: known }] : [];
    });
  },
};

export type AccountsStore = typeof accountsStore;
