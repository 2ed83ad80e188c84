import type { NamedEnterprise } from '../enterprises/directory.ts';
import { type AgencyScope, type AgencyStaff, agencyScopeOf } from '../identity/visitor.ts';
import { isInsz } from '../platform/ids.ts';
import type { Declaration, Result } from './declaration.ts';
import type { Change, Outcome } from './declarations.batch.ts';
import type { FormFault } from './form.filled.ts';
import type { Filled, Standing } from './form.ts';
import { inszOf } from './intake.parties.ts';

/** A form on its way: kept, judged, sent. */

/** Whose form it is: of one member of staff, for one agency. */
export type Writer = AgencyScope & { workerId: string };

export function writerOf(visitor: AgencyStaff): Writer {
  return { ...agencyScopeOf(visitor), workerId: visitor.workerId };
}

/** A form that was kept by whoever fills it in for his agency. */
export interface Draft {
  /** null once it was sent and accepted, or expired. */
  filled: Filled | null;
  expiresAt: string;
  /** What sending it answered. */
  answer: { declarationId: string; result: Result; anomalies: string[] } | null;
}

/** A declaration of the own agency as the ledger has it. */
export interface Declared {
  declaration: Declaration;
  insz: string | null;
  result: Result;
  anomalies: string[];
}

export interface Name {
  givenName: string | null;
  familyName: string | null;
}

/** A form with what stands beside it: the period of a change, the user company of the directory. */
export interface Opened {
  filled: Filled;
  standing: Standing | null;
  company: NamedEnterprise | null;
}

/** A kept form, judged: `codes` are why it would be refused, or was; `change` is what it would do to a period. */
export interface Judged extends Opened {
  /** The worker's name where this agency declared him before. */
  known: Name | null;
  declaration: Declaration;
  faults: FormFault[];
  codes: string[];
  change: Change | null;
}

/** What was declared; `standing` is the period as it stands now, null for a refused IN. */
export interface Receipt extends Declared {
  company: NamedEnterprise | null;
  known: Name | null;
  standing: Standing | null;
}

/** What became of a draft that is no form any more. */
export type Ended = { ended: 'expired' } | { ended: 'sent'; declarationId: string };

export function endOf({ answer, expiresAt, filled }: Draft, now: string): Ended | null {
  if (answer !== null && answer.result !== 'B') return { ended: 'sent', declarationId: answer.declarationId };
  return filled === null || Date.parse(expiresAt) <= Date.parse(now) ? { ended: 'expired' } : null;
}

/**
 * Why a declaration would be refused. Whether somebody without INSZ is known is told when it is declared, and so kept with who asked;
 * it is not told beforehand.
 */
export function refusalOf({ result, anomalies }: Outcome, { worker }: Declaration): string[] {
  if (result !== 'B') return [];
  const isNamed = Boolean(worker?.givenName && worker.familyName && worker.birthDate);
  return inszOf(worker) === undefined && isNamed ? anomalies.filter((code) => code !== '90017-151') : anomalies;
}

/** The period that an earlier declaration speaks of and that a form on it needs as it stands; null for an IN. */
export function periodSpokenOf({ declaration }: Declared): string | null {
  return declaration.kind === 'IN' ? null : (declaration.periodId ?? '');
}

/** Whose data a form with this INSZ shows; null when it is nobody's. */
export function subjectOf(insz: string | null, now: string): string | null {
  return insz !== null && isInsz(insz, Number(now.slice(0, 4))) ? insz : null;
}
