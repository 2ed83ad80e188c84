import { instantAt, isDay } from '../platform/calendar-days.ts';
import type { Address, Declaration, Employer, Kind, Person, UsingEmployer } from './declaration.ts';
import { isHour } from './intake.times.ts';

/** What was read of a Form: the text of its known elements, the first of each; those of its block by `/` and their path below it. */
export interface FormFields {
  line: number;
  blocks: string[];
  values: Map<string, string>;
  hasUser: boolean;
  /** An element stood there twice. */
  isTwice: boolean;
  references: { type?: string; number?: string }[];
}

export const blocks: ReadonlyMap<string, Kind> = new Map([
  ['DimonaIn', 'IN'],
  ['DimonaOut', 'OUT'],
  ['DimonaUpdate', 'UPDATE'],
  ['DimonaCancel', 'CANCEL'],
  ['DailyRegistrationDeclaration', 'DAILY'],
]);

/** The most references a form may hold. */
export const MOST_REFERENCES = 4;

type Faults = Set<string>;
type At = (path: string) => string | undefined;

/** The declaration in a form. Without a block it counts as a daily registration, which may be empty; then it is at fault. */
export function declarationOfForm(form: FormFields, receivedAt: string): Declaration {
  const faults: Faults = new Set();
  judgeHead(form.values, faults);
  if (form.blocks.length !== 1 || form.isTwice) faults.add('90059-003');
  const at: At = (path) => form.values.get(path);
  const kind = blocks.get(form.blocks[0] ?? '') ?? 'DAILY';
  const declaration: Declaration = { kind, receivedAt, employer: employerOf(at, faults) };
  addPeriod(declaration, at, faults);
  const worker = personOf(at, faults);
  if (worker !== undefined) declaration.worker = worker;
  if (declaration.kind === 'IN') addFeatures(declaration, at, form.hasUser);
  const references = form.references.flatMap(({ type, number }) =>
    type !== undefined && /^\d$/.test(type) && number !== undefined && number.length <= 20 ? [{ type, number }] : [],
  );
  if (references.length > 0) declaration.references = references;
  if (faults.size > 0) declaration.formFaults = [...faults];
  return declaration;
}

/** Creation date and hour of a form as an instant; null when missing or malformed. */
export function formCreatedAt({ values }: FormFields): string | null {
  const [day, time] = [values.get('FormCreationDate'), values.get('FormCreationHour')];
  return day !== undefined && isDay(day) && isTime(time) ? instantAt(day, time) : null;
}

/** A form says what it is: a Dimona declaration. */
const says = [
  ['Identification', 'DIMONA', '00296'],
  ['TypeForm', 'SU', '00297'],
] as const;

function judgeHead(values: Map<string, string>, faults: Faults): void {
  for (const [name, expected, zone] of says) {
    const told = values.get(name);
    if (told !== expected) faults.add(told === undefined ? `${zone}-001` : `${zone}-003`);
  }
  const day = values.get('FormCreationDate');
  const time = values.get('FormCreationHour');
  const status = values.get('AttestationStatus');
  if (day === undefined || !isDay(day)) faults.add(day === undefined ? '00218-001' : '00218-003');
  if (!isTime(time)) faults.add(time === undefined ? '00299-001' : '00299-003');
  if (status !== '0') faults.add(status === undefined ? '00110-001' : '00110-003');
}

function isTime(time: string | undefined): time is string {
  return time !== undefined && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}$/.test(time);
}

function employerOf(at: At, faults: Faults): Employer {
  const employer: Employer = {};
  const number = at('/EmployerId/CompanyID');
  const nsso = at('/EmployerId/NOSSRegistrationNbr') ?? at('/EmployerId/ProvisionalNSSONbr');
  if (number !== undefined) employer.enterpriseNumber = padded(number);
  if (number !== undefined && !/^\d{9,10}$/.test(number)) faults.add('00014-003');
  if (nsso !== undefined) employer.nssoNumber = nsso.replace(/^0+(?=\d)/, '');
  if (nsso !== undefined && !/^\d{1,10}$/.test(nsso)) faults.add('00011-003');
  return employer;
}

/** An enterprise number as an integer lost the zero it begins with. */
function padded(number: string): string {
  return /^\d{9}$/.test(number) ? `0${number}` : number;
}

/** The elements that are there, by the names we give them. */
function named<K extends string>(at: At, elements: Record<K, string>): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const name in elements) {
    const value = at(elements[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

const times = {
  startDate: '/StartingDate',
  startHour: '/StartingHour',
  endDate: '/EndingDate',
  endHour: '/EndingHour',
};

function addPeriod(d: Declaration, at: At, faults: Faults): void {
  Object.assign(d, named(at, times));
  const [id, planned] = [at('/DimonaPeriodId'), at('/PlannedHoursNbr')];
  // An IN names no period; its id is given at receipt.
  if (id !== undefined && d.kind !== 'IN') d.periodId = id;
  if (id !== undefined && !/^\d{1,12}$/.test(id)) faults.add('00913-003');
  if (d.startDate !== undefined && !isDay(d.startDate)) faults.add('00910-003');
  if (d.startHour !== undefined && !isHour(d.startHour)) faults.add('00777-003');
  if (d.endDate !== undefined && !isDay(d.endDate)) faults.add('00911-003');
  if (d.endHour !== undefined && !isHour(d.endHour)) faults.add('00778-003');
  if (planned === undefined) return;
  d.plannedHours = /^\d+$/.test(planned) ? Number(planned) : Number.NaN;
  if (Number.isNaN(d.plannedHours)) faults.add('01135-003');
}

const identity = {
  insz: '/NaturalPerson/INSS',
  familyName: '/NaturalPerson/WorkerName',
  givenName: '/NaturalPerson/WorkerFirstName',
};

function personOf(at: At, faults: Faults): Person | undefined {
  const person: Person = named(at, identity);
  const [insz, birthDate] = [person.insz ?? at('/INSS'), at('/NaturalPerson/WorkerBirthdate')];
  if (insz !== undefined) person.insz = insz;
  if (insz !== undefined && !/^(0|\d{11})$/.test(insz)) faults.add('00024-003');
  if (birthDate !== undefined && isDay(birthDate)) person.birthDate = birthDate;
  // Month or day 00: the birth date is not fully known, which is no fault and identifies nobody.
  else if (birthDate !== undefined && !/^\d{4}-(00-\d\d|\d\d-00)$/.test(birthDate)) faults.add('00028-003');
  return Object.keys(person).length > 0 ? person : undefined;
}

const features = { jointCommittee: '/DimonaFeatures/JointCommissionNbr', workerType: '/DimonaFeatures/WorkerType' };

function addFeatures(d: Declaration, at: At, hasUser: boolean): void {
  Object.assign(d, named(at, features));
  if (hasUser) d.userCompany = userOf(at);
}

const user = '/DimonaFeatures/UsingEmployer';
const userElements = {
  enterpriseNumber: `${user}/UsingEmployerCompanyID`,
  name: `${user}/UsingEmployerName`,
  jointCommittee: `${user}/JointCommissionNbr`,
};
const addressElements = {
  street: `${user}/Address/Street`,
  houseNumber: `${user}/Address/HouseNbr`,
  postBox: `${user}/Address/PostBox`,
  postCode: `${user}/Address/ZIPCode`,
  city: `${user}/Address/City`,
  country: `${user}/Address/Country`,
};

function userOf(at: At): UsingEmployer {
  const found: UsingEmployer = named(at, userElements);
  if (found.enterpriseNumber !== undefined) found.enterpriseNumber = padded(found.enterpriseNumber);
  const address: Address = named(at, addressElements);
  if (Object.keys(address).length > 0) found.address = address;
  return found;
}
