import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { initialsOf, ownerScope, type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { newId, referenceOf } from '../platform/ids.ts';
import { eachChoice } from '../relations/filter.choices.ts';
import { type Filter, range } from '../relations/filter.ts';
import type { WorkRelation } from '../relations/relation.ts';
import type { Lang } from '../web/language.ts';
import { hashOfCode, newCode } from './code.ts';
import type { OverviewDocument } from './document.ts';
import {
  type Findings,
  findingFor,
  KEPT_HOURS,
  type Made,
  MOST_KEPT,
  type OverviewOrder,
  type SectionName,
  TooMany,
} from './overview.ts';
import { overviewsStore } from './overviews.store.ts';
import { Busy, type PdfPool } from './pdf.pool.ts';

export interface Overviews {
  /**
   * Orders an overview: the order and its access row in one transaction; making it begins at once, elsewhere.
   * @returns its id
   * @throws TooMany
   */
  order(
    visitor: SignedInWorker,
    wish: { filter: Filter; language: Lang; sections: SectionName[]; fullInsz: boolean; requestId: string },
  ): Promise<string>;
  /** Makes what was left behind by a process that died or was too busy, and drops what expired. */
  sweep(): Promise<void>;
  /** Resolves when nothing is being made. */
  settled(): Promise<void>;
}

interface Tools {
  db: Database;
  relations: Findings;
  /** The document that says what was found, every word ready. */
  document(
    order: OverviewOrder & { name: string; insz: string },
    found: WorkRelation[],
    making: { today: string; madeAt: string; reference: string; code: string; publicUrl: string },
  ): OverviewDocument;
  publicUrl: string;
  /** Days for which a code tells that its overview is genuine. */
  verifyDays: number;
  pool: PdfPool;
  clock: Clock;
  log: Logger;
}

const ABANDONED_AFTER = 20_000;

export function overviewsActions(tools: Tools): Overviews {
  const { db, pool, clock, log } = tools;
  const store = overviewsStore(db);
  const underWay = new Map<string, Promise<void>>();

  function begin(id: string): void {
    if (underWay.has(id)) return;
    const work = make(id).finally(() => underWay.delete(id));
    underWay.set(id, work);
  }

  async function made(order: OverviewOrder & { name: string; insz: string }): Promise<Made> {
    const [madeAt, today, code] = [clock.now(), clock.today(), newCode()];
    // an order of before a choice came to be holds nothing of it
    const filter = { ...eachChoice(() => []), ...order.filter, page: 1, pageSize: 'all' as const };
    const find = findingFor(order.sections, tools.relations);
    const found = await find(ownerScope(order.workerId), filter, today);
    const making = { today, madeAt, reference: referenceOf(order.id), code, publicUrl: tools.publicUrl };
    const pdf = await pool.render(tools.document({ ...order, filter }, found, making));
    const until = Temporal.Instant.from(madeAt).add({ hours: 24 * tools.verifyDays });
    return {
      at: madeAt,
      count: found.length,
      sha256: createHash('sha256').update(pdf).digest('hex'),
      pdf,
      covers: range(filter, today),
      verified: { codeHash: hashOfCode(code), initials: initialsOf(order.name), until: until.toString() },
    };
  }

  /** Never rejects: what goes wrong is written down as the overview's state, or left to the next sweep. */
  async function make(id: string): Promise<void> {
    try {
      const order = await store.order(id);
      if (!order) return;
      await store.finish(id, await made(order));
    } catch (error) {
      // the order stands; the next sweep takes it up
      if (error instanceof Busy || store.isAway(error)) return;
      log.error({ err: error, overview: id.slice(0, 8) }, 'an overview could not be made');
      await store
        .fail(id, (error as Error).name)
        .catch((failure: Error) => log.error({ err: failure }, 'its failure could not be kept'));
    }
  }

  return {
    async order(visitor, wish) {
      const id = newId();
      const now = clock.now();
      const expiresAt = Temporal.Instant.from(now).add({ hours: KEPT_HOURS }).toString();
      const { workerId } = scopeOf(visitor);
      await db.transaction(async (tx) => {
        if ((await store.kept(tx, scopeOf(visitor), now)) >= MOST_KEPT) throw new TooMany();
        await store.insert(tx, { id, workerId, requestedAt: now, expiresAt, ...wish });
        await recordAccess(tx, {
          at: now,
          actor: actorOf(visitor),
          subject: visitor.insz,
          purpose: 'export',
          channel: 'pdf',
          requestId: wish.requestId,
        });
      });
      begin(id);
      return id;
    },

    async sweep() {
      const now = clock.now();
      const before = Temporal.Instant.from(now).subtract({ milliseconds: ABANDONED_AFTER }).toString();
      for (const id of await store.abandoned(before)) begin(id);
      await store.expire(now);
    },

    async settled() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}
