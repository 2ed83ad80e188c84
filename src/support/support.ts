import { z } from 'zod';
import type { Unsent } from '../deliveries/delivery.ts';
import type { OpenLookup } from '../identity/visitor.ts';
import { typedInsz } from '../platform/ids.ts';

/** A look-up is open for so long. */
export const LOOKUP_MINUTES = 15;
/** Sendings ordered in so many days are told. */
export const UNSENT_DAYS = 7;
/** After so many look-ups within a day that led to nobody, an agent is locked: nobody finds people by trying. */
export const MOST_FAILED = 20;

/** Why somebody is looked up, as the agent chooses and the citizen reads. */
export const REASONS = ['relation', 'sign-in', 'delivery', 'report', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** What is sent to people: overviews that they ordered, and notices. */
export const SENDINGS = ['delivery', 'notice'] as const;
export type Sending = (typeof SENDINGS)[number];

/** Something that has not arrived. */
export interface Stuck extends Unsent {
  of: Sending;
}

/** What an agent may do for whom he looked up, beside looking. */
export type Act = 'end-sessions' | 'unlock' | 'resend' | 'resend-notice';
/** What came of it: `nothing` was blocked, `none-failed`: no such sending is there to begin anew. */
export type Done = 'end-sessions' | 'unlock' | 'resend' | 'nothing' | 'none-failed';

/** Whom an agent looks for: by number, or by name and birth date (`YYYY-MM-DD`). */
export type Sought = { insz: string } | { familyName: string; birthDate: string };

export interface Wanted {
  sought: Sought;
  reason: Reason;
  caseNumber: string;
}

/** What is wrong with what was typed. */
export type WantedFault = 'insz' | 'who' | 'name' | 'born' | 'reason' | 'case';

/** A look-up that counts now, with what its pages say of it. */
export interface Lookup extends OpenLookup {
  /** null: the portal knows him by number only. */
  name: string | null;
  reason: Reason;
  caseNumber: string;
  endsAt: string;
}

/** How an agent stands: look-ups of this day that led to nobody, and whether he is locked. */
export interface Standing {
  failed: number;
  isLocked: boolean;
}

const name = z
  .string()
  .transform((text) => text.normalize('NFC').trim().replace(/\s+/g, ' '))
  .pipe(z.string().regex(/^[^\p{Cc}\d]{2,80}$/u));
const born = z.iso.date().refine((day) => day >= '1880-01-01');
// people read it, so no number of a person may hide in it
const caseNumber = z
  .string()
  .trim()
  .regex(/^[\p{L}\d][\p{L}\d ./_-]{0,39}$/u)
  .refine((text) => !/\d{11}/.test(text.replace(/[ ./_-]/g, '')));

/** Reads the form of a look-up; a number alone is enough, else both name and birth date are needed. `today` is the day in Belgium. */
export function wantedOf(fields: Record<string, unknown>, today: string): Wanted | WantedFault {
  const sought = soughtOf(fields, today);
  if (typeof sought === 'string') return sought;
  const reason = REASONS.find((one) => one === fields.reason);
  if (reason === undefined) return 'reason';
  const read = caseNumber.safeParse(fields.caseNumber);
  return read.success ? { sought, reason, caseNumber: read.data } : 'case';
}

function soughtOf({ insz, familyName, birthDate }: Record<string, unknown>, today: string): Sought | WantedFault {
  const isEmpty = (field: unknown) => field === undefined || String(field).trim() === '';
  if (!isEmpty(insz)) {
    const number = typedInsz(insz, Number(today.slice(0, 4)));
    return number === null ? 'insz' : { insz: number };
  }
  if (isEmpty(familyName) && isEmpty(birthDate)) return 'who';
  const [read, day] = [name.safeParse(familyName), born.safeParse(birthDate)];
  if (!read.success) return 'name';
  if (!day.success || day.data > today) return 'born';
  return { familyName: read.data, birthDate: day.data };
}
