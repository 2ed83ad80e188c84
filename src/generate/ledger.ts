import type { Declaration, Employer, Kind, Result } from '../declarations/declaration.ts';
import type { Book } from '../declarations/intake.book.ts';
import { judge } from '../declarations/intake.ts';
import type { RelationState } from '../relations/relation.ts';
import type { Company } from './companies.ts';
import type { SourceIds } from './numbers.ts';

/** What a declaration says, without its kind, ids and receipt: exactly what the ledger keeps as `content`. */
export type Content = Omit<Declaration, 'kind' | 'declarationId' | 'periodId' | 'receivedAt'>;

/** A period as a story plans it; it gets its id with the IN that is accepted. */
export interface Planned {
  periodId?: string;
}

/** One declaration of a story. */
export interface Step {
  kind: Exclude<Kind, 'DAILY'>;
  /** Receipt, in milliseconds since 1970. */
  at: number;
  period: Planned;
  content: Content;
  /** A mistake of the agency: it belongs to the story only if the intake refuses it. */
  mistake?: boolean;
}

export interface MadeWorker {
  insz: string;
  givenName: string;
  familyName: string;
  /** null: an INSZ without a whole date. */
  birthDate: string | null;
}

/** A row of the ledger. */
export interface MadeDeclaration {
  declarationId: string;
  kind: Kind;
  periodId: string | null;
  agencyNumber: string | null;
  insz: string | null;
  /** Instant, whole seconds. */
  receivedAt: string;
  result: Result;
  anomalies: string[];
  content: Content;
}

/** A worker with all that was declared of him, in order of receipt, and what it adds up to. */
export interface History {
  worker: MadeWorker;
  declarations: MadeDeclaration[];
  relations: RelationState[];
}

/** The directory as the intake asks it. */
export class Directory {
  #numbers = new Set<string>();
  #byNsso = new Map<string, string>();

  add(company: Company): void {
    if (company.enterpriseNumber === null || !company.listed) return;
    this.#numbers.add(company.enterpriseNumber);
    if (company.nssoNumber !== null) this.#byNsso.set(company.nssoNumber, company.enterpriseNumber);
  }

  find({ enterpriseNumber, nssoNumber }: Employer): string | null {
    if (enterpriseNumber === undefined) return this.#byNsso.get(nssoNumber ?? '') ?? null;
    return this.#numbers.has(enterpriseNumber) ? enterpriseNumber : null;
  }
}

/** The book of one worker: nobody else's periods matter to him, so nothing of them is kept. */
class WorkerBook implements Book {
  now: string;
  states = new Map<string, RelationState>();
  #live = new Map<string, Map<string, RelationState>>();
  #insz: string;
  #directory: Directory;

  constructor(now: string, insz: string, directory: Directory) {
    this.now = now;
    this.#insz = insz;
    this.#directory = directory;
  }

  agency(employer: Employer): string | null {
    return this.#directory.find(employer);
  }

  worker({ insz }: { insz?: string }): { key: string } | 'new' | 'unidentified' {
    if (insz === undefined) return 'unidentified';
    return insz === this.#insz ? { key: insz } : 'new';
  }

  period(periodId: string): { workerKey: string; state: RelationState } | undefined {
    const state = this.states.get(periodId);
    return state && { workerKey: this.#insz, state };
  }

  live(agencyNumber: string): Iterable<RelationState> {
    return this.#live.get(agencyNumber)?.values() ?? [];
  }

  keep(state: RelationState): void {
    this.states.set(state.periodId, state);
    const live = this.#live.get(state.agencyNumber) ?? new Map<string, RelationState>();
    this.#live.set(state.agencyNumber, live);
    if (state.cancelled) live.delete(state.periodId);
    else live.set(state.periodId, state);
  }
}

/**
 * Plays a story through the intake, as a source would have sent it: in order of receipt, every declaration judged on what stands then.
 * What the intake refuses without the story meaning it (a clash of its own making) is left out, with all that follows on it.
 * @param now instant, later than every receipt
 */
export function play(worker: MadeWorker, steps: Step[], ids: SourceIds, directory: Directory, now: string): History {
  const book = new WorkerBook(now, worker.insz, directory);
  const declarations: MadeDeclaration[] = [];
  for (const step of steps.sort((a, b) => a.at - b.at)) {
    const declared = declarationOf(step, ids);
    if (declared === null) continue;
    const { result, anomalies, agencyNumber, after } = judge(declared, book);
    if (after !== null) {
      if (step.mistake) continue;
      step.period.periodId = after.periodId;
      book.keep(after);
    } else if (!step.mistake) continue;
    const { kind, declarationId, receivedAt } = declared;
    const periodId = after === null && kind === 'IN' ? null : (declared.periodId ?? null);
    const insz = numberOf(step, book, worker);
    const { content } = step;
    declarations.push({ declarationId, kind, periodId, agencyNumber, insz, receivedAt, result, anomalies, content });
  }
  return { worker, declarations, relations: [...book.states.values()] };
}

type Declared = Declaration & { declarationId: string; receivedAt: string };

function declarationOf(step: Step, ids: SourceIds): Declared | null {
  const { kind, period, content } = step;
  if (kind !== 'IN' && period.periodId === undefined) return null;
  const periodId = kind === 'IN' ? ids.next() : (period.periodId as string);
  const receivedAt = `${new Date(step.at).toISOString().slice(0, 19)}Z`;
  return { ...content, kind, declarationId: ids.next(), periodId, receivedAt };
}

/** Whom the declaration is about: the number it names, if it is this worker's, or the worker of its period. */
function numberOf(step: Step, book: WorkerBook, worker: MadeWorker): string | null {
  if (step.kind !== 'IN') return book.states.has(step.period.periodId ?? '') ? worker.insz : null;
  return step.content.worker?.insz === worker.insz ? worker.insz : null;
}
