import { type Kysely, sql, type Transaction } from 'kysely';
import type { EboxLanguage } from '../deliveries/delivery.ts';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { Bundle, News, Notice, NoticeChannel, NoticeChoice } from './notice.ts';

type Tx = Transaction<Tables>;
type At = Kysely<Tables>;

/** What workers want to hear of, and what they were told. */
export const noticesStore = {
  async choices(scope: WorkerScope, at: At): Promise<NoticeChoice[]> {
    return at
      .selectFrom('notice_choices')
      .select(['kind', 'mail', 'ebox', 'daily'])
      .where('worker_id', '=', scope.workerId)
      .execute();
  },

  /** These and no others from now on. */
  async choose(scope: WorkerScope, tx: Tx, choices: NoticeChoice[], language: EboxLanguage): Promise<void> {
    await tx.deleteFrom('notice_choices').where('worker_id', '=', scope.workerId).execute();
    const rows = choices.map((choice) => ({ worker_id: scope.workerId, language, ...choice }));
    if (rows.length > 0) await tx.insertInto('notice_choices').values(rows).execute();
  },

  /** Nothing by this way any more; what goes by another stays. */
  async silence(tx: Tx, workerId: string, channel: NoticeChannel): Promise<void> {
    const other = channel === 'mail' ? 'ebox' : 'mail';
    await tx.deleteFrom('notice_choices').where('worker_id', '=', workerId).where(other, '=', false).execute();
    await tx
      .updateTable('notice_choices')
      .set({ [channel]: false })
      .where('worker_id', '=', workerId)
      .execute();
  },

  /**
   * What news these declarations are to whom, of temp work only, in order of receipt. What came with imported history (received days before
   * the intake, or nobody knows when) is no news.
   */
  async newsOf(tx: Tx, declarationIds: string[], at: string): Promise<News[]> {
    const { rows } = await sql<News>`
      select r.worker_id as "workerId", d.declaration_id as key, d.period_id as about, d.declaration_id as "declarationId", ${at}::text as at,
        case d.kind when 'IN' then 'declared' when 'CANCEL' then 'cancelled' else 'changed' end as kind
      from declarations d join relations r on r.period_id = d.period_id
      where d.declaration_id = any(${declarationIds}::text[]) and d.result <> 'B' and d.kind <> 'DAILY' and r.joint_committee = '322'
        and d.received_at > ${at}::timestamptz - interval '2 days'
      order by d.seq`.execute(tx);
    return rows;
  },

  /** What each of these workers chose; nobody else tells them anything until the transaction ends. */
  async hold(tx: Tx, workerIds: string[]): Promise<Map<string, NoticeChoice[]>> {
    await sql`select from workers where worker_id = any(${workerIds}::bigint[]) order by worker_id for no key update`.execute(
      tx,
    );
    const rows = await tx
      .selectFrom('notice_choices')
      .selectAll()
      .where('worker_id', '=', sql<string>`any(${workerIds}::bigint[])`)
      .execute();
    const chosen = new Map<string, NoticeChoice[]>();
    for (const { worker_id: workerId, language: _, ...choice } of rows)
      chosen.set(workerId, [...(chosen.get(workerId) ?? []), choice]);
    return chosen;
  },

  /** Those of these that were told before: `kind key channel`. */
  async told(tx: Tx, workerIds: string[], keys: string[]): Promise<Set<string>> {
    const { rows } = await sql<{ told: string }>`
      select concat_ws(' ', worker_id, kind, key, channel) as told from notices
      where worker_id = any(${workerIds}::bigint[]) and key = any(${keys}::text[])`.execute(tx);
    return new Set(rows.map(({ told }) => told));
  },

  /** The digest of a day that has not gone yet; held until the transaction ends. */
  async openDigest(tx: Tx, workerId: string, channel: NoticeChannel, day: string): Promise<string | null> {
    const row = await tx
      .selectFrom('notice_bundles')
      .select('bundle_id')
      .where('worker_id', '=', workerId)
      .where('channel', '=', channel)
      .where('digest_day', '=', day)
      .where('gone_at', 'is', null)
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    return row?.bundle_id ?? null;
  },

  async bundle(
    tx: Tx,
    bundle: Bundle,
    more: { dueAt: string; goneAt: string | null; secretHash: Buffer },
  ): Promise<void> {
    await tx
      .insertInto('notice_bundles')
      .values({
        bundle_id: bundle.id,
        worker_id: bundle.workerId,
        channel: bundle.channel,
        digest_day: bundle.digestDay,
        due_at: more.dueAt,
        gone_at: more.goneAt,
        secret_hash: more.secretHash,
      })
      .execute();
  },

  async add(tx: Tx, notices: (Notice & { bundleId: string })[]): Promise<void> {
    const rows = notices.map((notice) => ({
      worker_id: notice.workerId,
      kind: notice.kind,
      key: notice.key,
      channel: notice.channel,
      bundle_id: notice.bundleId,
      at: notice.at,
      about: notice.about,
      declaration_id: notice.declarationId,
    }));
    if (rows.length > 0) await tx.insertInto('notices').values(rows).execute();
  },

  /** Digests that are due, gone from now on; others pass by those somebody else holds. */
  async due(tx: Tx, now: string): Promise<Bundle[]> {
    const { rows } = await sql<Bundle>`
      with due as (select bundle_id from notice_bundles where gone_at is null and due_at <= ${now}::timestamptz
        order by due_at limit 200 for update skip locked)
      update notice_bundles b set gone_at = ${now}::timestamptz from due where b.bundle_id = due.bundle_id
      returning b.bundle_id as id, b.worker_id as "workerId", b.channel, b.digest_day as "digestDay"`.execute(tx);
    return rows;
  },

  /** What a bundle tells, in the order it happened. */
  async whole(at: At, bundleId: string): Promise<(Bundle & { notices: Notice[] }) | null> {
    const row = await at.selectFrom('notice_bundles').selectAll().where('bundle_id', '=', bundleId).executeTakeFirst();
    if (!row) return null;
    const { rows } = await sql<Notice>`
      select worker_id as "workerId", kind, key, channel, at, about, declaration_id as "declarationId"
      from notices where bundle_id = ${bundleId} order by at, notice_id`.execute(at);
    return { id: bundleId, workerId: row.worker_id, channel: row.channel, digestDay: row.digest_day, notices: rows };
  },

  /** To whom a bundle goes by eBox: his number as it is today, and the language he chose in; null where the bundle is gone. */
  async reader(at: At, bundleId: string): Promise<{ insz: string; language: EboxLanguage } | null> {
    const { rows } = await sql<{ insz: string; language: EboxLanguage }>`
      select w.insz, coalesce((select max(language) from notice_choices c where c.worker_id = w.worker_id), 'nl') as language
      from notice_bundles b join workers w on w.worker_id = b.worker_id where b.bundle_id = ${bundleId}`.execute(at);
    return rows[0] ?? null;
  },

  /** Whose notices a secret ends, and by which way they come. */
  async bySecret(at: At, secretHash: Buffer): Promise<{ workerId: string; channel: NoticeChannel } | null> {
    const row = await at
      .selectFrom('notice_bundles')
      .select(['worker_id', 'channel'])
      .where('secret_hash', '=', secretHash)
      .executeTakeFirst();
    return row ? { workerId: row.worker_id, channel: row.channel } : null;
  },
};

export type NoticesStore = typeof noticesStore;
