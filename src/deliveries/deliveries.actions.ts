import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { type PersonScope, type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Ebox } from '../platform/ebox.ts';
import { newId } from '../platform/ids.ts';
import type { Job, Jobs } from '../platform/jobs.ts';
import type { Tables } from '../platform/tables.ts';
import type { Lang } from '../web/language.ts';
import type { DeliveriesStore } from './deliveries.store.ts';
import {
  type Channel,
  type EboxLanguage,
  eboxLanguage,
  type Failure,
  MOST_A_DAY,
  type Parcel,
  TooMany,
} from './delivery.ts';

export interface Deliveries {
  /** The channels this installation has. */
  channels: readonly Channel[];
  /**
   * Orders a sending: state, access row and job in one transaction. The same sending that is under way or done is not ordered twice.
   * @returns its id; null where the overview is not the visitor's, or gone
   * @throws TooMany
   */
  order(visitor: SignedInWorker, wish: Wish): Promise<string | null>;
  /** Begins a failed one anew, in the transaction of whoever helps; false where there is none. */
  resend(tx: Transaction<Tables>, scope: PersonScope, id: string): Promise<boolean>;
}

export interface Wish {
  overviewId: string;
  channel: Channel;
  attach: boolean;
  language: Lang;
  requestId: string;
}

interface Tools {
  db: Database;
  store: DeliveriesStore;
  jobs: Jobs;
  clock: Clock;
  /** null: not set up here. Posts it; false when its worker has no address. */
  mail: ((parcel: Parcel, pdf: Buffer) => Promise<boolean>) | null;
  ebox: Ebox | null;
  /** Words for the eBox. */
  titled(lang: EboxLanguage, madeAt: string): { subject: string; fileName: string };
}

/** Seconds after which a sending looks again whether its overview is made. */
const MADE_SOON = 2;
const QUEUE = { mail: 'delivery-mail', ebox: 'delivery-ebox' } as const;

/** There is nothing to send, or nobody to send it to: trying on is of no use, and a person reads why. */
class Undeliverable extends Error {
  override name = 'Undeliverable';
  failure: Failure;
  constructor(failure: Failure) {
    super(`a delivery failed: ${failure}`);
    this.failure = failure;
  }
}

export function deliveriesActions({ db, store, jobs, clock, mail, ebox, titled }: Tools): Deliveries {
  const channels: Channel[] = [...(mail ? (['mail'] as const) : []), ...(ebox ? (['ebox'] as const) : [])];

  /** One try. It may die at any line: the next one begins again, under the same key. */
  async function run({ data: { delivery: id }, nextTry, signal }: Job<{ delivery: string }>): Promise<void> {
    const parcel = await store.begin(id);
    if (!parcel) return; // sent, or given up, before
    if (parcel.overview?.state === 'preparing') return postpone(parcel);
    try {
      const pdf = contentsOf(parcel);
      const sent = parcel.channel === 'mail' ? await byMail(parcel, pdf) : await byEbox(parcel, pdf, signal);
      await store.sent(id, { at: clock.now(), ...sent });
    } catch (error) {
      if (error instanceof Undeliverable) return store.fail(id, error.failure);
      if ((error as Error).name === 'GiveUp') await store.fail(id, 'refused');
      else await store.waits(id, nextTry === null ? null : later(nextTry));
      throw error;
    }
  }

  async function postpone({ id, channel }: Parcel): Promise<void> {
    await db.transaction(async (tx) => {
      await store.postpone(tx, id);
      await jobs.enqueue(tx, QUEUE[channel], { delivery: id }, MADE_SOON);
    });
  }

  async function byMail(parcel: Parcel, pdf: Buffer) {
    if (!(await mail?.(parcel, pdf))) throw new Undeliverable('no-address');
    return { messageId: null, expiresAt: null, neverOpened: false };
  }

  async function byEbox({ key, insz, overview, language }: Parcel, pdf: Buffer, signal: AbortSignal) {
    if (!ebox) throw new Error('no eBox is set up');
    const lang = eboxLanguage(overview?.language ?? language, language);
    const words = titled(lang, overview?.madeAt ?? clock.now());
    const { status, messageId, expiresAt } = await ebox.publish({ insz, lang, key, pdf, ...words }, signal);
    return { messageId, expiresAt, neverOpened: status === 'neverOpened' };
  }

  const later = (seconds: number) =>
    Temporal.Instant.from(clock.now())
      .add({ seconds: Math.round(seconds) })
      .toString();

  for (const queue of Object.values(QUEUE))
    jobs.does(queue, { run, gaveUp: ({ delivery }) => store.fail(delivery, 'unavailable') });

  return {
    channels,

    order(visitor, { overviewId, channel, language, requestId, ...wish }) {
      const scope = scopeOf(visitor);
      const now = clock.now();
      return db.transaction(async (tx) => {
        const overview = await store.holdOverview(tx, scope, overviewId, now);
        if (!overview) return null;
        // a whole national number never leaves by mail
        const attach = channel === 'mail' && wish.attach && !overview.fullInsz;
        const same = await store.same(tx, { overviewId, channel, attach });
        if (same) return same;
        const since = Temporal.Instant.from(now).subtract({ hours: 24 }).toString();
        if ((await store.countSince(tx, scope, since)) >= MOST_A_DAY) throw new TooMany();
        const id = newId();
        await store.insert(tx, scope, { id, key: randomUUID(), overviewId, channel, attach, language }, now);
        await recordAccess(tx, {
          at: now,
          actor: actorOf(visitor),
          subject: visitor.insz,
          purpose: 'export',
          channel,
          requestId,
        });
        await jobs.enqueue(tx, QUEUE[channel], { delivery: id });
        return id;
      });
    },

    async resend(tx, scope, id) {
      const channel = await store.reopen(tx, scope, id);
      if (channel) await jobs.enqueue(tx, QUEUE[channel], { delivery: id });
      return channel !== null;
    },
  };
}

function contentsOf({ overview }: Parcel): Buffer {
  if (!overview?.pdf) throw new Undeliverable(overview?.state === 'failed' ? 'not-made' : 'expired');
  return overview.pdf;
}
