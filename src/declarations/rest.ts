import { z } from 'zod';
import type { AgencyClient } from '../identity/visitor.ts';
import { isDay } from '../platform/calendar-days.ts';
import type { Employer, Kind, Result } from './declaration.ts';
import { employerOf, employerShape } from './json-line.body.ts';

/** What a service asks of the social security's REST API v2, beside declaring: the rules of its searches, pages and keys. */

const day = z.string().refine(isDay, 'is not a date of the calendar (YYYY-MM-DD)');

/** A search: whose, and narrowed to a worker, a period, or days that the period touches. Unknown properties are ignored. */
export const searchSchema = z.object({
  employer: employerShape,
  worker: z.object({ ssin: z.string().regex(/^\d{11}$/, 'is not an INSZ of 11 digits') }).optional(),
  periodId: z.union([z.string(), z.int().nonnegative().transform(String)]).optional(),
  startDate: day.optional(),
  endDate: day.optional(),
});
export type Search = Omit<z.output<typeof searchSchema>, 'employer'> & { employer: Employer };

export interface FieldFault {
  field: string;
  message: string;
}

/** Reads a search. @returns every fault, by field, when it is none */
export function searchIn(body: unknown): Search | { faults: FieldFault[] } {
  const parsed = searchSchema.safeParse(body);
  if (!parsed.success) return { faults: faultsOf(parsed.error) };
  return { ...parsed.data, employer: employerOf(parsed.data.employer) };
}

export function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.map((issue) => ({ field: issue.path.join('.'), message: wordsOf(issue) }));
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  return issue.message.endsWith('undefined') ? 'is missing' : `is not of type ${issue.expected}`;
}

/**
 * Whether an employer named in a call is the client's own agency: by enterprise number, by NSSO number, and by both when both are named. One that
 * the directory does not know is somebody else.
 */
export function isOwn({ enterpriseNumber, nssoNumber }: Employer, client: AgencyClient): boolean {
  const isNamed = enterpriseNumber !== undefined && /[1-9]/.test(enterpriseNumber);
  if (isNamed && enterpriseNumber !== client.agencyNumber) return false;
  if (nssoNumber !== undefined && nssoNumber !== client.nssoNumber) return false;
  return isNamed || nssoNumber !== undefined;
}

/** `Idempotency-Key`: a UUID, in quotes as its draft wants or bare. @returns null for anything else */
export function idempotencyKey(header: string): string | null {
  const uuid = /^(?:"([^"]*)"|([^"]*))$/.exec(header.trim());
  const text = uuid?.[1] ?? uuid?.[2] ?? '';
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : null;
}

/** A page of a search: how many, and after which item; `null` begins. */
export interface RestPage {
  size: number;
  after: string | null;
}

const LARGEST = 500;

/**
 * `?pageSize=50&page=1`, or the `after` of the answer before: pages follow each other, none can be jumped to.
 * @param isKey whether a page of this list can end with it
 * @returns the field that is wrong
 */
export function pageIn(
  query: Record<string, string | string[] | undefined>,
  isKey: (text: string) => boolean,
): RestPage | { fault: FieldFault } {
  const { pageSize = '50', page = '1', after } = query;
  const size = Number(pageSize);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST)
    return { fault: { field: 'pageSize', message: `is not a number from 1 to ${LARGEST}` } };
  if (after === undefined)
    return page === '1' ? { size, after: null } : { fault: { field: 'page', message: 'follow “next” instead' } };
  const text = Buffer.from(String(after), 'base64url').toString('utf8');
  return isKey(text)
    ? { size, after: text }
    : { fault: { field: 'after', message: 'is not one of ours: follow “next”' } };
}

/** A list by number, and one by day and period. */
export const isNumberKey = (text: string) => /^\d{1,18}$/.test(text);
export const isPeriodKey = (text: string) => /^[^|]{10}\|[\w:.-]{1,64}$/.test(text) && isDay(text.slice(0, 10));

export function afterOf(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** A person's names as they are known today. */
export interface Named {
  insz: string | null;
  given_name: string | null;
  family_name: string | null;
  birth_date: string | null;
}

/** A ledger row as it is answered. */
export interface DeclaredRow extends Named {
  seq: string;
  declaration_id: string;
  kind: Kind;
  period_id: string | null;
  result: Result;
  anomalies: string[];
  content: object;
}

/** A work relation as it is answered. */
export interface PeriodRow extends Named {
  period_id: string;
  worker_type: string;
  joint_committee: string;
  user_key: string | null;
  user_number: string | null;
  user_name: string | null;
  user_address: object | null;
  user_joint_committee: string | null;
  start_date: string;
  start_hour: string | null;
  end_date: string | null;
  end_hour: string | null;
  planned_hours: number | null;
  cancelled: boolean;
  verdict: string;
  anomalies: string[];
}

/** A worker's first and last day with an agency. */
export interface RelationRow extends Named {
  worker_id: string;
  start_date: string;
  end_date: string | null;
}
