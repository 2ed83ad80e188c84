import { anomaly } from '../declarations/anomalies.ts';
import type { Kind, Result } from '../declarations/declaration.ts';
import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import { printedInsz } from '../platform/ids.ts';
import { companyName } from '../relations/names.pages.ts';
import { hour, mediumDay, shortDay } from '../web/dates.ts';
import { type Lang, LOCALE, say, words } from '../web/language.ts';
import { COUNTED, type DeclaredPerson, type DeskRow, isLate } from './declarations.ts';

/** Names of what the desk shows on every page. */

/** The result as a mark: tone and icon by name, and the words that tell it without them. */
export interface ResultMark {
  tone: 'onTime' | 'late' | 'refused';
  icon: 'onTime' | 'late' | 'warned' | 'refused';
  word: string;
}

export function resultMark(lang: Lang, row: { result: Result; anomalies: string[] }): ResultMark {
  const w = words(lang, 'desk').result;
  if (row.result === 'B') return { tone: 'refused', icon: 'refused', word: w.B };
  if (isLate(row)) return { tone: 'late', icon: 'late', word: w.late };
  if (row.result === 'W') return { tone: 'late', icon: 'warned', word: w.W };
  return { tone: 'onTime', icon: 'onTime', word: w.A };
}

export function kindName(lang: Lang, kind: Kind): string {
  return words(lang, 'desk').kind[kind];
}

/** 'Jan Peeters', else the masked number, else that nobody was named. */
export function personName(lang: Lang, person: DeclaredPerson): string {
  const name = [person.givenName, person.familyName].filter((part) => part !== null).join(' ');
  return name || maskedInsz(person.insz) || words(lang, 'desk').nobody;
}

export function maskedInsz(insz: string | null): string {
  return insz === null ? '' : printedInsz(insz, false);
}

/** The user company, or nothing where the declaration names none. */
export function deskUserName(lang: Lang, { user }: DeskRow): string {
  return user.key === null && user.name === null ? '' : companyName(lang, user.name, user.number);
}

/** Every remark in the short words of its code. */
export function remarkNames(lang: Lang, codes: string[]): string[] {
  return codes.map((code) => anomaly(code)[lang]);
}

/** 'ma 23 nov, 10.42', with the year when it is not this one. */
export function tableMoment(lang: Lang, instant: string, today: string): string {
  const day = dayOfInstant(instant);
  const named = day.slice(0, 4) === today.slice(0, 4) ? shortDay(lang, day) : mediumDay(lang, day);
  return `${named}, ${hour(lang, hourOfInstant(instant))}`;
}

const FIGURES = { nl: figures('nl'), fr: figures('fr'), de: figures('de'), en: figures('en') };
function figures(lang: Lang): Intl.NumberFormat {
  return new Intl.NumberFormat(LOCALE[lang]);
}

/** '1.240'. */
export function figure(lang: Lang, n: number): string {
  return FIGURES[lang].format(n);
}

/** '312', or '1.000+' for what was counted no further. */
export function counted(lang: Lang, n: number): string {
  return n > COUNTED ? `${figure(lang, COUNTED)}+` : figure(lang, n);
}

/** 'Jan Peeters, ma 23 nov, 10.42'. */
export function verifiedWords(lang: Lang, verified: { by: string; at: string }, today: string): string {
  return say(lang, 'desk.verifiedBy', { name: verified.by, moment: tableMoment(lang, verified.at, today) });
}
