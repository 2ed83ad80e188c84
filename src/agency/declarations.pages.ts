import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import type { Chip, FilterForm } from '../relations/filter.pages.ts';
import { typeName } from '../relations/names.pages.ts';
import { dayRange, hour, hourRange, mediumDay, shortDay } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Chosen, type DeskChoices, type DeskRow, type DeskTable, MOST_NAMESAKES } from './declarations.ts';
import { type DeskFacts, deskChips, deskDropped, deskForm, deskSentence } from './filter.pages.ts';
import { type DeskField, type DeskFilter, deskQuery, isNarrowedDesk } from './filter.ts';
import type { PersonKeys } from './person-key.ts';
import {
  deskUserName,
  kindName,
  maskedInsz,
  personName,
  type ResultMark,
  remarkNames,
  resultMark,
  verifiedWords,
} from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/declarations': DeclarationsPage;
  }
}

export interface DeclarationsPage {
  title: string;
  w: Words<'desk'>;
  f: Words<'filter'>;
  s: Words<'deskSearch'>;
  search: string;
  /** What a press or a search came to, said once. */
  said: string | null;
  sentence: string;
  dropped: string | null;
  form: FilterForm;
  chips: Chip[];
  clear: string;
  rows: Row[];
  empty: { title: string; text: string; link: string; href: string } | null;
  verify: string;
  withdraw: string;
  /** Leads back to this page after a press. */
  back: string;
  /** Whether there is anything to tick; and the button for the whole page where something is left. */
  mayTick: boolean;
  tickAll: string | null;
  next: string | null;
  first: string | null;
  take: string | null;
}

export interface Row {
  id: string;
  href: string;
  day: string;
  hour: string;
  kind: string;
  person: string;
  insz: string;
  user: string;
  type: string;
  days: string;
  hours: string;
  mark: ResultMark;
  remarks: string;
  verified: string | null;
  /** What a tick of this row is about, for who does not see the row. */
  tick: string;
  mayTick: boolean;
}

/** The table of the agency's declarations. `said` tells what was just done; `dropped` names fields of the address that could not be read. */
export function declarationsPage(
  lang: Lang,
  table: DeskTable & { choices: DeskChoices; chosen: Chosen },
  filter: DeskFilter,
  about: { today: string; keys: PersonKeys; dropped: DeskField[]; said: string | null },
): DeclarationsPage {
  const { today, keys } = about;
  const w = words(lang, 'desk');
  const facts: DeskFacts = { today, keys, chosen: table.chosen };
  const rows = table.rows.map((row) => rowIn(lang, row, today));
  const last = table.rows.at(-1);
  const left = rows.filter(({ mayTick, verified }) => mayTick && verified === null).length;
  return {
    title: w.title,
    w,
    f: words(lang, 'filter'),
    s: words(lang, 'deskSearch'),
    search: paths.SEARCHES,
    said: about.said ?? (table.chosen.isCut ? say(lang, 'deskSearch.cut', { n: MOST_NAMESAKES }) : null),
    sentence: deskSentence(filter, lang, table.total, facts),
    dropped: deskDropped(lang, about.dropped),
    form: deskForm(filter, lang, table.choices, facts),
    chips: deskChips(filter, lang, facts),
    clear: paths.declarations(),
    rows,
    empty: rows.length > 0 ? null : empty(lang, filter),
    verify: paths.VERIFICATIONS,
    withdraw: paths.WITHDRAWALS,
    back: paths.declarations(deskQuery(filter, keys)),
    mayTick: rows.some(({ mayTick }) => mayTick),
    tickAll: left === 0 ? null : say(lang, 'desk.verifyAll', { n: left }),
    next:
      table.isLast || !last
        ? null
        : paths.declarations(deskQuery(filter, keys, { after: { receivedAt: last.receivedAt, seq: last.seq } })),
    first: filter.after === null ? null : paths.declarations(deskQuery(filter, keys, { after: null })),
    take: rows.length === 0 ? null : paths.declarationsExport(deskQuery(filter, keys, { after: null })),
  };
}

/** A declaration as a line of a table. */
export function rowIn(lang: Lang, row: DeskRow, today: string): Row {
  const { receivedAt, days, workerType } = row;
  const person = personName(lang, row.person);
  const kind = kindName(lang, row.kind);
  const { startDate, endDate, startHour, endHour } = days;
  const range = startDate === null ? '' : dayRange(lang, startDate, endDate);
  const isNamed = row.person.givenName !== null || row.person.familyName !== null;
  return {
    id: row.declarationId,
    href: paths.agencyDeclaration(row.declarationId),
    day: receivedAt === null ? words(lang, 'desk').noMoment : dayIn(lang, dayOfInstant(receivedAt), today),
    hour: receivedAt === null ? '' : hour(lang, hourOfInstant(receivedAt)),
    kind,
    person,
    insz: isNamed ? maskedInsz(row.person.insz) : '',
    user: deskUserName(lang, row),
    type: workerType === null ? '' : typeName(lang, workerType),
    days: range || (endDate === null ? '' : mediumDay(lang, endDate)),
    hours: startHour === null ? '' : hourRange(lang, startHour, endHour),
    mark: resultMark(lang, row),
    remarks: remarkNames(lang, row.anomalies).join(' · '),
    verified: row.verified === null ? null : verifiedWords(lang, row.verified, today),
    tick: say(lang, 'desk.tick', { kind, person, days: range }),
    mayTick: row.result !== 'B',
  };
}

function dayIn(lang: Lang, day: string, today: string): string {
  return day.slice(0, 4) === today.slice(0, 4) ? shortDay(lang, day) : mediumDay(lang, day);
}

function empty(lang: Lang, filter: DeskFilter): DeclarationsPage['empty'] {
  const w = words(lang, 'desk').none;
  if (filter.after !== null) return { ...w.page, href: paths.declarations() };
  if (isNarrowedDesk(filter)) return { ...w.narrow, href: paths.declarations() };
  return { ...w.all, href: paths.newDeclaration() };
}
