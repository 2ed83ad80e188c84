import { addDays, isDay } from '../platform/calendar-days.ts';

/** Shift: work that a worker agreed or did, as he notes it himself. It is no declaration. Days `YYYY-MM-DD`, hours `HHMM`. */
export interface Shift {
  id: string;
  day: string;
  agencyName: string;
  /** null: in no directory. */
  agencyNumber: string | null;
  company: string;
  startHour: string | null;
  endHour: string | null;
}

/** What is declared on a day, as far as a shift is compared with it. */
export interface DeclaredDay {
  periodId: string;
  startDate: string;
  endDate: string | null;
  agencyNumber: string;
  agencyName: string | null;
  userName: string | null;
  hours: { start: string; end: string | null } | null;
  cancelled: boolean;
}

/** How a shift stands beside the declarations: as declared, nothing declared (yet), or declared otherwise. */
export type Standing =
  | { state: 'declared'; periodId: string }
  | { state: 'missing' }
  | { state: 'differs'; periodId: string; in: ('agency' | 'company' | 'hours')[] };

/** The closest of what is declared on the shift's day decides. */
export function standingOf(shift: Shift, declared: DeclaredDay[]): Standing {
  const live = declared.filter(
    ({ cancelled, startDate, endDate }) =>
      !cancelled && startDate <= shift.day && (endDate === null || endDate >= shift.day),
  );
  const judged = live.map((one) => ({ one, in: differencesOf(shift, one) })).sort((a, b) => a.in.length - b.in.length);
  const [best] = judged;
  // another agency and another company is other work
  if (!best || (best.in.includes('agency') && best.in.includes('company'))) return { state: 'missing' };
  const { periodId } = best.one;
  return best.in.length === 0 ? { state: 'declared', periodId } : { state: 'differs', periodId, in: best.in };
}

function differencesOf(shift: Shift, one: DeclaredDay): ('agency' | 'company' | 'hours')[] {
  const isAgency =
    shift.agencyNumber === null ? isAlike(shift.agencyName, one.agencyName) : shift.agencyNumber === one.agencyNumber;
  const isCompany = one.userName === null || isAlike(shift.company, one.userName);
  const isHours =
    shift.startHour === null ||
    one.hours === null ||
    (shift.startHour === one.hours.start && (shift.endHour === null || shift.endHour === one.hours.end));
  return [
    ...(isAgency ? [] : (['agency'] as const)),
    ...(isCompany ? [] : (['company'] as const)),
    ...(isHours ? [] : (['hours'] as const)),
  ];
}

/** The same letters and figures, or one name within the other: 'De Zwaan' and 'Brouwerij De Zwaan'. */
function isAlike(a: string, b: string | null): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const [one, other] = [bare(a), bare(b ?? '')];
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}

/** What a worker typed, and what is wrong with it. */
export interface TypedShift {
  day: string;
  agency: string;
  company: string;
  startHour: string;
  endHour: string;
}
export const SHIFT_FIELDS = ['day', 'agency', 'company', 'startHour', 'endHour'] as const;
export type ShiftFault = {
  field: keyof TypedShift;
  fault: 'dayUnread' | 'dayFar' | 'agencyMissing' | 'companyMissing' | 'hourUnread';
};

const LONGEST = 200;

export function typedShift(fields: Record<string, unknown>): TypedShift {
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value.trim().slice(0, LONGEST) : '';
  };
  return Object.fromEntries(SHIFT_FIELDS.map((name) => [name, text(name)])) as unknown as TypedShift;
}

/** A year back and a year ahead is what there is to compare. */
export function faultsOfShift(typed: TypedShift, today: string): ShiftFault[] {
  const { day, agency, company, startHour, endHour } = typed;
  const faults: ShiftFault[] = [];
  if (!isDay(day)) faults.push({ field: 'day', fault: 'dayUnread' });
  else if (day < addDays(today, -366) || day > addDays(today, 366)) faults.push({ field: 'day', fault: 'dayFar' });
  if (agency === '') faults.push({ field: 'agency', fault: 'agencyMissing' });
  if (company === '') faults.push({ field: 'company', fault: 'companyMissing' });
  for (const field of ['startHour', 'endHour'] as const)
    if ({ startHour, endHour }[field] !== '' && shiftHour(typed[field]) === null)
      faults.push({ field, fault: 'hourUnread' });
  return faults;
}

/** '8:00', '08.00' and '0800' as `HHMM`; null: not an hour. */
export function shiftHour(typed: string): string | null {
  const [, hours, minutes] = typed.match(/^(\d{1,2})\s*[:.,hu]?\s*(\d{2})$/i) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return hours.padStart(2, '0') + minutes;
}

/** A report begins with what he noted: its fields as a query. */
export function shiftQuery(shift: Shift): string {
  const fields = {
    day: shift.day,
    agency: shift.agencyName,
    company: shift.company,
    startHour: clock(shift.startHour),
    endHour: clock(shift.endHour),
  };
  return String(new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')));
}

const clock = (hhmm: string | null) => (hhmm === null ? '' : `${hhmm.slice(0, 2)}:${hhmm.slice(2)}`);
