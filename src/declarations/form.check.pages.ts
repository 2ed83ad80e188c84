import { dayOfInstant } from '../platform/calendar-days.ts';
import { printedInsz } from '../platform/ids.ts';
import { dueAt, movedEarlier, verdictOf } from '../relations/timeliness.ts';
import { enterpriseNumber, fullDay, hour } from '../web/dates.ts';
import { type Lang, type Part, plain, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Judged } from './form.judged.ts';
import { inszAs } from './form.spelling.ts';
import { type Fact, factsOfIn, factsOfPeriod, factsOfSpan, fullName } from './form.words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'declarations/check': CheckPage;
  }
}

export interface CheckPage {
  title: string;
  w: Words<'form'>;
  verdict: { mark: 'onTime' | 'late'; title: string; text: Part[] } | null;
  cautions: Part[][];
  facts: Fact[];
  /** The period that a change speaks of. */
  period: Fact[] | null;
  action: string;
  draft: string;
  /** The other way: to the form, or away from a cancellation. */
  other: { label: string; href: string };
  submit: string;
}

/** What is about to be declared, in words, before it is sent. `now` is the moment it would be received. */
export function checkPage(lang: Lang, draft: string, of: Judged, now: string): CheckPage {
  const { filled, standing, declaration: d } = of;
  const w = words(lang, 'form');
  const worker = workerFact(lang, of);
  return {
    title: w.checkTitle[filled.kind],
    w,
    verdict: verdictOn(lang, of, now),
    cautions: cautions(lang, of),
    facts:
      filled.kind === 'IN' ? factsOfIn(lang, d, { worker, company: of.company }) : factsOfSpan(lang, d, standing ?? {}),
    period: standing ? factsOfPeriod(lang, standing) : null,
    action: paths.DECLARATIONS,
    draft,
    other:
      filled.kind === 'CANCEL' && standing
        ? { label: w.keepIt, href: paths.agencyDeclaration(standing.declarationId) }
        : { label: w.change, href: paths.draft(draft, 'edit') },
    submit: w.send[filled.kind],
  };
}

/** The name by which this agency knows the worker, else what was typed: whether others know him is not told. */
function workerFact(lang: Lang, { filled, known }: Judged): Fact {
  const w = words(lang, 'form');
  const insz = inszAs(filled.values.insz);
  const typed = fullName(filled.values);
  const knownAs = known === null ? '' : fullName(known);
  const isOther = knownAs !== '' && typed !== '' && knownAs.toLowerCase() !== typed.toLowerCase();
  const notes = [insz && printedInsz(insz, true), isOther ? say(lang, 'form.typedAs', { name: typed }) : ''];
  const value = knownAs || typed || (insz ? w.noName : '');
  return { label: w.group.worker, value, note: notes.filter(Boolean).join(' · ') || null };
}

/** Whether it would be on time, where that is asked: of an IN, and of a change that moves the start earlier. */
function verdictOn(lang: Lang, { filled, declaration: d, change }: Judged, now: string): CheckPage['verdict'] {
  const start = startOf(filled.kind, d, change);
  if (start === null) return null;
  const { startDate, startHour } = start;
  const due = dueAt(startDate, startHour);
  const mark = verdictOf(now, due) === 'late' ? 'late' : 'onTime';
  const day = fullDay(lang, startDate);
  const values = { start: startHour === null ? day : say(lang, 'form.dayHour', { day, hour: hour(lang, startHour) }) };
  const isSameDay = startHour === null && dayOfInstant(now) === startDate;
  const text = mark === 'late' ? 'late' : isSameDay ? 'sameDay' : 'onTime';
  return { mark, title: words(lang, 'verdict')[mark], text: rich(lang, `form.because.${text}`, values) };
}

function startOf(kind: string, { startDate, startHour }: Judged['declaration'], change: Judged['change']) {
  if (kind === 'IN') return startDate === undefined ? null : { startDate, startHour: startHour ?? null };
  if (change?.before && movedEarlier(change.before, change.after)) return change.after;
  return null;
}

/** What is accepted and yet worth a second look. */
function cautions(lang: Lang, { filled, declaration, company, change }: Judged): Part[][] {
  const number = declaration.userCompany?.enterpriseNumber;
  const raised = (change?.after.warnings ?? []).filter((warning) => !change?.before?.warnings.includes(warning));
  const w = words(lang, 'form');
  return [
    ...(filled.kind === 'IN' && number !== undefined && company === null
      ? [rich(lang, 'form.caution.userCompanyUnknown', { number: enterpriseNumber(number) })]
      : []),
    ...raised.map((warning) => [plain(w.caution[warning])]),
  ];
}
