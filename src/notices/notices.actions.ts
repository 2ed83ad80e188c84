import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { EboxLanguage, Unsent } from '../deliveries/delivery.ts';
import { type PersonScope, type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import {
  type Bundle,
  digestAt,
  digestDaysFor,
  type News,
  NOTICE_CHANNELS,
  type Notice,
  type NoticeChoice,
} from './notice.ts';
import type { NoticesStore } from './notices.store.ts';
import { unsubscribeHash, unsubscribeSecret } from './secret.ts';
import type { UnsentNotices } from './unsent.store.ts';

type Tx = Transaction<Tables>;

export interface Notices {
  /** `language`: of the pages on which he chooses, for ways that know no other of his. */
  choose(visitor: SignedInWorker, choices: NoticeChoice[], language: EboxLanguage): Promise<void>;
  /** Tells workers what they chose to hear of, each thing once by each way, as part of the transaction in which it happened. */
  tell(tx: Tx, news: News[]): Promise<void>;
  /** Tells of accepted declarations, in the transaction of the job that came with them. */
  declared(tx: Tx, declarationIds: string[], at: string): Promise<void>;
  /** Sends the digests that are due. */
  sweep(now: string): Promise<void>;
  /** Nothing comes any more by the way that the secret came by. @returns false for a secret that is none */
  silence(secret: string): Promise<boolean>;
  /** What was given up for a person since then, for who helps him. */
  unsent(tx: Tx, scope: PersonScope, when: { since: string }): Promise<Unsent[]>;
  /** Begins a bundle anew that was given up, in the transaction of whoever helps; false where there is none. */
  resend(tx: Tx, scope: PersonScope, id: string): Promise<boolean>;
}

/** Each hands a bundle over, as part of the transaction; a way that is not there is not gone. */
export type NoticeWays = Partial<Record<Bundle['channel'], (tx: Tx, bundle: Bundle) => Promise<void>>>;

interface Tools {
  db: Database;
  store: NoticesStore;
  unsent: UnsentNotices;
  secret: string;
  clock: { now(): string };
  ways: NoticeWays;
  /** Of the room of workers: whether somebody waits for what is declared for him, after a change. */
  settle(tx: Tx, workerId: string): Promise<void>;
}

export function noticesActions({ db, store, unsent, secret, clock, ways, settle }: Tools): Notices {
  async function opened(tx: Tx, bundle: Omit<Bundle, 'id'>, dueAt: string, now: string): Promise<Bundle> {
    const whole = { id: randomUUID(), ...bundle };
    const goneAt = bundle.digestDay === null ? now : null;
    await store.bundle(tx, whole, { dueAt, goneAt, secretHash: unsubscribeHash(unsubscribeSecret(secret, whole.id)) });
    if (goneAt !== null) await ways[whole.channel]?.(tx, whole);
    return whole;
  }

  /** What each worker hears by each way, without what he heard before. */
  async function chosen(tx: Tx, news: News[]): Promise<(Notice & { daily: boolean })[]> {
    const workers = [...new Set(news.map(({ workerId }) => workerId))];
    const choices = await store.hold(tx, workers);
    const told = await store.told(
      tx,
      workers,
      news.map(({ key }) => key),
    );
    return news.flatMap((one) => {
      const choice = choices.get(one.workerId)?.find(({ kind }) => kind === one.kind);
      return NOTICE_CHANNELS.flatMap((channel) => {
        const name = [one.workerId, one.kind, one.key, channel].join(' ');
        if (!choice?.[channel] || !ways[channel] || told.has(name)) return [];
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
    tell,
    choose: (visitor, choices, language) =>
      db.transaction(async (tx) => {
        await store.choose(scopeOf(visitor), tx, choices, language);
        await settle(tx, visitor.workerId);
      }),
    declared: async (tx, declarationIds, at) => tell(tx, await store.newsOf(tx, declarationIds, at)),

    async sweep(now) {
      for (let many = 200; many === 200; )
        many = await db.transaction(async (tx) => {
          const due = await store.due(tx, now);
          for (const bundle of due) await ways[bundle.channel]?.(tx, bundle);
          return due.length;
        });
    },

    async silence(text) {
      return db.transaction(async (tx) => {
        const whose = await store.bySecret(tx, unsubscribeHash(text));
        if (whose === null) return false;
        await store.silence(tx, whose.workerId, whose.channel);
        await settle(tx, whose.workerId);
        return true;
      });
    },

    unsent: unsent.list,

    async resend(tx, scope, id) {
      const open = NOTICE_CHANNELS.filter((channel) => ways[channel]);
      const bundle = open.length > 0 ? await unsent.reopen(tx, scope, id, open) : null;
      if (bundle) await ways[bundle.channel]?.(tx, bundle);
      return bundle !== null;
    },
  };
}
