import { enterpriseLine, type NamedEnterprise } from '../enterprises/directory.ts';
import { isDay } from '../platform/calendar-days.ts';
import { isEnterpriseNumber } from '../platform/ids.ts';
import { committeeName, typeName } from '../relations/names.pages.ts';
import { type Lang, say, words } from '../web/language.ts';
import type { FormFault } from './form.filled.ts';
import { dayAs, hourAs, numberAs } from './form.spelling.ts';
import { type Field, LONGEST, TEMP_WORK, type Values } from './form.ts';
import { isHour } from './intake.times.ts';

/** A field of the form as the template writes it. */
export interface FieldView {
  id: Field;
  label: string;
  optional: string | null;
  hint: string | null;
  errors: string[];
  describedBy: string | null;
  type: string;
  inputmode: string | null;
  longest: number | null;
  value: string;
  /** null for what is typed. */
  options: { value: string; label: string; selected: boolean }[] | null;
  /** Worker types that want it; the page script folds it away for others. */
  types: string | null;
  /** The company that the number leads to, and a button that looks it up. */
  company: string | null;
}

/** What the directory says of the number, and what is wrong with each field. */
export interface Beside {
  company: NamedEnterprise | null;
  errors: Partial<Record<Field, string[]>>;
  /** A change has only the fields that its period wants: no word on who wants them. */
  hints: boolean;
}

/** Worker types that temps have; the others come by service or batch. */
const TYPES = ['OTH', 'STU', 'FLX', 'EXT', 'BCW', 'DWD', 'IVT', 'TRI'];
const COMMITTEES = [TEMP_WORK, '124', '140', '144', '145', '149', '302', '320', 'XXX'];

const DAYS: readonly Field[] = ['startDate', 'endDate', 'birthDate'];
const HOURS: readonly Field[] = ['startHour', 'endHour'];
const NUMERIC: readonly Field[] = ['insz', 'plannedHours'];
const OPTIONAL: readonly Field[] = ['givenName', 'familyName', 'birthDate', 'postBox'];
const WANTED_BY: Partial<Record<Field, string>> = { startHour: 'EXT FLX', endHour: 'EXT FLX', plannedHours: 'STU' };

/** The fields with their values, hints and faults. */
export function fieldViews(lang: Lang, fields: readonly Field[], values: Values, beside: Beside): FieldView[] {
  return fields.map((field) => fieldView(lang, field, values, beside));
}

function fieldView(lang: Lang, id: Field, values: Values, { company, errors: all, hints }: Beside): FieldView {
  const w = words(lang, 'form');
  const hint = (hints && (w.hint as Partial<Record<Field, string>>)[id]) || null;
  const errors = all[id] ?? [];
  const value = shownAs(id, values[id]);
  const described = [
    hint === null ? null : `${id}-hint`,
    errors.length === 0 ? null : `${id}-error`,
    id === 'userNumber' ? 'company' : null,
  ];
  return {
    id,
    label: w.field[id],
    optional: OPTIONAL.includes(id) ? w.optional : null,
    hint,
    errors,
    describedBy: described.filter((one) => one !== null).join(' ') || null,
    type: typeOf(id, value),
    inputmode: NUMERIC.includes(id) ? 'numeric' : null,
    longest: LONGEST[id] ?? null,
    value,
    options: optionsOf(lang, id, value),
    types: WANTED_BY[id] ?? null,
    company: id === 'userNumber' ? companyAt(lang, value, company) : null,
  };
}

/** Browsers only take days and hours in their own spelling. */
function shownAs(id: Field, typed: string): string {
  if (DAYS.includes(id)) return dayAs(typed);
  if (!HOURS.includes(id)) return typed;
  const hour = hourAs(typed);
  return isHour(hour) ? `${hour.slice(0, 2)}:${hour.slice(2)}` : typed;
}

/** What a browser's own field would swallow stands in a plain one, so that it can be seen and mended. */
function typeOf(id: Field, value: string): string {
  if (DAYS.includes(id)) return value === '' || isDay(value) ? 'date' : 'text';
  if (HOURS.includes(id)) return value === '' || /^\d\d:\d\d$/.test(value) ? 'time' : 'text';
  return 'text';
}

function optionsOf(lang: Lang, id: Field, chosen: string): FieldView['options'] {
  const codes = id === 'workerType' ? TYPES : id === 'jointCommittee' || id === 'userCommittee' ? COMMITTEES : null;
  if (codes === null) return null;
  const offered = id === 'userCommittee' ? codes.filter((code) => code !== TEMP_WORK) : codes;
  const all = offered.includes(chosen) || chosen === '' ? offered : [...offered, chosen];
  const name = (code: string) => (id === 'workerType' ? typeName(lang, code) : committeeName(lang, code));
  return [
    { value: '', label: words(lang, 'form').choose, selected: chosen === '' },
    ...all.map((code) => ({ value: code, label: name(code), selected: code === chosen })),
  ];
}

/** The name behind a number, or that there is none; '' where no number stands yet. */
function companyAt(lang: Lang, typed: string, company: NamedEnterprise | null): string {
  if (company) return enterpriseLine(company);
  return isEnterpriseNumber(numberAs(typed)) ? words(lang, 'form').companyUnknown : '';
}

/** A fault of the form itself in words. */
export function faultWords(lang: Lang, { field, fault }: FormFault): string {
  if (fault === 'tooLong' && field !== null) return say(lang, 'form.fault.tooLong', { n: LONGEST[field] ?? 0 });
  const { emptied, changedMeanwhile } = words(lang, 'form').fault;
  return fault === 'emptied' ? emptied : changedMeanwhile;
}
