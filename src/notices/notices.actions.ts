import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { type Bundle, digestAt, digestDaysFor, type News, type Notice, NOTICE_CHANNELS, type NoticeChoice } from './notice.ts';
import type { NoticesStore } from './notices.store.ts';

type Tx = Transaction<Tables>;

export interface Notices {
  choose(visitor: SignedInWorker, choices: NoticeChoice[]): Promise<void>;
  /** Tells workers what they chose to hear of, each thing once by each way, as part of the transaction in which it happened. */
  tell(tx: Tx, news: News[]): Promise<void>;
  /** Tells of accepted declarations, in the transaction of the job that came with them. */
  declared(tx: Tx, declarationIds: string[], at: string): Promise<void>;
  /** Sends the digests that are due. */
  sweep(now: string): Promise<void>;
  /** The secret that ends the notices of a bundle's worker by its way: it stands in the mail, its hash in the database. */
  secretOf(bundleId: string): string;
  /** @returns by which way nothing comes any more, null for a secret that is none */
  silence(secret: string): Promise<boolean>;
}

interface Tools {
  db: Database;
  store: NoticesStore;
  secret: string;
  clock: { now(): string };
  /** Hands a bundle to its way, as part of the transaction. */
  ways: { [C in Bundle['channel']]: (tx: Tx, bundle: Bundle) => Promise<void> };
}

export function noticesActions({ db, store, secret, clock, ways }: Tools): Notices {
  /** 258 bits that only the portal can make of the bundle's id. */
  const secretOf = (bundleId: string) => createHmac('sha256', secret).update(`unsubscribe ${bundleId}`).digest('base64url');
  const hashOf = (text: string) => createHash('sha256').update(text).digest();

  async function opened(tx: Tx, bundle: Omit<Bundle, 'id'>, dueAt: string, now: string): Promise<Bundle> {
    const whole = { id: randomUUID(), ...bundle };
    const goneAt = bundle.digestDay === null ? now : null;
    await store.bundle(tx, whole, { dueAt, goneAt, secretHash: hashOf(secretOf(whole.id)) });
    if (goneAt !== null) await ways[whole.channel](tx, whole);
    return whole;
  }

  /** What each worker hears by each way, without what he heard before. */
  async function chosen(tx: Tx, news: News[]): Promise<(Notice & { daily: boolean })[]> {
    const workers = [...new Set(news.map(({ workerId }) => workerId))];
    const choices = await store.hold(tx, workers);
    const told = await store.told(tx, workers, news.map(({ key }) => key));
    return news.flatMap((one) => {
      const choice = choices.get(one.workerId)?.find(({ kind }) => kind === one.kind);
      return NOTICE_CHANNELS.flatMap((channel) => {
        const name = [one.workerId, one.kind, one.key, channel].join(' ');
        if (!choice?.[channel] || told.has(name)) return [];
        told.add(name);
        return [{ ...one, channel, daily: choice.daily }];
      });
    });
  }

  async function tell(tx: Tx, news: News[]): Promise<void> {
    if (news.length === 0) return;
    const now = clock.now();
    const bundles = new Map<string, string>();
    const bundleOf = async (notice: Notice & { daily: boolean }): Promise<string> => {
      const { workerId, channel, at, daily } = notice;
      const days = daily ? digestDaysFor(at, now) : [null];
      const name = [workerId, channel, days[0] ?? ''].join(' ');
      const known = bundles.get(name) ?? (await digestOf(tx, { workerId, channel }, days, now));
      bundles.set(name, known);
      return known;
    };
    const notices: (Notice & { bundleId: string })[] = [];
    for (const notice of await chosen(tx, news)) notices.push({ ...notice, bundleId: await bundleOf(notice) });
    await store.add(tx, notices);
  }

  /** An open digest of one of these days, else a new one of the first whose hour has not come; at once where there is no day. */
  async function digestOf(
    tx: Tx,
    whose: Pick<Bundle, 'workerId' | 'channel'>,
    days: (string | null)[],
    now: string,
  ): Promise<string> {
    for (const day of days) {
      const open = day === null ? null : await store.openDigest(tx, whose.workerId, whose.channel, day);
      if (open !== null) return open;
    }
    const day = days.find((one) => one === null || digestAt(one) > now) ?? days.at(-1) ?? null;
    const { id } = await opened(tx, { ...whose, digestDay: day }, day === null ? now : digestAt(day), now);
    return id;
  }

  return {
    secretOf,
    tell,
    choose: (visitor, choices) => db.transaction((tx) => store.choose(scopeOf(visitor), tx, choices)),
    declared: async (tx, declarationIds, at) => tell(tx, await store.newsOf(tx, declarationIds, at)),

    async sweep(now) {
      for (let many = 200; many === 200; )
        many = await db.transaction(async (tx) => {
          const due = await store.due(tx, now);
          for (const bundle of due) await ways[bundle.channel](tx, bundle);
          return due.length;
        });
    },

    async silence(text) {
      return db.transaction(async (tx) => {
        const whose = await store.bySecret(tx, hashOf(text));
        if (whose) await store.silence(tx, whose.workerId, whose.channel);
        return whose !== null;
      });
    },
  };
}
