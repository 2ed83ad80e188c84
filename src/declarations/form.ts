import type { Address, Declaration, Person, UsingEmployer } from './declaration.ts';
import { dayAs, hourAs, inszAs, numberAs } from './form.spelling.ts';

/**
 * The web form of staff: fields as typed ↔ a declaration as the intake judges it. Usual spellings of numbers, days and hours are
 * understood; what cannot be understood stays as typed, so that the intake refuses it like any other message.
 */

export const FIELDS = [
  'insz',
  'givenName',
  'familyName',
  'birthDate',
  'workerType',
  'jointCommittee',
  'userNumber',
  'userCommittee',
  'userName',
  'street',
  'houseNumber',
  'postBox',
  'postCode',
  'city',
  'country',
  'startDate',
  'endDate',
  'startHour',
  'endHour',
  'plannedHours',
] as const;
export type Field = (typeof FIELDS)[number];

/** As typed, without spaces around; '' where nothing is. */
export type Values = Record<Field, string>;

export const FORM_KINDS = ['IN', 'UPDATE', 'OUT', 'CANCEL'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

/** The form as somebody filled it in. */
export interface Filled {
  kind: FormKind;
  /** The period that a change speaks of; '' for an IN. */
  periodId: string;
  /** How the period stood when the form was shown (`stoodOf`); '' for an IN. */
  stood: string;
  values: Values;
}

/** A period of the own agency as it stands, with its worker, and the IN that began it. */
export interface Standing {
  periodId: string;
  declarationId: string;
  insz: string;
  givenName: string | null;
  familyName: string | null;
  workerType: string;
  jointCommittee: string;
  userNumber: string | null;
  /** Name of the directory, else as declared. */
  userName: string | null;
  userAddress: Address | null;
  userJointCommittee: string | null;
  startDate: string;
  startHour: string | null;
  endDate: string | null;
  endHour: string | null;
  plannedHours: number | null;
  cancelled: boolean;
}

/** Longest values: those of the message's own blocks, else what no honest value exceeds. */
export const LONGEST: Partial<Record<Field, number>> = {
  givenName: 100,
  familyName: 100,
  userName: 96,
  street: 42,
  houseNumber: 10,
  postBox: 4,
  postCode: 9,
  city: 40,
  country: 40,
};
const LONGEST_KEPT = 200;

export const NOTHING: Values = Object.freeze(Object.fromEntries(FIELDS.map((field) => [field, '']))) as Values;

/** Temp work is joint committee 322. */
export const TEMP_WORK = '322';

export function isFormKind(text: unknown): text is FormKind {
  return FORM_KINDS.includes(text as FormKind);
}

/** Reads a posted form; what is not a field of ours is left out, what is too long is cut well beyond what is allowed. */
export function filledFrom(posted: Record<string, unknown>): Filled {
  const text = (name: string) => {
    const value = posted[name];
    return typeof value === 'string' ? tidied(value) : '';
  };
  const kind = isFormKind(posted.kind) ? posted.kind : 'IN';
  const values = Object.fromEntries(FIELDS.map((field) => [field, text(field)])) as Values;
  return { kind, periodId: kind === 'IN' ? '' : text('period'), stood: text('stood'), values };
}

/** PostgreSQL's text holds no NUL, and no field of ours more than one line. */
function tidied(value: string): string {
  return value
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, LONGEST_KEPT);
}

/** The declaration that the form says. An UPDATE names only what is not as it stands. */
export function declarationOf(
  filled: Filled,
  about: { agencyNumber: string; receivedAt: string },
  standing: Standing | null,
): Declaration {
  const { kind, periodId, values } = filled;
  const head = { kind, receivedAt: about.receivedAt, employer: { enterpriseNumber: about.agencyNumber } };
  const period = periodOf(values);
  if (kind === 'CANCEL') return { ...head, periodId };
  if (kind === 'OUT') return compact({ ...head, periodId, endDate: period.endDate });
  if (kind === 'UPDATE') return compact({ ...head, periodId, ...changed(period, standing) });
  const jointCommittee = values.jointCommittee || undefined;
  const userCompany = jointCommittee === TEMP_WORK ? userOf(values) : undefined;
  return compact({
    ...head,
    worker: personOf(values),
    workerType: values.workerType || undefined,
    jointCommittee,
    userCompany,
    ...period,
  });
}

type Period = Pick<Declaration, 'startDate' | 'endDate' | 'startHour' | 'endHour' | 'plannedHours'>;

function periodOf(values: Values): Period {
  return compact({
    startDate: dayAs(values.startDate) || undefined,
    endDate: dayAs(values.endDate) || undefined,
    startHour: hourAs(values.startHour) || undefined,
    endHour: hourAs(values.endHour) || undefined,
    plannedHours: values.plannedHours === '' ? undefined : Number(values.plannedHours),
  });
}

function changed(period: Period, standing: Standing | null): Period {
  const differs = ([field, value]: [string, unknown]) => standing?.[field as keyof Period] !== value;
  return Object.fromEntries(Object.entries(period).filter(differs));
}

function personOf(values: Values): Person {
  return compact({
    insz: inszAs(values.insz) || undefined,
    givenName: values.givenName || undefined,
    familyName: values.familyName || undefined,
    birthDate: dayAs(values.birthDate) || undefined,
  });
}

/** Always there, so that everything missing is told at once. */
function userOf(values: Values): UsingEmployer {
  const { street, houseNumber, postBox, postCode, city, country } = values;
  const address = filledOnly({ street, houseNumber, postBox, postCode, city, country });
  return compact({
    enterpriseNumber: numberAs(values.userNumber) || undefined,
    name: values.userName || undefined,
    address: Object.keys(address).length > 0 ? address : undefined,
    jointCommittee: values.userCommittee || undefined,
  });
}

function filledOnly(address: Record<keyof Address, string>): Address {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== ''));
}

/** Without the fields that say nothing. */
function compact<T extends object>(of: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;
}
