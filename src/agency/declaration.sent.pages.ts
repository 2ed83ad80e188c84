import { addressLine, committeeName, companyName, typeName } from '../relations/names.pages.ts';
import { enterpriseNumber, fullDay, hour, nssoNumber, periodNumber } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import type { DeskDeclaration } from './declarations.ts';
import { deskUserName, kindName, maskedInsz } from './words.pages.ts';

/** What a declaration said, field by field, right or wrong, in plain words. */

export interface Fact {
  label: string;
  value: string;
  note: string | null;
}

export function sentFacts(lang: Lang, declaration: DeskDeclaration): Fact[] {
  const w = words(lang, 'deskDetail').fact;
  const { sent, kind } = declaration;
  const facts: Fact[] = [];
  const add = (label: string, value: string | undefined | null, note: string | null = null) => {
    if (value !== undefined && value !== null && value !== '') facts.push({ label, value, note });
  };
  add(w.kind, kindName(lang, kind));
  if (sent.periodId !== undefined) add(w.period, periodNumber(sent.periodId));
  const { givenName, familyName, birthDate } = sent.worker ?? {};
  add(w.worker, [givenName, familyName].filter(Boolean).join(' '));
  add(w.insz, sent.worker?.insz === undefined ? null : maskedInsz(sent.worker.insz));
  add(w.birthDate, birthDate === undefined ? null : day(lang, birthDate));
  add(w.type, sent.workerType === undefined ? null : typeName(lang, sent.workerType), sent.workerType ?? null);
  add(w.committee, sent.jointCommittee === undefined ? null : committeeName(lang, sent.jointCommittee));
  const { userCompany: user } = sent;
  if (user !== undefined) {
    const number = user.enterpriseNumber;
    const name = declaration.periodId === null ? deskUserName(lang, declaration) : null;
    const known = name ?? companyName(lang, declaration.user.name ?? user.name ?? null, number ?? null);
    add(w.user, known, number === undefined ? null : enterpriseNumber(number));
    add(w.userAddress, addressLine(user.address ?? null));
    add(w.userCommittee, user.jointCommittee === undefined ? null : committeeName(lang, user.jointCommittee));
  }
  add(w.start, moment(lang, sent.startDate, sent.startHour));
  add(w.end, moment(lang, sent.endDate, sent.endHour));
  add(w.planned, sent.plannedHours === undefined ? null : say(lang, 'detail.plannedValue', { n: sent.plannedHours }));
  const { enterpriseNumber: agency, nssoNumber: nsso } = sent.employer;
  add(w.employer, agency === undefined ? nsso && nssoNumber(nsso) : enterpriseNumber(agency));
  return facts;
}

/** A day, or what was sent instead of one. */
function day(lang: Lang, text: string): string {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) ? fullDay(lang, text) : text;
}

function moment(lang: Lang, date: string | undefined, hhmm: string | undefined): string | null {
  if (date === undefined) return hhmm === undefined ? null : hour(lang, hhmm);
  if (hhmm === undefined) return day(lang, date);
  return say(lang, 'detail.dayHour', { day: day(lang, date), hour: hour(lang, hhmm) });
}
