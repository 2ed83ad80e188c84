import { type Field, TEMP_WORK, type Values } from './form.ts';

/** Where each fault stands in the form: by the zone of its code, or by the whole code where that says more. */

const byZone: Record<string, Field> = {
  '00024': 'insz',
  '00025': 'familyName',
  '00026': 'givenName',
  '00028': 'birthDate',
  '00131': 'userNumber',
  '00655': 'workerType',
  '00777': 'startHour',
  '00778': 'endHour',
  '00910': 'startDate',
  '00911': 'endDate',
  '01135': 'plannedHours',
  '90017': 'insz',
  '90107': 'userNumber',
  '90374': 'workerType',
};

const byCode: Record<string, Field> = {
  '00913-368': 'endDate',
  '90107-352': 'userName',
  '90373-333': 'startDate',
  '90373-334': 'startDate',
  '90373-341': 'endDate',
  '90373-421': 'endDate',
  '90378-333': 'startDate',
  '90378-334': 'startDate',
  '90378-360': 'startDate',
  '90378-444': 'startDate',
};

/** The fields that a code speaks of; none when it is about the period or the agency as a whole. */
export function placesOf(code: string, values: Values): Field[] {
  const zone = code.slice(0, 5);
  if (zone === '00046') return committees(code, values);
  const field = byCode[code] ?? byZone[zone];
  return field === undefined ? [] : [field];
}

/** One zone holds the worker's committee and the user's: the fault is where the field is empty, or not. */
function committees(code: string, { jointCommittee, userCommittee }: Values): Field[] {
  const isMissing = code.endsWith('-001');
  const isHere = (value: string) => (value === '') === isMissing;
  const places: Field[] = [];
  if (isHere(jointCommittee) && jointCommittee !== TEMP_WORK) places.push('jointCommittee');
  if (jointCommittee === TEMP_WORK && isHere(userCommittee)) places.push('userCommittee');
  return places;
}
