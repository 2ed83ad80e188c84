import { type AcceptedDeclaration, fold } from '../relations/fold.ts';
import type { RelationState } from '../relations/relation.ts';
import { movedEarlier } from '../relations/timeliness.ts';
import type { Declaration } from './declaration.ts';
import type { Book, Codes, Judgement } from './intake.book.ts';
import { isUnchanged, judgeFieldsOfOut, judgeFieldsOfUpdate } from './intake.changes.ts';
import { judgeFieldsOfIn } from './intake.in.ts';
import { clashOf, isThirdDay } from './intake.overlap.ts';
import { judgePerson, judgeSamePerson, namesEmployer, unknownEmployer } from './intake.parties.ts';
import { receiptOf } from './intake.times.ts';

export type { Book, Judgement } from './intake.book.ts';

/**
 * What the intake answers to a declaration, and what the relation becomes if it is accepted. Nothing is stored or changed,
 * and no value a message can hold makes it throw.
 *
 * Codes come in this order: faults of form, employer, person, the fields; only where these leave nothing to refuse, the
 * worker's other periods (duplicate or overlap, third consecutive day) and, last, lateness, which never refuses.
 * The caller gives ids first (a period's own for an IN); those of a refused declaration are thrown away.
 */
export function judge(d: Declaration, book: Book): Judgement {
  if (d.kind === 'DAILY') return judgeDaily(d, book);
  return d.kind === 'IN' ? judgeIn(d, book) : judgeChange(d, book);
}

/** Daily registrations are kept, without effect on relations, so only their form can be wrong. */
function judgeDaily(d: Declaration, book: Book): Judgement {
  const own = namesEmployer(d.employer) ? null : book.period(d.periodId ?? '')?.state.agencyNumber;
  const agencyNumber = own ?? book.agency(d.employer);
  const anomalies = d.formFaults ?? [];
  return { result: anomalies.length > 0 ? 'B' : 'A', anomalies, agencyNumber, after: null };
}

function judgeIn(d: Declaration, book: Book): Judgement {
  const codes: Codes = new Set(d.formFaults);
  const receipt = receiptOf(d.receivedAt, book.now);
  const agencyNumber = book.agency(d.employer);
  if (agencyNumber === null) codes.add(unknownEmployer(d.employer));
  const workerKey = judgePerson(codes, d, book, receipt.year);
  judgeFieldsOfIn(codes, d, receipt);
  if (codes.size > 0 || agencyNumber === null) return refused(codes, agencyNumber);

  const after = fold(null, acceptedOf(d, agencyNumber));
  if (workerKey !== null) judgeBeside(codes, 'IN', after, null, book, workerKey);
  return codes.size > 0 ? refused(codes, agencyNumber) : accepted(d, agencyNumber, null, after);
}

function judgeChange(d: Declaration, book: Book): Judgement {
  const codes: Codes = new Set(d.formFaults);
  const receipt = receiptOf(d.receivedAt, book.now);
  const period = d.periodId === undefined ? undefined : book.period(d.periodId);
  const agencyNumber = namesEmployer(d.employer) ? book.agency(d.employer) : (period?.state.agencyNumber ?? null);
  const refusal = refusalOf(d, period?.state, agencyNumber);
  if (period === undefined || agencyNumber === null || refusal !== null) {
    // A period id that is no number at all has been named as such.
    if (refusal !== null && !codes.has('00913-003')) codes.add(refusal);
    return refused(codes, agencyNumber);
  }
  const { state, workerKey } = period;
  judgeSamePerson(codes, d, workerKey, book, receipt.year);
  if (d.kind === 'UPDATE') judgeFieldsOfUpdate(codes, d, state, receipt);
  if (d.kind === 'OUT') judgeFieldsOfOut(codes, d, state, receipt);
  if (codes.size > 0) return refused(codes, agencyNumber);

  const after = fold(state, acceptedOf(d, agencyNumber));
  if (d.kind === 'UPDATE') judgeBeside(codes, 'UPDATE', after, state, book, workerKey);
  return codes.size > 0 ? refused(codes, agencyNumber) : accepted(d, agencyNumber, state, after);
}

/** Why nothing more is asked of a change: an employer unknown, a period not known to that employer, a period cancelled. */
function refusalOf(d: Declaration, state: RelationState | undefined, agencyNumber: string | null): string | null {
  if (agencyNumber === null && namesEmployer(d.employer)) return unknownEmployer(d.employer);
  if (state === undefined || state.agencyNumber !== agencyNumber) return '00913-354';
  return state.cancelled ? '00913-355' : null;
}

/** The rules that need the period as it would stand: nothing changed, a clash with another period, a third day. */
function judgeBeside(
  codes: Codes,
  kind: 'IN' | 'UPDATE',
  after: RelationState,
  before: RelationState | null,
  book: Book,
  workerKey: string,
): void {
  if (before !== null && isUnchanged(before, after)) {
    codes.add('90378-444');
    return;
  }
  const block = kind === 'IN' ? '90373' : '90378';
  const clash = clashOf(after, book.live(after.agencyNumber, workerKey));
  if (clash !== null) codes.add(`${block}-${clash === 'duplicate' ? '333' : '334'}`);
  const hasNewDays = before?.startDate !== after.startDate || before.endDate !== after.endDate;
  const isThird =
    after.workerType === 'EXT' && hasNewDays && isThirdDay(after, book.live(after.agencyNumber, workerKey));
  if (isThird) codes.add('00910-459');
}

function acceptedOf(d: Declaration, agencyNumber: string): AcceptedDeclaration {
  const { declarationId = '', periodId = '' } = d;
  return { ...d, declarationId, periodId, agencyNumber, result: 'A', anomalies: [] };
}

/** Only an IN, or an UPDATE that moves the start earlier, answers for the start and can be late. */
function accepted(d: Declaration, agencyNumber: string, before: RelationState | null, after: RelationState): Judgement {
  const isLate = after.verdict === 'late' && (before === null || movedEarlier(before, after));
  if (!isLate) return { result: 'A', anomalies: [], agencyNumber, after };
  const anomalies = [before === null ? '90373-460' : '90378-460'];
  const late = fold(before, { ...acceptedOf(d, agencyNumber), result: 'W', anomalies });
  return { result: 'W', anomalies, agencyNumber, after: late };
}

function refused(codes: Codes, agencyNumber: string | null): Judgement {
  return { result: 'B', anomalies: [...codes], agencyNumber, after: null };
}
