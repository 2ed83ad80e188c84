import type { Declaration } from './declaration.ts';
import type { BatchBook } from './declarations.book.ts';
import { inszOf } from './intake.parties.ts';
import { type Judgement, judge } from './intake.ts';

/** The judgement of the rules, and of what only the intake sees: whether the sender may, whether the period's id is taken. */
export function judgedFor(sender: string | null, d: Declaration, book: BatchBook): Judgement {
  const isTaken = d.kind === 'IN' && book.period(d.periodId ?? '') !== undefined;
  const judgement = isTaken ? takenPeriod(judge(d, book)) : judge(d, book);
  return sender === null || judgement.agencyNumber === sender ? judgement : withoutMandate(sender, judgement);
}

/** For another agency than the sender's own nothing is declared; what was tried is the sender's to see, nobody else's. */
function withoutMandate(sender: string, { anomalies, agencyNumber }: Judgement): Judgement {
  const codes = agencyNumber === null && anomalies.length > 0 ? anomalies : ['90256-155'];
  return { result: 'B', anomalies: codes, agencyNumber: sender, after: null };
}

/** Whose the declaration is, where it is somebody's we know; of another agency's period nothing is told. */
export function ownerOf(d: Declaration, agencyNumber: string | null, book: BatchBook): string | null {
  if (d.kind !== 'IN') {
    const period = book.period(d.periodId ?? '');
    return period && period.state.agencyNumber === agencyNumber ? period.workerKey : null;
  }
  const insz = inszOf(d.worker);
  const { insz: _zero, ...identity } = d.worker ?? {};
  const worker = book.worker(insz ? { insz } : identity);
  return typeof worker === 'string' ? null : worker.key;
}

/** An IN that names a period which stands already declares it twice. */
function takenPeriod({ anomalies, agencyNumber }: Judgement): Judgement {
  const blocking = anomalies.filter((code) => code !== '90373-460' && code !== '90373-334');
  return { result: 'B', anomalies: [...new Set([...blocking, '90373-333'])], agencyNumber, after: null };
}
