import { STAFF_RIGHTS, type StaffRight } from '../identity/visitor.ts';
import { dayOfInstant } from '../platform/calendar-days.ts';
import { printedInsz } from '../platform/ids.ts';
import { moment, plainDay } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Colleague, keepsOfficer } from './staff.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/colleagues': ColleaguesPage;
    'agency/colleague': ColleaguePage;
    'agency/removal': RemovalPage;
  }
}

interface RightChoice {
  id: string;
  value: StaffRight;
  label: string;
  about: string;
  checked: boolean;
}

export interface ColleaguesPage {
  title: string;
  w: Words<'colleagues'>;
  lead: string;
  /** What the last change did, in words. */
  said: string | null;
  /** What was wrong with what was typed, and the field to mend it in. */
  fault: { text: string; field: 'insz' | 'right-view' | null } | null;
  rows: { href: string; name: string; number: string; you: boolean; right: string; since: string; acted: string }[];
  action: string;
  rights: RightChoice[];
}

const SAID = ['added', 'changed', 'removed', 'known'] as const;
const FAULTS = ['insz', 'right', 'last'] as const;
const FIELD = { insz: 'insz', right: 'right-view', last: null } as const;
export type Said = (typeof SAID)[number] | (typeof FAULTS)[number];

/** Whoever acts for the agency, and the form that adds somebody. `said` is what the address tells of the last change. */
export function colleaguesPage(
  lang: Lang,
  staff: Colleague[],
  { me, agencyName, today, said }: { me: string; agencyName: string; today: string; said: unknown },
): ColleaguesPage {
  const w = words(lang, 'colleagues');
  const done = SAID.find((one) => one === said);
  const fault = FAULTS.find((one) => one === said);
  return {
    title: w.title,
    w,
    lead: say(lang, 'colleagues.lead', { agency: agencyName }),
    said: done ? w.said[done] : null,
    fault: fault ? { text: fault === 'last' ? w.last : w.fault[fault], field: FIELD[fault] } : null,
    rows: staff.map((one) => ({
      href: paths.colleague(one.key),
      name: nameOf(lang, one),
      number: printedInsz(one.insz, false),
      you: one.workerId === me,
      right: w.right[one.right],
      since: sinceOf(lang, one),
      acted: actedOf(lang, one, today),
    })),
    action: paths.COLLEAGUES,
    rights: rightsOf(lang, null),
  };
}

export interface ColleaguePage {
  title: string;
  w: Words<'colleagues'>;
  back: string;
  facts: { label: string; value: string }[];
  /** He is the last who manages: neither lowered nor removed. */
  last: boolean;
  action: string;
  key: string;
  rights: RightChoice[];
  removal: string;
}

/** One colleague: what he may do, and the ways to change that. */
export function colleaguePage(lang: Lang, one: Colleague, staff: Colleague[], today: string): ColleaguePage {
  const w = words(lang, 'colleagues');
  return {
    title: nameOf(lang, one),
    w,
    back: paths.COLLEAGUES,
    facts: [
      { label: w.number, value: printedInsz(one.insz, false) },
      { label: w.may, value: say(lang, `capacity.right.${one.right}`) },
      { label: w.added, value: sinceOf(lang, one) },
      { label: w.use, value: actedOf(lang, one, today) },
    ],
    last: !keepsOfficer(staff, one.key, null),
    action: paths.COLLEAGUE_RIGHTS,
    key: one.key,
    rights: rightsOf(lang, one.right),
    removal: paths.colleagueRemoval(one.key),
  };
}

export interface RemovalPage {
  title: string;
  w: Words<'colleagues'>;
  text: string;
  action: string;
  key: string;
  back: string;
}

/** Asks once more before somebody is taken off. */
export function removalPage(lang: Lang, one: Colleague, agencyName: string): RemovalPage {
  const w = words(lang, 'colleagues');
  const name = nameOf(lang, one);
  return {
    title: say(lang, 'colleagues.removal.title', { name }),
    w,
    text: say(lang, 'colleagues.removal.text', { name, agency: agencyName }),
    action: paths.COLLEAGUE_REMOVALS,
    key: one.key,
    back: paths.colleague(one.key),
  };
}

function nameOf(lang: Lang, { givenName, familyName, insz }: Colleague): string {
  const name = [givenName, familyName].filter(Boolean).join(' ');
  return name || say(lang, 'colleagues.nameless', { number: printedInsz(insz, false) });
}

function sinceOf(lang: Lang, { addedAt, addedBy }: Colleague): string {
  const day = plainDay(lang, dayOfInstant(addedAt));
  return addedBy === null
    ? say(lang, 'colleagues.sinceOperator', { day })
    : say(lang, 'colleagues.since', { day, name: addedBy });
}

function actedOf(lang: Lang, { lastActedAt }: Colleague, today: string): string {
  if (lastActedAt === null) return words(lang, 'colleagues').never;
  return say(lang, 'colleagues.acted', { at: moment(lang, lastActedAt, today) });
}

function rightsOf(lang: Lang, held: StaffRight | null): RightChoice[] {
  const { right } = words(lang, 'colleagues');
  return STAFF_RIGHTS.map((value) => ({
    id: `right-${value}`,
    value,
    label: right[value],
    about: say(lang, `capacity.right.${value}`),
    checked: value === held,
  }));
}
