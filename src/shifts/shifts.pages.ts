import { capital, fullDay, hourRange } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import {
  type DeclaredDay,
  faultsOfShift,
  type Shift,
  type ShiftFault,
  type Standing,
  shiftQuery,
  standingOf,
  type TypedShift,
} from './shift.ts';

declare module '../web/views.ts' {
  interface Views {
    'shifts/list': ShiftsPage;
  }
}

export interface ShiftsPage {
  title: string;
  w: Words<'shifts'>;
  disclaimer: true;
  said: string | null;
  summary: { text: string; href: string }[] | null;
  action: string;
  removals: string;
  fields: FieldView[];
  agencies: string[];
  companies: string[];
  coming: ShiftRow[];
  past: ShiftRow[];
  notices: string;
}

interface FieldView {
  id: keyof TypedShift;
  label: string;
  hint: string | null;
  type: 'date' | 'text' | 'time';
  value: string;
  list: 'agencies' | 'companies' | null;
  longest: number | null;
  optional: boolean;
  errors: string[];
  describedBy: string | null;
}

export interface ShiftRow {
  id: string;
  day: string;
  what: string;
  mark: { tone: 'onTime' | 'late' | 'none' | 'cancelled'; word: string };
  /** What differs, or what to do. */
  note: string | null;
  acts: { label: string; href: string }[];
  remove: string;
}

export interface ShiftsFacts {
  shifts: Shift[];
  declared: DeclaredDay[];
  typed: TypedShift;
  /** Whether `typed` was sent, and is told what is wrong with it. */
  isSent: boolean;
  known: { agencies: string[]; companies: string[] };
  said: unknown;
  today: string;
}

/** The worker's own notes beside what is declared, the days to come first. */
export function shiftsPage(lang: Lang, facts: ShiftsFacts): ShiftsPage {
  const { shifts, declared, typed, isSent, known, said, today } = facts;
  const w = words(lang, 'shifts');
  const faults = isSent ? faultsOfShift(typed, today) : [];
  const rows = (some: Shift[]) => some.map((shift) => shiftRow(lang, shift, standingOf(shift, declared), today));
  const done = (['noted', 'removed', 'full'] as const).find((one) => one === said);
  return {
    title: faults.length > 0 ? say(lang, 'shifts.faultTitle', { title: w.title }) : w.title,
    w,
    disclaimer: true,
    said: done ? w.said[done] : null,
    summary: faults.length === 0 ? null : faults.map((one) => ({ text: w.fault[one.fault], href: `#${one.field}` })),
    action: paths.SHIFTS,
    removals: paths.SHIFT_REMOVALS,
    fields: fieldsOf(lang, typed, faults),
    agencies: known.agencies,
    companies: known.companies,
    coming: rows(shifts.filter(({ day }) => day >= today)),
    past: rows(shifts.filter(({ day }) => day < today).reverse()),
    notices: paths.NOTICES,
  };
}

function fieldsOf(lang: Lang, typed: TypedShift, faults: ShiftFault[]): FieldView[] {
  const w = words(lang, 'shifts');
  const field = (id: keyof TypedShift, more: Partial<FieldView> = {}): FieldView => {
    const errors = faults.filter((one) => one.field === id).map((one) => w.fault[one.fault]);
    const described = errors.length > 0 ? `${id}-error` : null;
    return {
      id,
      label: w.field[id],
      hint: null,
      type: 'text',
      value: typed[id],
      list: null,
      longest: null,
      optional: false,
      errors,
      describedBy: described,
      ...more,
    };
  };
  return [
    field('day', { type: 'date' }),
    field('agency', { list: 'agencies', longest: 200 }),
    field('company', { list: 'companies', longest: 200 }),
    field('startHour', { type: 'time', optional: true }),
    field('endHour', { type: 'time', optional: true }),
  ];
}

/** How a shift stands, in a word; what differs, and where to go from there. */
export function shiftRow(lang: Lang, shift: Shift, standing: Standing, today: string): ShiftRow {
  const w = words(lang, 'shifts');
  const isPast = shift.day < today;
  const look = (periodId: string) => ({ label: w.look, href: paths.relation(periodId) });
  const report = { label: w.report, href: paths.newReport(shiftQuery(shift)) };
  const wrong = (periodId: string) => ({ label: w.report, href: paths.newReport(`period=${periodId}`) });
  const { state } = standing;
  return {
    id: shift.id,
    day: capital(fullDay(lang, shift.day)),
    what: [
      shift.company,
      shift.agencyName,
      shift.startHour === null ? '' : hourRange(lang, shift.startHour, shift.endHour),
    ]
      .filter(Boolean)
      .join(' · '),
    mark:
      state === 'declared'
        ? { tone: 'onTime', word: w.declared }
        : state === 'differs'
          ? { tone: 'late', word: w.differs }
          : isPast
            ? { tone: 'late', word: w.missing }
            : { tone: 'none', word: w.notYet },
    note:
      state === 'differs'
        ? say(lang, 'shifts.differsIn', { what: standing.in.map((one) => w.part[one]).join(', ') })
        : null,
    acts:
      state === 'declared'
        ? [look(standing.periodId)]
        : state === 'differs'
          ? [look(standing.periodId), wrong(standing.periodId)]
          : isPast || shift.day === today
            ? [report]
            : [],
    remove: say(lang, 'shifts.removeOne', { day: fullDay(lang, shift.day), company: shift.company }),
  };
}
