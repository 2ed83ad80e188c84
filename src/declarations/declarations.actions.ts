import { setTimeout } from 'node:timers/promises';
import type { Database } from '../platform/db.ts';
import type { ProjectionStore } from '../relations/projection.store.ts';
import type { OwnedState } from '../relations/relation.ts';
import type { Declaration } from './declaration.ts';
import { askedOf } from './declarations.asked.ts';
import {
  type About,
  Batch,
  type Kept,
  KeyReused,
  needsPeriod,
  type Outcome,
  type Received,
} from './declarations.batch.ts';
import { BatchBook, type KnownPerson } from './declarations.book.ts';
import { Lane } from './declarations.lane.ts';
import type { DeclarationsStore } from './declarations.store.ts';
import type { Run } from './declarations-sql.store.ts';
import type { Rows } from './declarations-write.store.ts';
import { inszOf } from './intake.parties.ts';

export interface Intake {
  /**
   * Judges declarations in order of receipt and keeps them, ledger and projection, all or none.
   * @throws KeyReused and keeps nothing, when a source key came with another body before
   */
  receive(received: Received[], about: About): Promise<Outcome[]>;
  /** What `receive` would answer to a declaration now; nothing is kept. */
  preview(declaration: Declaration, about: About): Promise<Outcome>;
}

/** So many declarations at once are a file's: they may take longer than a person waits, and go by themselves. */
const MANY = 50;
/** How often an intake tries beside those of other processes before it makes them wait, and how often after that. */
const [BESIDE, ALONE] = [6, 3];

/** What one caller handed in. */
interface Errand {
  received: Received[];
  about: About;
}

/** Each errand's outcomes, or why nothing of it is kept; and what is to be written. */
interface Considered {
  results: (Outcome[] | KeyReused)[];
  kept: Kept;
  persons: KnownPerson[];
}

/**
 * Reads all that the rules may ask, judges in memory, and writes if nobody changed anything for the workers meanwhile; else it begins anew.
 * Two statements, no transaction, for one declaration as for thousands; what comes in while they run shares the next two.
 */
export function intake(db: Database, declarations: DeclarationsStore, projection: ProjectionStore): Intake {
  const ids = declarations.ids(db);
  const writeMany: Write = (read, rows) => declarations.writeMany(db, read, rows);
  const lane = new Lane<Errand, Outcome[]>(MANY, subjectsOf, (errands) => together(errands));
  return {
    async receive(received, about) {
      const errand = { received, about };
      if (received.length <= MANY) return lane.run(errand);
      const [outcomes] = await settle([errand], 'long');
      if (!Array.isArray(outcomes)) throw outcomes ?? unanswered();
      return outcomes;
    },

    async preview(declaration, about) {
      const read: Run = (query, parameters) => db.once(query, parameters, 'short');
      const { results } = await considered(read, [{ received: [{ declaration, sourceKey: null }], about }]);
      const outcome = Array.isArray(results[0]) ? results[0][0] : undefined;
      if (!outcome) throw unanswered();
      return outcome;
    },
  };

  /** A fault that one of a group brings with it is not the others'. */
  async function together(errands: Errand[]): Promise<(Outcome[] | Error)[]> {
    try {
      return await settle(errands, 'short');
    } catch (error) {
      if (errands.length === 1 || declarations.isAway(error)) throw error;
      const results: (Outcome[] | Error)[] = [];
      for (const errand of errands) {
        const [result] = await settle([errand], 'short').catch((fault: Error) => [fault]);
        results.push(result ?? unanswered());
      }
      return results;
    }
  }

  async function settle(errands: Errand[], limits: 'short' | 'long'): Promise<Considered['results']> {
    const once: Run = (query, parameters) => db.once(query, parameters, limits);
    for (let attempt = 1; ; attempt++) {
      try {
        const results = await (attempt <= BESIDE
          ? kept(once, errands, limits === 'long' ? writeMany : (read, rows) => declarations.write(once, read, rows))
          : declarations.alone(db, limits, (run) =>
              kept(run, errands, (read, rows) => declarations.write(run, read, rows)),
            ));
        if (results) return results;
      } catch (error) {
        if (!declarations.isMet(error) || attempt === BESIDE + ALONE) throw error;
      }
      await setTimeout(Math.random() * attempt * 4);
    }
  }

  /** The results once they are kept; null when somebody came between. */
  async function kept(run: Run, errands: Errand[], write: Write): Promise<Considered['results'] | null> {
    const { results, kept, persons } = await considered(run, errands);
    if (kept.entries.length === 0) return results;
    const rows = (states: OwnedState[]) => states.map(({ state, workerId }) => projection.rowOf(state, workerId));
    const all = { ...kept, begun: rows(kept.begun), changed: rows(kept.changed) };
    return (await write(persons, all)) ? results : null;
  }

  async function considered(run: Run, errands: Errand[]): Promise<Considered> {
    const all = errands.flatMap(({ received }) => received);
    const asked = askedOf(all);
    const { answers, spoken, ...known } = await declarations.read(run, asked);
    const batch = new Batch();
    for (const { sourceKey, fingerprint, ...answer } of answers)
      batch.remember({ ...answer, change: null }, { sourceKey, fingerprint });
    const states = spoken.map((row) => ({ workerId: row.worker_id, state: projection.stateOf(row) }));
    const book = new BatchBook({ ...known, spoken: states });
    const people = new Set([...asked.workers.values()].map(({ insz }) => insz)).size;
    const drawn = await ids.draw(wanted(all, batch), people - known.numbers.length);
    const results = errands.map(({ received, about }) => {
      const key = batch.reused(received);
      if (key !== null) return new KeyReused(key);
      book.now = about.now;
      return received.map((one) => batch.answer(one) ?? batch.judge(one, about, book, drawn));
    });
    return { results, kept: batch.kept(), persons: known.persons };
  }
}

/** The workers and periods that an errand names. */
function subjectsOf({ received }: Errand): string[] {
  return received.flatMap(({ declaration: d }) => [inszOf(d.worker) ?? [], d.periodId ?? []].flat());
}

/** Writes what a batch keeps; false where somebody changed meanwhile. */
type Write = (read: KnownPerson[], rows: Rows) => Promise<boolean>;

/** How many ids of ours these need at most. */
function wanted(all: Received[], batch: Batch): number {
  const fresh = all.filter((one) => !batch.answer(one)).map(({ declaration }) => declaration);
  return fresh.reduce((sum, d) => sum + (d.declarationId ? 0 : 1) + (needsPeriod(d) ? 1 : 0), 0);
}

function unanswered(): Error {
  return new Error('a declaration was not answered');
}
