import { addDays, isDay } from '../platform/calendar-days.ts';
import { isEnterpriseNumber } from '../platform/ids.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { KINDS, LONGEST, type Report, type ReportKind, type Told } from './report.ts';

/** What a worker typed about something that is wrong, and what is wrong with that. */
export interface Typed {
  kind: string;
  /** Of the relation it is about; '' where nothing is declared. */
  period: string;
  /** Name or number as typed, and the number picked from several of that name. */
  agency: string;
  agencyNumber: string;
  company: string;
  firstDay: string;
  lastDay: string;
  startHour: string;
  endHour: string;
  note: string;
}

export const FIELDS = [
  'kind',
  'period',
  'agency',
  'agencyNumber',
  'company',
  'firstDay',
  'lastDay',
  'startHour',
  'endHour',
  'note',
] as const satisfies (keyof Typed)[];

export type Fault =
  | 'kindMissing'
  | 'agencyMissing'
  | 'agencyMany'
  | 'companyMissing'
  | 'dayMissing'
  | 'dayUnread'
  | 'dayFuture'
  | 'daysTurned'
  | 'daysMany'
  | 'hourUnread'
  | 'noteMissing'
  | 'tooLong';

export interface Wrong {
  field: keyof Typed;
  fault: Fault;
}

/** A report is about days that can be looked over: a quarter at most. */
const MOST_DAYS = 92;
const LONGEST_NAME = 200;

/** Each field as text without what PostgreSQL cannot hold; what is missing is ''. */
export function typedFrom(fields: Record<string, unknown>): Typed {
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
  };
  return Object.fromEntries(FIELDS.map((name) => [name, text(name)])) as unknown as Typed;
}

/** What stands in the way of sending; `today` is the day in Belgium. Which agency is meant is for the directory to say. */
export function wrongsOf(typed: Typed, today: string): Wrong[] {
  const wrongs: Wrong[] = [];
  const add = (field: keyof Typed, fault: Fault) => wrongs.push({ field, fault });
  const kind = kindOf(typed);
  if (kind === null) add('kind', 'kindMissing');
  if (typed.period === '' && typed.agency === '' && typed.agencyNumber === '') add('agency', 'agencyMissing');
  if (kind === 'wrongCompany' && typed.company === '') add('company', 'companyMissing');
  for (const field of ['agency', 'company'] as const) if (typed[field].length > LONGEST_NAME) add(field, 'tooLong');
  wrongs.push(...wrongDays(typed, today));
  for (const field of ['startHour', 'endHour'] as const)
    if (typed[field] !== '' && hourFrom(typed[field]) === null) add(field, 'hourUnread');
  if (kind === 'other' && typed.note === '') add('note', 'noteMissing');
  if (typed.note.length > LONGEST) add('note', 'tooLong');
  return wrongs;
}

function wrongDays({ firstDay, lastDay, period }: Typed, today: string): Wrong[] {
  if (firstDay === '') return [{ field: 'firstDay', fault: 'dayMissing' }];
  if (!isDay(firstDay)) return [{ field: 'firstDay', fault: 'dayUnread' }];
  if (lastDay !== '' && !isDay(lastDay)) return [{ field: 'lastDay', fault: 'dayUnread' }];
  // what is declared may be wrong before it begins; what was not declared can only be missing once it is past
  if (period === '' && firstDay > today) return [{ field: 'firstDay', fault: 'dayFuture' }];
  if (period === '' && lastDay > today) return [{ field: 'lastDay', fault: 'dayFuture' }];
  if (lastDay !== '' && lastDay < firstDay) return [{ field: 'lastDay', fault: 'daysTurned' }];
  if (lastDay !== '' && lastDay > addDays(firstDay, MOST_DAYS - 1)) return [{ field: 'lastDay', fault: 'daysMany' }];
  return [];
}

/** `kind` as one of ours; about what is not declared there is only one. */
export function kindOf({ kind, period }: Typed): ReportKind | null {
  if (period === '') return 'notDeclared';
  return KINDS.find((one) => one === kind && one !== 'notDeclared') ?? null;
}

/** '8:00', '08.00', '0800' and '8u00' as `HHMM`; null: not an hour. */
export function hourFrom(typed: string): string | null {
  const [, hours, minutes] = typed.match(/^(\d{1,2})\s*[:.,hu]?\s*(\d{2})$/i) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return hours.padStart(2, '0') + minutes;
}

/** Ten digits of an enterprise number, however it was spaced; null: a name. */
export function numberFrom(typed: string): string | null {
  const digits = typed.replace(/^BE/i, '').replace(/[.\s]/g, '').padStart(10, '0');
  return isEnterpriseNumber(digits) ? digits : null;
}

/** An agency or a company of the directory. */
export interface Company {
  number: string;
  name: string;
  city: string | null;
}

/** A form with what helps to fill it in, and what is wrong with it. */
export interface Opened {
  typed: Typed;
  relation: WorkRelation | null;
  /** To pick from: names of his own agencies and companies, and agencies of the name he typed. */
  known: { agencies: string[]; companies: string[] };
  choices: Company[];
  wrongs: Wrong[];
}

/** A report as it would be sent, with what he should know before. */
export interface Checked {
  told: Told;
  /** Whether the agency has somebody here who can answer. */
  answers: boolean;
  alike: Report[];
  /** What this agency, or any where his is not in the directory, declared on these days. */
  declared: WorkRelation[];
}
