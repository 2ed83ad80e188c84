import type { OwnedState, RelationState } from '../relations/relation.ts';
import type { Channel, Declaration, Result } from './declaration.ts';
import type { BatchBook } from './declarations.book.ts';
import { judgedFor, ownerOf } from './declarations.judged.ts';
import { inszOf } from './intake.parties.ts';
import { type LedgerEntry, ownColumn } from './ledger.ts';
import { type Tidings, told } from './tidings.ts';

/** By which way declarations came, when, and from whom: `client:<id>`, `staff:<worker id>`. */
export interface About {
  channel: Channel;
  /** Instant of the intake. */
  now: string;
  sender?: string;
  /** The only agency that the sender may declare for; absent where it is known already, or may be any. */
  agencyNumber?: string;
}

/** A declaration as it reached us. `sourceKey` recognises one without an id of its own when it is sent again. */
export interface Received {
  declaration: Declaration;
  sourceKey: string | null;
  /** SHA-256 (hex) of the body that came with the key: the same key with another body is refused. */
  fingerprint?: string;
}

/** The answer to a declaration: A accepted, W accepted with warnings, B refused; `periodId` is null for a refused IN. */
export interface Outcome {
  declarationId: string;
  periodId: string | null;
  result: Result;
  anomalies: string[];
  /** What it did to its period; null for one that changed nothing, and for one answered again. */
  change: Change | null;
}

/** The period before (null: begun) and after. */
export interface Change {
  before: RelationState | null;
  after: RelationState;
}

/** A key that was used for another body: nothing is kept of any declaration received with it. */
export class KeyReused extends Error {
  override name = 'KeyReused';
}

/** Whether the period of an IN still waits for an id of ours. */
export function needsPeriod(d: Declaration): boolean {
  return d.kind === 'IN' && !d.periodId;
}

/** Ids of our own, drawn before they are given. */
export interface Ids {
  /** Of declarations and periods. */
  numbers: string[];
  workers: string[];
}

/** A worker as the batch leaves him: nulls for what was not told. */
export interface Named {
  workerId: string;
  insz: string;
  givenName: string | null;
  familyName: string | null;
  birthDate: string | null;
}

/** All that a batch keeps. */
export interface Kept {
  entries: LedgerEntry[];
  begun: OwnedState[];
  changed: OwnedState[];
  newWorkers: Named[];
  /** Known before, and something was accepted for them. */
  workers: Named[];
  /** Accepted for workers of whom somebody asked to hear, by the instant of their intake. */
  tidings: Tidings[];
}

/** The state of one batch under way: answers given, ledger entries, relations changed. */
export class Batch {
  #byId = new Map<string, Outcome>();
  #byKey = new Map<string, { outcome: Outcome; fingerprint: string | null }>();
  #entries: LedgerEntry[] = [];
  #begun = new Map<string, OwnedState>();
  #changed = new Map<string, OwnedState>();
  #workers = new Map<string, Named>();
  #made = new Set<string>();
  #tidings: Tidings[] = [];

  /** The answer given before, which then changed nothing. */
  answer({ declaration, sourceKey }: Received): Outcome | undefined {
    const known = this.#byId.get(declaration.declarationId ?? '') ?? this.#byKey.get(sourceKey ?? '')?.outcome;
    return known && { ...known, change: null };
  }

  remember(
    outcome: Outcome,
    { sourceKey, fingerprint = null }: Pick<Received, 'sourceKey'> & { fingerprint?: string | null },
  ): void {
    this.#byId.set(outcome.declarationId, outcome);
    if (sourceKey !== null) this.#byKey.set(sourceKey, { outcome, fingerprint });
  }

  /** The key among these that came with another body before, here or among them. */
  reused(received: Received[]): string | null {
    const bodies = new Map<string, string | null>();
    for (const { sourceKey, fingerprint = null } of received) {
      if (sourceKey === null) continue;
      const before = this.#byKey.get(sourceKey)?.fingerprint ?? bodies.get(sourceKey);
      if ((this.#byKey.has(sourceKey) || bodies.has(sourceKey)) && (before ?? null) !== fingerprint) return sourceKey;
      bodies.set(sourceKey, fingerprint);
    }
    return null;
  }

  judge(received: Received, about: About, book: BatchBook, ids: Ids): Outcome {
    const { declaration: sent, sourceKey, fingerprint } = received;
    const declarationId = sent.declarationId ?? take(ids.numbers);
    const d: Declaration & { declarationId: string } = { ...sent, declarationId };
    if (needsPeriod(sent)) d.periodId = take(ids.numbers);
    const { result, anomalies, agencyNumber, after } = judgedFor(about.agencyNumber ?? null, d, book);
    const known = ownerOf(d, agencyNumber, book);
    const before = book.period(d.periodId ?? '')?.state ?? null;
    if (after) this.#keep(known ?? this.#admit(d, book, ids), d, after, book);
    if (after && known && book.isAwaited(known)) told(this.#tidings, declarationId, about.now);
    const { periodId: _, ...withoutPeriod } = d;
    const kept: typeof d = result === 'B' && d.kind === 'IN' ? withoutPeriod : d;
    this.#entries.push({
      declaration: kept,
      sourceKey,
      agencyNumber,
      insz: ownColumn(inszOf(d.worker)) ?? (known && book.insz(known)),
      channel: about.channel,
      sender: about.sender ?? null,
      fingerprint: fingerprint ?? null,
      result,
      anomalies,
    });
    const change = after ? { before, after } : null;
    const outcome = { declarationId, periodId: kept.periodId ?? null, result, anomalies, change };
    this.remember(outcome, received);
    return outcome;
  }

  /** Nobody becomes known by a refused declaration, so only now. */
  #admit(d: Declaration, book: BatchBook, ids: Ids): string {
    const insz = inszOf(d.worker);
    if (d.kind !== 'IN' || insz === undefined) throw new Error(`${d.kind} ${d.declarationId} was accepted for nobody`);
    const workerId = take(ids.workers);
    book.admit(workerId, insz);
    this.#made.add(workerId);
    return workerId;
  }

  #keep(workerId: string, d: Declaration, state: RelationState, book: BatchBook): void {
    const { periodId } = state;
    if (d.kind === 'IN' || this.#begun.has(periodId)) this.#begun.set(periodId, { workerId, state });
    else this.#changed.set(periodId, { workerId, state });
    book.put(workerId, state);
    this.#workers.set(workerId, book.meet(workerId, (d.kind === 'IN' && d.worker) || {}));
  }

  kept(): Kept {
    const workers = [...this.#workers.values()];
    return {
      entries: this.#entries,
      begun: [...this.#begun.values()],
      changed: [...this.#changed.values()],
      newWorkers: workers.filter(({ workerId }) => this.#made.has(workerId)),
      workers: workers.filter(({ workerId }) => !this.#made.has(workerId)),
      tidings: this.#tidings,
    };
  }
}

function take(numbers: string[]): string {
  const number = numbers.pop();
  if (number === undefined) throw new Error('too few numbers were drawn for a batch');
  return number;
}
