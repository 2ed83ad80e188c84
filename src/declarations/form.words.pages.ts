import { enterpriseLine, type NamedEnterprise } from '../enterprises/directory.ts';
import { isDay } from '../platform/calendar-days.ts';
import { printedInsz } from '../platform/ids.ts';
import { addressLine, committeeName, companyName, typeName } from '../relations/names.pages.ts';
import { enterpriseNumber, fullDay, hour, periodNumber } from '../web/dates.ts';
import { knows, type Lang, say, words } from '../web/language.ts';
import { ANOMALIES } from './anomalies.ts';
import type { Declaration } from './declaration.ts';
import type { Name } from './form.judged.ts';
import { type Standing, TEMP_WORK } from './form.ts';
import { isHour } from './intake.times.ts';

/** One line of what is declared: a label, what it is, and numbers beside it. */
export interface Fact {
  label: string;
  value: string;
  note: string | null;
}

/** A code in words: what is wrong, and what to do about it. */
export function anomalyWords(lang: Lang, code: string): string {
  const key = `form.todo.${code}`;
  const todo = knows(lang, key) ? say(lang, key) : words(lang, 'form').todo.other;
  return `${ANOMALIES[code]?.[lang] ?? code}. ${todo}`;
}

export function fullName({ givenName, familyName }: Name): string {
  return [givenName, familyName].filter(Boolean).join(' ');
}

/** What an IN says, line by line. */
export function factsOfIn(
  lang: Lang,
  d: Declaration,
  about: { worker: Fact; company: NamedEnterprise | null },
): Fact[] {
  const w = words(lang, 'form');
  const isTemp = d.jointCommittee === TEMP_WORK;
  return [
    about.worker,
    { label: w.field.workerType, value: typeName(lang, d.workerType ?? ''), note: d.workerType ?? null },
    { label: w.field.jointCommittee, value: committeeName(lang, d.jointCommittee ?? ''), note: null },
    isTemp ? userFact(lang, d, about.company) : { label: w.group.user, value: w.noUser, note: null },
    ...factsOfSpan(lang, d),
  ];
}

function userFact(lang: Lang, { userCompany: user }: Declaration, company: NamedEnterprise | null): Fact {
  const w = words(lang, 'form');
  const number = user?.enterpriseNumber ?? null;
  const name = company ? enterpriseLine(company) : (user?.name ?? null);
  const notes = [
    number === null || name === null ? null : enterpriseNumber(number),
    addressLine(user?.address ?? null),
    user?.jointCommittee ? committeeName(lang, user.jointCommittee) : null,
  ];
  return {
    label: w.group.user,
    value: companyName(lang, name, number),
    note: notes.filter((note) => note !== null).join(' · ') || null,
  };
}

type Span = Pick<Declaration, 'startDate' | 'startHour' | 'endDate' | 'endHour' | 'plannedHours'>;
type Stood = { [F in keyof Span]?: Span[F] | null };

const SPAN = ['startDate', 'startHour', 'endDate', 'endHour', 'plannedHours'] as const;

/** The days and hours that are named; beside each what stood before, where something did. */
export function factsOfSpan(lang: Lang, span: Span, before: Stood = {}): Fact[] {
  return SPAN.flatMap((field) => {
    const value = span[field];
    if (value === undefined) return [];
    const stood = before[field] ?? null;
    const note = stood === null || stood === value ? null : say(lang, 'form.insteadOf', { before: spell(lang, stood) });
    return [{ label: words(lang, 'form').field[field], value: spell(lang, value), note }];
  });
}

/** A day, an hour or a number of hours; what is none of these as it was sent. */
function spell(lang: Lang, value: string | number): string {
  if (typeof value === 'number') return say(lang, 'form.hours', { n: value });
  if (isDay(value)) return fullDay(lang, value);
  return isHour(value) ? hour(lang, value) + words(lang, 'dates').hourWord : value;
}

/** A period as it stands, for a form that changes it. */
export function factsOfPeriod(lang: Lang, standing: Standing): Fact[] {
  const w = words(lang, 'form');
  const { userNumber, userName } = standing;
  const isTemp = standing.jointCommittee === TEMP_WORK;
  const span = Object.fromEntries(
    SPAN.flatMap((field) => (standing[field] === null ? [] : [[field, standing[field]]])),
  );
  const number = userNumber === null || userName === null ? null : enterpriseNumber(userNumber);
  return [
    {
      label: w.group.worker,
      value: fullName(standing) || printedInsz(standing.insz, false),
      note: fullName(standing) ? printedInsz(standing.insz, false) : null,
    },
    ...(isTemp ? [{ label: w.group.user, value: companyName(lang, userName, userNumber), note: number }] : []),
    { label: w.field.workerType, value: typeName(lang, standing.workerType), note: standing.workerType },
    ...factsOfSpan(lang, span),
    { label: w.periodId, value: periodNumber(standing.periodId), note: null },
  ];
}
