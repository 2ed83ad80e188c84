import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import { printedInsz } from '../platform/ids.ts';
import { capital, fullDay, hour, periodNumber } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Receipt } from './form.judged.ts';
import { isFormKind } from './form.ts';
import { anomalyWords, type Fact, factsOfIn, factsOfPeriod, factsOfSpan, fullName } from './form.words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'declarations/receipt': ReceiptPage;
  }
}

export interface ReceiptPage {
  title: string;
  w: Words<'form'>;
  tone: 'onTime' | 'late' | 'cancelled';
  text: string;
  /** Remarks of one that was accepted, reasons of one that was refused. */
  remarks: string[];
  facts: Fact[];
  next: { again: string; one: string };
}

/** What was declared, when, and what was answered: to keep or to print. The INSZ is masked, since paper lies around. */
export function receiptPage(lang: Lang, of: Receipt, agencyName: string): ReceiptPage {
  const { declaration: d, result, anomalies, standing } = of;
  const w = words(lang, 'form');
  const kind = isFormKind(d.kind) ? d.kind : 'IN';
  const { declarationId = '', periodId, receivedAt } = d;
  const numbers: Fact[] = [
    { label: w.agency, value: agencyName, note: null },
    ...(receivedAt ? [{ label: w.received, value: momentOnPaper(lang, receivedAt), note: null }] : []),
    { label: w.declarationId, value: periodNumber(declarationId), note: null },
    ...(kind === 'IN' && periodId ? [{ label: w.periodId, value: periodNumber(periodId), note: null }] : []),
  ];
  const said =
    kind === 'IN' ? factsOfIn(lang, d, { worker: workerFact(lang, of), company: of.company }) : factsOfSpan(lang, d);
  const period = kind !== 'IN' && standing ? untouched(factsOfPeriod(lang, standing), said) : [];
  return {
    title: result === 'B' ? w.refused : w.done[kind],
    w,
    tone: result === 'A' ? 'onTime' : result === 'W' ? 'late' : 'cancelled',
    text: w.result[result],
    remarks: anomalies.map((code) => anomalyWords(lang, code)),
    facts: [...said, ...period, ...numbers],
    next: { again: paths.newDeclaration(), one: paths.agencyDeclaration(declarationId) },
  };
}

/** With its year, since paper is read later. */
function momentOnPaper(lang: Lang, instant: string): string {
  const day = fullDay(lang, dayOfInstant(instant));
  return capital(say(lang, 'form.dayHour', { day, hour: hour(lang, hourOfInstant(instant)) }));
}

/** What else the period holds, beside what the declaration said itself. */
function untouched(period: Fact[], said: Fact[]): Fact[] {
  return period.filter(({ label }) => !said.some((fact) => fact.label === label));
}

function workerFact(lang: Lang, { declaration, insz, known }: Receipt): Fact {
  const { givenName = null, familyName = null } = declaration.worker ?? {};
  const name = (known && fullName(known)) || fullName({ givenName, familyName });
  const masked = insz === null ? null : printedInsz(insz, false);
  const w = words(lang, 'form');
  return { label: w.group.worker, value: name || masked || w.noName, note: name ? masked : null };
}
