import type { OwnedState, RelationState } from '../relations/relation.ts';
import type { Channel, Declaration, Result } from './declaration.ts';
import type { BatchBook } from './declarations.book.ts';
import { inszOf } from './intake.parties.ts';
import { type Judgement, judge } from './intake.ts';
import type { LedgerEntry } from './ledger.ts';

/** By which way declarations came, when, and from whom: `client:<id>`, `staff:<worker id>`. */
export interface About {
  channel: Channel;
  /** Instant of the intake. */
  now: string;
  sender?: string;
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

/** The state of one batch under way: answers given, ledger entries, relations changed. */
export class Batch {
  #about: Pick<About, 'channel' | 'sender'>;
  #byId = new Map<string, Outcome>();
  #byKey = new Map<string, Outcome>();
  #entries: { entry: LedgerEntry; owner: string | null }[] = [];
  #states = new Map<string, OwnedState>();
  #owners = new Set<string>();
  #names = new Map<string, { workerId: string; person: NonNullable<Declaration['worker']> }>();

  constructor(about: Pick<About, 'channel' | 'sender'>) {
    this.#about = about;
  }

  answer({ declaration, sourceKey }: Received): Outcome | undefined {
    return (
      this.#byId.get(declaration.declarationId ?? '') ?? (sourceKey === null ? undefined : this.#byKey.get(sourceKey))
    );
  }

  remember(outcome: Outcome, sourceKey: string | null): Outcome {
    const { declarationId } = outcome;
    this.#byId.set(declarationId, outcome);
    if (sourceKey !== null) this.#byKey.set(sourceKey, outcome);
    return outcome;
  }

  judge({ declaration: sent, sourceKey, fingerprint }: Received, book: BatchBook, numbers: string[]): Outcome {
    const declarationId = sent.declarationId ?? take(numbers);
    const d: Declaration & { declarationId: string } = { ...sent, declarationId };
    if (needsPeriod(sent)) d.periodId = take(numbers);
    const isTaken = d.kind === 'IN' && book.period(d.periodId ?? '') !== undefined;
    const judgement = isTaken ? takenPeriod(judge(d, book)) : judge(d, book);
    const { result, anomalies, agencyNumber, after } = judgement;
    const owner = this.#ownerOf(d, book);
    const before = book.period(d.periodId ?? '')?.state ?? null;
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
      channel: this.#about.channel,
      sender: this.#about.sender ?? null,
      fingerprint: fingerprint ?? null,
      result,
      anomalies,
    };
    this.#entries.push({ entry, owner });
    const change = after ? { before, after } : null;
    return this.remember({ declarationId, periodId: kept.periodId ?? null, result, anomalies, change }, sourceKey);
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
