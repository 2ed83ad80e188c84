import type { Transaction } from 'kysely';
import { addDays, isDay } from '../platform/calendar-days.ts';
import { isInsz, newPeriodId } from '../platform/ids.ts';
import type { Tables } from '../platform/tables.ts';
import type { OwnedState, ProjectionStore } from '../relations/projection.store.ts';
import type { Channel, Declaration, Result } from './declaration.ts';
import { BatchBook } from './declarations.book.ts';
import type { DeclarationsStore, LedgerEntry } from './declarations.store.ts';
import { inszOf } from './intake.parties.ts';
import { type Judgement, judge } from './intake.ts';

/** A declaration as it reached us. `sourceKey` recognises one without an id of its own when it is sent again. */
export interface Received {
  declaration: Declaration;
  sourceKey: string | null;
}

/** The answer to a declaration: A accepted, W accepted with warnings, B refused; `periodId` is null for a refused IN. */
export interface Outcome {
  declarationId: string;
  periodId: string | null;
  result: Result;
  anomalies: string[];
}

export interface Intake {
  /** Judges declarations in order of receipt and keeps them: ledger and projection in the caller's transaction. */
  receive(tx: Transaction<Tables>, received: Received[], about: { channel: Channel; now: string }): Promise<Outcome[]>;
}

export function intake(declarations: DeclarationsStore, projection: ProjectionStore): Intake {
  return {
    async receive(tx, received, { channel, now }) {
      const batch = new Batch(channel);
      const ids = received.flatMap(({ declaration }) => declaration.declarationId ?? []);
      const keys = received.flatMap(({ sourceKey }) => sourceKey ?? []);
      for (const known of await declarations.answered(tx, ids, keys)) batch.remember(known, known.sourceKey);
      const fresh = received.filter((one) => !batch.answer(one));
      if (fresh.length === 0) return received.map((one) => batch.answer(one) as Outcome);

      const { book, made } = await openBook(tx, fresh, now);
      // what another intake kept while we waited for the workers
      for (const known of await declarations.answered(tx, ids, keys)) batch.remember(known, known.sourceKey);
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
    },
  };

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
    await declarations.lockWorkers(tx, workerIds);

    const book = new BatchBook({ now, agencies, byInsz, persons: [...persons, ...others] });
    const spokenOf = await projection.byPeriod(tx, periodIds);
    const numbers = [...agencies.numbers, ...spokenOf.map(({ state }) => state.agencyNumber)];
    const near = await projection.live(tx, { workerIds, agencies: [...new Set(numbers)], ...span(all, spokenOf) });
    for (const { workerId, state } of [...near, ...spokenOf]) book.put(workerId, state);
    return { book, made };
  }
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

function needsPeriod(d: Declaration): boolean {
  return d.kind === 'IN' && !d.periodId;
}

/** The state of one batch under way: answers given, ledger entries, relations changed. */
class Batch {
  #channel: Channel;
  #byId = new Map<string, Outcome>();
  #byKey = new Map<string, Outcome>();
  #entries: { entry: LedgerEntry; owner: string | null }[] = [];
  #states = new Map<string, OwnedState>();
  #owners = new Set<string>();
  #names = new Map<string, { workerId: string; person: NonNullable<Declaration['worker']> }>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  answer({ declaration, sourceKey }: Received): Outcome | undefined {
    return (
      this.#byId.get(declaration.declarationId ?? '') ?? (sourceKey === null ? undefined : this.#byKey.get(sourceKey))
    );
  }

  remember({ declarationId, periodId, result, anomalies }: Outcome, sourceKey: string | null): Outcome {
    const outcome = { declarationId, periodId, result, anomalies };
    this.#byId.set(declarationId, outcome);
    if (sourceKey !== null) this.#byKey.set(sourceKey, outcome);
    return outcome;
  }

  judge({ declaration: sent, sourceKey }: Received, book: BatchBook, numbers: string[]): Outcome {
    const declarationId = sent.declarationId ?? take(numbers);
    const d: Declaration & { declarationId: string } = { ...sent, declarationId };
    if (needsPeriod(sent)) d.periodId = take(numbers);
    const isTaken = d.kind === 'IN' && book.period(d.periodId ?? '') !== undefined;
    const judgement = isTaken ? takenPeriod(judge(d, book)) : judge(d, book);
    const { result, anomalies, agencyNumber, after } = judgement;
    const owner = this.#ownerOf(d, book);
    if (after) {
      if (!owner) throw new Error(`declaration ${declarationId} was accepted for nobody`);
      this.#states.set(after.periodId, { workerId: owner, state: after });
      this.#owners.add(owner);
      book.put(owner, after);
      if (d.kind === 'IN' && d.worker) this.#meet(owner, d.worker, book);
    }
    const { periodId: _, ...withoutPeriod } = d;
    const kept: typeof d = result === 'B' && d.kind === 'IN' ? withoutPeriod : d;
    const entry = {
      declaration: kept,
      sourceKey,
      agencyNumber,
      insz: inszOf(d.worker) ?? null,
      channel: this.#channel,
      result,
      anomalies,
    };
    this.#entries.push({ entry, owner });
    return this.remember({ declarationId, periodId: kept.periodId ?? null, result, anomalies }, sourceKey);
  }

  #ownerOf(d: Declaration, book: BatchBook): string | null {
    if (d.kind !== 'IN') return book.period(d.periodId ?? '')?.workerKey ?? null;
    const insz = inszOf(d.worker);
    const { insz: _zero, ...identity } = d.worker ?? {};
    const worker = book.worker(insz ? { insz } : identity);
    return typeof worker === 'string' ? null : worker.key;
  }

  #meet(workerId: string, person: NonNullable<Declaration['worker']>, book: BatchBook): void {
    book.meet(workerId, person);
    this.#names.set(workerId, { workerId, person: { ...person, ...this.#names.get(workerId)?.person } });
  }

  owns(workerId: string): boolean {
    return this.#owners.has(workerId);
  }

  ownersWithoutInsz(): string[] {
    return [
      ...new Set(this.#entries.flatMap(({ entry, owner }) => (entry.insz === null && owner !== null ? [owner] : []))),
    ];
  }

  entries(inszByOwner: Map<string, string>): LedgerEntry[] {
    return this.#entries.map(({ entry, owner }) => ({
      ...entry,
      insz: entry.insz ?? inszByOwner.get(owner ?? '') ?? null,
    }));
  }

  states(): OwnedState[] {
    return [...this.#states.values()];
  }

  names(): { workerId: string; person: NonNullable<Declaration['worker']> }[] {
    return [...this.#names.values()];
  }
}

/** An IN that names a period which stands already declares it twice. */
function takenPeriod({ anomalies, agencyNumber }: Judgement): Judgement {
  const blocking = anomalies.filter((code) => code !== '90373-460' && code !== '90373-334');
  return { result: 'B', anomalies: [...new Set([...blocking, '90373-333'])], agencyNumber, after: null };
}

function take(numbers: string[]): string {
  const number = numbers.pop();
  if (number === undefined) throw new Error('too few numbers were drawn for a batch');
  return number;
}
