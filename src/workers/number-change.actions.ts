import type { Transaction } from 'kysely';
import type { Source } from '../declarations/intake.decode.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { changeOfForm, type IdfluxFields } from './idflux.fields.ts';
import { readIdflux } from './idflux.ts';
import type { HeldWorker, NumberChangeStore } from './number-change.store.ts';
import { judgeNumberChange, type NumberChange } from './number-change.ts';

/**
 * What became of a change: `merged` two known workers are one; `linked` a number leads to the worker of the other; `known` they were one
 * already; `none` no number changed; `refused` it cannot be, with the reason.
 */
export interface ChangeResult {
  result: 'merged' | 'linked' | 'known' | 'none' | 'refused';
  reason: string | null;
}

const REFUSED = {
  circle: 'the new number was replaced by the old one before',
  contradiction: 'the old number was replaced by another one before',
} as const;

/** What PostgreSQL says to one of two who wait for each other. */
const DEADLOCK = '40P01';

/** Ends a transaction of which nothing is kept: the change is known or refused, or must be looked at again (null). */
class Unkept extends Error {
  override name = 'Unkept';
  result: ChangeResult | null;
  constructor(result: ChangeResult | null) {
    super(result?.result);
    this.result = result;
  }
}

/**
 * Old and new number lead to one worker from now on: everything that either of them had is his. One transaction, which an intake for
 * either of them waits for. Told again it changes nothing.
 */
export async function changeNumber(
  db: Database,
  store: NumberChangeStore,
  change: NumberChange,
  now: string,
): Promise<ChangeResult> {
  for (;;) {
    try {
      return await db.longTransaction((tx) => keep(tx, store, change, now));
    } catch (error) {
      if (error instanceof Unkept && error.result) return error.result;
      // held up crosswise by others, or overtaken by another change: looked at anew
      if (!(error instanceof Unkept) && (error as { code?: string }).code !== DEADLOCK) throw error;
    }
  }
}

async function keep(
  tx: Transaction<Tables>,
  store: NumberChangeStore,
  change: NumberChange,
  now: string,
): Promise<ChangeResult> {
  const held = await store.hold(tx, change.oldInsz, change.newInsz);
  if (held === null) throw new Unkept(null);
  const { old, new: later, made } = held;
  const judged = judgeNumberChange(change, await store.replacements(tx, [old.workerId, later.workerId]));
  if (judged === 'known') throw new Unkept({ result: 'known', reason: null });
  if (judged !== 'link') throw new Unkept({ result: 'refused', reason: REFUSED[judged] });
  await store.keep(tx, change, now);
  // the older key stays: what names it outside these tables stays true
  const isOldOlder = BigInt(old.workerId) < BigInt(later.workerId);
  const [kept, gone] = isOldOlder ? [old, later] : [later, old];
  await store.merge(tx, gone.workerId, kept.workerId, now);
  await store.settle(tx, { ...named(later, old, change), workerId: kept.workerId, insz: later.insz });
  return { result: made ? 'linked' : 'merged', reason: null };
}

/** The names known under the new number, else under the old one, else those of the message: never half of each. */
function named(later: HeldWorker, old: HeldWorker, { person }: NumberChange) {
  const { givenName, familyName } = [later, old, person].find((one) => one.familyName !== null) ?? person;
  return { givenName, familyName, birthDate: later.birthDate ?? old.birthDate ?? person.birthDate };
}

export interface NumberImport {
  now: string;
  /** Forms done so far, of a total known after the first reading. */
  progress(done: number, total: number): void;
  /** `line` is that of the form's start tag. */
  result(result: ChangeResult & { line: number }): void;
}

/**
 * Applies every change of an IDFLUX message, each in its own transaction, in the order of the file. The file is read twice: first to its
 * end without keeping anything, so that a broken one leaves no trace. An import that was cut off is simply run again.
 * @param open opens the file from its beginning
 * @throws BrokenFile with line and column
 * @returns how many forms it holds
 */
export async function importNumberChanges(
  db: Database,
  store: NumberChangeStore,
  open: () => Source,
  options: NumberImport,
): Promise<number> {
  let total = 0;
  for await (const forms of readIdflux(open())) total += forms.length;
  let done = 0;
  for await (const forms of readIdflux(open())) {
    for (const form of forms) {
      options.result({ line: form.line, ...(await apply(db, store, form, options.now)) });
      options.progress(++done, total);
    }
  }
  return total;
}

async function apply(db: Database, store: NumberChangeStore, form: IdfluxFields, now: string): Promise<ChangeResult> {
  const read = changeOfForm(form, Number(now.slice(0, 4)));
  if ('none' in read) return { result: 'none', reason: read.none };
  if ('refused' in read) return { result: 'refused', reason: read.refused };
  return changeNumber(db, store, read.change, now);
}
