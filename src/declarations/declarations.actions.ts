import type { Transaction } from 'kysely';
import { addDays, isDay } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import { isInsz, newPeriodId } from '../platform/ids.ts';
import type { Tables } from '../platform/tables.ts';
import type { ProjectionStore } from '../relations/projection.store.ts';
import type { OwnedState } from '../relations/relation.ts';
import type { Declaration } from './declaration.ts';
import { type About, Batch, KeyReused, needsPeriod, type Outcome, type Received } from './declarations.batch.ts';
import { BatchBook } from './declarations.book.ts';
import type { DeclarationsStore } from './declarations.store.ts';
import { inszOf } from './intake.parties.ts';

export interface Intake {
  /**
   * Judges declarations in order of receipt and keeps them, ledger and projection, in one transaction.
   * @throws KeyReused and keeps nothing, when a source key came with another body before
   */
  receive(received: Received[], about: About): Promise<Outcome[]>;
  /** What `receive` would answer to a declaration now; nothing is kept. */
  preview(declaration: Declaration, about: About): Promise<Outcome>;
}

/** So many declarations at once are a file's: they may take longer than a person waits. */
const MANY = 50;

export function intake(db: Database, declarations: DeclarationsStore, projection: ProjectionStore): Intake {
  return {
    receive(received, about) {
      const transaction = received.length > MANY ? db.longTransaction : db.transaction;
      return again(() => transaction((tx) => keep(tx, received, about)));
    },

    async preview(declaration, about) {
      const foreseen = new Foreseen();
      await again(() =>
        db.transaction(async (tx) => {
          [foreseen.outcome] = await keep(tx, [{ declaration, sourceKey: null }], about);
          throw foreseen;
        }),
      ).catch((thrown) => {
        if (thrown !== foreseen) throw thrown;
      });
      if (!foreseen.outcome) throw new Error('a declaration was not answered');
      return foreseen.outcome;
    },
  };

  async function keep(tx: Transaction<Tables>, received: Received[], about: About): Promise<Outcome[]> {
    const batch = new Batch(about);
    const ids = received.flatMap(({ declaration }) => declaration.declarationId ?? []);
    const keys = received.flatMap(({ sourceKey }) => sourceKey ?? []);
    const bodies = new Map(received.map(({ sourceKey, fingerprint }) => [sourceKey, fingerprint ?? null]));
    const remember = async () => {
      for (const known of await declarations.answered(tx, ids, keys)) {
        const { sourceKey, fingerprint, ...answer } = known;
        if (sourceKey !== null && (bodies.get(sourceKey) ?? null) !== fingerprint) throw new KeyReused(sourceKey);
        batch.remember({ ...answer, change: null }, sourceKey);
      }
    };
    await remember();
    const fresh = received.filter((one) => !batch.answer(one));
    if (fresh.length === 0) return received.map((one) => batch.answer(one) as Outcome);

    const { book, made } = await openBook(tx, fresh, about.now);
    await remember(); // what another intake kept while we waited for the workers
    const missing = fresh.reduce(
      (sum, { declaration: d }) => sum + (d.declarationId ? 0 : 1) + (needsPeriod(d) ? 1 : 0),
      0,
    );
    const numbers = (await declarations.numbers(tx, missing)).map(newPeriodId).reverse();
    const outcomes = received.map((one) => batch.answer(one) ?? batch.judge(one, book, numbers));

    const owners = await declarations.inszOf(tx, batch.ownersWithoutInsz());
    await declarations.append(tx, batch.entries(owners));
    await projection.save(tx, batch.states());
    await declarations.nameWorkers(tx, batch.names());
    await declarations.forgetWorkers(
      tx,
      [...made].filter((workerId) => !batch.owns(workerId)),
    );
    return outcomes;
  }

  /** What the rules may ask, read after the workers are locked. */
  async function openBook(
    tx: Transaction<Tables>,
    fresh: Received[],
    now: string,
  ): Promise<{ book: BatchBook; made: Set<string> }> {
    const all = fresh.map(({ declaration }) => declaration);
    const inszs = (of: Declaration[]) =>
      [...new Set(of.flatMap((d) => inszOf(d.worker) ?? []))].filter((insz) => isInsz(insz, 9999)); // whichever century the receipt allows
    const ins = all.filter((d) => d.kind === 'IN');
    const agencies = await declarations.agencies(
      tx,
      all.map((d) => d.employer),
    );
    const { byInsz, made } = await declarations.workersOf(tx, inszs(ins), inszs(all));
    const unnamed = ins.flatMap((d) => (d.worker && !inszOf(d.worker) ? [d.worker] : []));
    const persons = await declarations.workersByName(tx, unnamed);
    const others = unnamed.length > 0 ? await declarations.namesOf(tx, [...byInsz.values()]) : [];
    const periodIds = [...new Set(all.flatMap((d) => d.periodId ?? []))];
    const owners = (await projection.byPeriod(tx, periodIds)).map(({ workerId }) => workerId);
    const workerIds = [...new Set([...byInsz.values(), ...persons.map((person) => person.workerId), ...owners])];
    if (!(await declarations.lockWorkers(tx, workerIds))) throw new Moved();

    const book = new BatchBook({ now, agencies, byInsz, persons: [...persons, ...others] });
    const spokenOf = await projection.byPeriod(tx, periodIds);
    const numbers = [...agencies.numbers, ...spokenOf.map(({ state }) => state.agencyNumber)];
    const near = await projection.live(tx, { workerIds, agencies: [...new Set(numbers)], ...span(all, spokenOf) });
    for (const { workerId, state } of [...near, ...spokenOf]) book.put(workerId, state);
    return { book, made };
  }
}

/** A worker became one with another while we waited for him: read anew. */
class Moved extends Error {
  override name = 'Moved';
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
    }
  }
}

/** Ends a transaction that was only to show what would happen. */
class Foreseen extends Error {
  outcome: Outcome | undefined;
}

/** The days on which another period could matter: what is declared and what stands, and two days around for the third day in a row. */
function span(all: Declaration[], spokenOf: OwnedState[]): { from: string; to: string | null } {
  const starts = [...all.map((d) => d.startDate), ...spokenOf.map(({ state }) => state.startDate)].filter(known);
  const ends = [...all.map((d) => d.endDate), ...spokenOf.map(({ state }) => state.endDate ?? undefined)].filter(known);
  const isOpen = all.some((d) => d.kind === 'IN' && !d.endDate) || spokenOf.some(({ state }) => state.endDate === null);
  const days = [...starts, ...ends].sort();
  const [first, last] = [days[0] ?? '1920-01-01', days.at(-1)];
  return { from: addDays(first, -3), to: isOpen || last === undefined || last > '9000' ? null : addDays(last, 3) };
}

/** No period lies before 1920; a mistaken year must not leave the calendar of the database. */
function known(day: string | undefined): day is string {
  return day !== undefined && isDay(day) && day >= '1900-01-01';
}
