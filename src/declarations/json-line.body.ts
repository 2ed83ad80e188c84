import { z } from 'zod';
import { isDay } from '../platform/calendar-days.ts';
import type { Address, Declaration, DeclaredPeriod, Employer, Person, UsingEmployer } from './declaration.ts';

/** Text that can be kept: no NUL, no half of a surrogate pair. */
const text = z.string().refine((s) => s.isWellFormed() && !s.includes('\0'), 'has a character that is none');
const day = z.string().refine(isDay, 'is not a date of the calendar (YYYY-MM-DD)');
/** The wire writes numbers with quotes or without. */
const textOrNumber = z.union([text, z.int().nonnegative().transform(String)], 'is neither text nor a whole number');
const enterpriseNumber = textOrNumber
  .refine((s) => /^\d{9,10}$/.test(s), 'is not an enterprise number of 10 digits')
  .transform((s) => s.padStart(10, '0'));
const nssoNumber = textOrNumber
  .refine((s) => /^0*[1-9]\d{0,9}$/.test(s), 'is not an NSSO number')
  .transform((s) => s.replace(/^0+/, ''));

/** Whoever declares, by one of his numbers. */
export const employerShape = z
  .object({
    enterpriseNumber: enterpriseNumber.optional(),
    employerId: nssoNumber.optional(),
    nssoRegistrationNumber: nssoNumber.optional(),
  })
  .refine((e) => e.enterpriseNumber ?? e.employerId ?? e.nssoRegistrationNumber, 'names no employer');

const worker = z.object({
  ssin: z
    .string()
    .regex(/^\d{11}$/, 'is not an INSZ of 11 digits')
    .optional(),
  givenName: text.nullish(),
  familyName: text.nullish(),
  birthDate: day.nullish(),
});

const address = z.object({
  street: text.nullish(),
  houseNumber: textOrNumber.nullish(),
  boxNumber: textOrNumber.nullish(),
  postCode: textOrNumber.nullish(),
  municipality: z.object({ name: text.nullish() }).nullish(),
  city: text.nullish(),
  country: textOrNumber.nullish(),
});

const features = z.object({
  workerType: text.optional(),
  jointCommissionNumber: textOrNumber.optional(),
  usingEmployer: z
    .object({
      jointCommissionNumber: textOrNumber.optional(),
      enterpriseNumber: enterpriseNumber.optional(),
      name: text.optional(),
      address: address.nullish(),
    })
    .optional(),
});

const times = {
  startDate: day.optional(),
  startHour: text.optional(),
  endDate: day.optional(),
  endHour: text.optional(),
  plannedHoursNumber: z.number().optional(),
};
const period = { periodId: textOrNumber.optional() };

export const dimonaIn = z.object({ ...times, features: features.optional() });

/** The body of a REST v2 declaration as an object to extend; `bodySchema` is the whole of it. */
export const bodyShape = z.object({
  employer: employerShape,
  worker: worker.optional(),
  dimonaIn: dimonaIn.optional(),
  dimonaUpdate: z.object({ ...period, ...times }).optional(),
  dimonaOut: z.object({ ...period, endDate: day.optional() }).optional(),
  dimonaCancel: z.object(period).optional(),
});

type Body = z.output<typeof bodyShape>;

/** A body holds one of the four blocks. */
export function hasOneBlock(body: Body): boolean {
  const { dimonaIn, dimonaUpdate, dimonaOut, dimonaCancel } = body;
  return [dimonaIn, dimonaUpdate, dimonaOut, dimonaCancel].filter((block) => block !== undefined).length === 1;
}

export const oneBlock = 'holds exactly one of dimonaIn, dimonaUpdate, dimonaOut and dimonaCancel';

/**
 * The body of a REST v2 declaration: what must be right for it to be a declaration at all. Unknown properties are ignored;
 * all else is for the intake rules.
 */
export const bodySchema = bodyShape.refine(hasOneBlock, oneBlock);

/** The declaration in a body that passed the schema. A period id on an IN is not read: the portal gives it. */
export function declarationOf(body: Body, receivedAt: string | null): Declaration {
  const d: Declaration = { ...blockOf(body), receivedAt, employer: employerOf(body.employer) };
  if (body.worker) d.worker = personOf(body.worker);
  return d;
}

function blockOf(body: Body): DeclaredPeriod & Pick<Declaration, 'kind' | 'periodId'> {
  if (body.dimonaIn) return { kind: 'IN', ...timesOf(body.dimonaIn), ...featuresOf(body.dimonaIn.features ?? {}) };
  if (body.dimonaUpdate) return { kind: 'UPDATE', ...idOf(body.dimonaUpdate), ...timesOf(body.dimonaUpdate) };
  if (body.dimonaOut) return { kind: 'OUT', ...idOf(body.dimonaOut), ...timesOf(body.dimonaOut) };
  return { kind: 'CANCEL', ...idOf(body.dimonaCancel ?? {}) };
}

function idOf({ periodId }: { periodId?: string | undefined }): { periodId?: string } {
  return periodId === undefined ? {} : { periodId };
}

function timesOf(block: Partial<NonNullable<Body['dimonaUpdate']>>): DeclaredPeriod {
  const named: DeclaredPeriod = {};
  if (block.startDate !== undefined) named.startDate = block.startDate;
  if (block.startHour !== undefined) named.startHour = block.startHour;
  if (block.endDate !== undefined) named.endDate = block.endDate;
  if (block.endHour !== undefined) named.endHour = block.endHour;
  if (block.plannedHoursNumber !== undefined) named.plannedHours = block.plannedHoursNumber;
  return named;
}

function featuresOf(f: z.output<typeof features>): Pick<Declaration, 'workerType' | 'jointCommittee' | 'userCompany'> {
  const found: ReturnType<typeof featuresOf> = {};
  if (f.workerType !== undefined) found.workerType = f.workerType;
  if (f.jointCommissionNumber !== undefined) found.jointCommittee = f.jointCommissionNumber;
  if (f.usingEmployer !== undefined) found.userCompany = userOf(f.usingEmployer);
  return found;
}

function userOf(u: NonNullable<z.output<typeof features>['usingEmployer']>): UsingEmployer {
  const user: UsingEmployer = {};
  if (u.enterpriseNumber !== undefined) user.enterpriseNumber = u.enterpriseNumber;
  if (u.name !== undefined) user.name = u.name;
  if (u.address) user.address = addressOf(u.address);
  if (u.jointCommissionNumber !== undefined) user.jointCommittee = u.jointCommissionNumber;
  return user;
}

function addressOf(a: z.output<typeof address>): Address {
  const found: Address = {};
  const city = a.city ?? a.municipality?.name;
  if (a.street) found.street = a.street;
  if (a.houseNumber) found.houseNumber = a.houseNumber;
  if (a.boxNumber) found.postBox = a.boxNumber;
  if (a.postCode) found.postCode = a.postCode;
  if (city) found.city = city;
  if (a.country) found.country = a.country;
  return found;
}

export function employerOf(e: Body['employer']): Employer {
  const nssoNumber = e.employerId ?? e.nssoRegistrationNumber;
  const named: Employer = {};
  if (e.enterpriseNumber !== undefined) named.enterpriseNumber = e.enterpriseNumber;
  if (nssoNumber !== undefined) named.nssoNumber = nssoNumber;
  return named;
}

function personOf(w: z.output<typeof worker>): Person {
  const person: Person = {};
  if (w.ssin !== undefined) person.insz = w.ssin;
  if (w.givenName) person.givenName = w.givenName;
  if (w.familyName) person.familyName = w.familyName;
  if (w.birthDate) person.birthDate = w.birthDate;
  return person;
}
