import type { Declaration } from './declaration.ts';
import {
  type Field,
  type Filled,
  type FormKind,
  LONGEST,
  NOTHING,
  type Standing,
  TEMP_WORK,
  type Values,
} from './form.ts';

/** What a form begins with, and what is wrong with it before any rule of the intake is asked. */

/** Something only a form can get wrong; null: about the whole. */
export interface FormFault {
  field: Field | null;
  /** Too long for the message · emptied, which a change cannot do · the period was changed by somebody else since. */
  fault: 'tooLong' | 'emptied' | 'changedMeanwhile';
}

/** A form of temp work, empty but for what is told. */
export function emptyForm(told: Partial<Values> = {}): Filled {
  return { kind: 'IN', periodId: '', stood: '', values: { ...NOTHING, jointCommittee: TEMP_WORK, ...told } };
}

/** A form that changes a period, holding it as it stands; the end to be told is left open. */
export function formOn(kind: FormKind, standing: Standing): Filled {
  const values: Values = { ...NOTHING };
  if (kind === 'UPDATE') Object.assign(values, spanOf(standing));
  return { kind, periodId: standing.periodId, stood: stoodOf(standing), values };
}

/** A form filled in from a declaration made before; a change of a period needs how that stands now. */
export function formAgain(d: Declaration, standing: Standing | null): Filled | null {
  if (d.kind === 'DAILY') return null;
  if (d.kind !== 'IN') {
    if (standing === null) return null;
    const form = formOn(d.kind, standing);
    return { ...form, values: { ...form.values, ...declaredSpan(d) } };
  }
  const { worker, userCompany: user } = d;
  const told: Partial<Values> = {
    ...pick(worker, ['insz', 'givenName', 'familyName', 'birthDate']),
    ...pick(user?.address, ['street', 'houseNumber', 'postBox', 'postCode', 'city', 'country']),
    workerType: d.workerType ?? '',
    jointCommittee: d.jointCommittee ?? '',
    userNumber: user?.enterpriseNumber ?? '',
    userName: user?.name ?? '',
    userCommittee: user?.jointCommittee ?? '',
    ...declaredSpan(d),
  };
  return { ...emptyForm(), values: { ...NOTHING, ...told } };
}

/** Name of how a period stands: when two differ, somebody changed it in between. */
export function stoodOf(of: Standing): string {
  const { startDate, startHour, endDate, endHour, plannedHours, cancelled } = of;
  return [startDate, startHour, endDate, endHour, plannedHours, cancelled ? 'x' : ''].join('/');
}

export function faultsOf({ kind, stood, values }: Filled, standing: Standing | null): FormFault[] {
  const faults: FormFault[] = [];
  if (standing !== null && stood !== stoodOf(standing)) faults.push({ field: null, fault: 'changedMeanwhile' });
  for (const [field, longest] of Object.entries(LONGEST) as [Field, number][])
    if (values[field].length > longest) faults.push({ field, fault: 'tooLong' });
  if (kind === 'UPDATE' && standing !== null) {
    const before = spanOf(standing);
    const emptied = (Object.keys(before) as Field[]).filter((field) => before[field] && values[field] === '');
    faults.push(...emptied.map((field) => ({ field, fault: 'emptied' as const })));
  }
  return faults;
}

type Span = Pick<Standing, 'startDate' | 'startHour' | 'endDate' | 'endHour' | 'plannedHours'>;

function spanOf(span: Span): Partial<Values> {
  return {
    startDate: span.startDate,
    endDate: span.endDate ?? '',
    startHour: span.startHour ?? '',
    endHour: span.endHour ?? '',
    plannedHours: span.plannedHours === null ? '' : String(span.plannedHours),
  };
}

function declaredSpan(d: Declaration): Partial<Values> {
  const told = pick(d, ['startDate', 'endDate', 'startHour', 'endHour']);
  return d.plannedHours === undefined ? told : { ...told, plannedHours: String(d.plannedHours) };
}

/** The fields of a message that are there, as text. */
function pick(from: object | undefined, fields: Field[]): Partial<Values> {
  const told = (from ?? {}) as Partial<Record<Field, unknown>>;
  return Object.fromEntries(fields.flatMap((field) => (told[field] ? [[field, String(told[field])]] : [])));
}
