import { isDay } from '../platform/calendar-days.ts';
import { isInsz } from '../platform/ids.ts';
import type { NumberChange } from './number-change.ts';

/** What was read of a Form of an IDFLUX message: the text of its known elements by path. */
export interface IdfluxFields {
  /** Line of its start tag, from 1. */
  line: number;
  values: Map<string, string>;
  /** An element stood there twice. */
  isTwice: boolean;
}

const VALID = 'IdfluxInformation/ValidSituation';
const OUTDATED = 'IdfluxInformation/OutdatedSituation';
const DATE = 'IdfluxInformation/EffectiveStartingDate';
const KNOWN = new Set([
  'Identification',
  'TypeForm',
  'AttestationStatus',
  DATE,
  ...['INSS', 'WorkerName', 'WorkerFirstName', 'WorkerBirthdate', 'NOSSRegistrationNbr'].map(
    (name) => `${VALID}/${name}`,
  ),
  ...['INSS', 'NOSSRegistrationNbr'].map((name) => `${OUTDATED}/${name}`),
]);

/** Whether an element at that path below Form is one we read. */
export function isKnownElement(path: string): boolean {
  return KNOWN.has(path);
}

/** The change in a form; else why there is none: nothing that concerns a number, or something that cannot be. */
export type ReadChange = { change: NumberChange } | { none: string } | { refused: string };

/** @param year nobody is born after it */
export function changeOfForm({ values, isTwice }: IdfluxFields, year: number): ReadChange {
  const [valid, outdated] = [numberAt(values, VALID), numberAt(values, OUTDATED)];
  const status = values.get('AttestationStatus');
  const effectiveOn = values.get(DATE) ?? null;
  if (isTwice) return { refused: 'an element stands there twice' };
  if (status !== '0' && status !== '2')
    return { refused: status === '3' ? 'a change is not taken back by message' : 'AttestationStatus is not 0, 2 or 3' };
  if (effectiveOn !== null && !isDay(effectiveOn)) return { refused: 'EffectiveStartingDate is no day' };
  if (outdated === null) return { none: 'no number of a person changed' };
  if (valid === null) return { refused: 'the new number is missing' };
  if (!isInsz(outdated, year)) return { refused: 'the old number is no INSZ' };
  if (!isInsz(valid, year)) return { refused: 'the new number is no INSZ' };
  if (valid === outdated) return { none: 'the number is the same' };
  return { change: { oldInsz: outdated, newInsz: valid, effectiveOn, person: personOf(values) } };
}

/** A zero stands for a number that is not known. */
function numberAt(values: Map<string, string>, situation: string): string | null {
  const number = values.get(`${situation}/INSS`);
  return number === undefined || /^0*$/.test(number) ? null : number;
}

function personOf(values: Map<string, string>): NumberChange['person'] {
  const birthDate = values.get(`${VALID}/WorkerBirthdate`);
  return {
    givenName: values.get(`${VALID}/WorkerFirstName`) ?? null,
    familyName: values.get(`${VALID}/WorkerName`) ?? null,
    // month or day 00: the birth date is not fully known
    birthDate: birthDate !== undefined && isDay(birthDate) ? birthDate : null,
  };
}
