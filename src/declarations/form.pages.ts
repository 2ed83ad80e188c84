import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Beside, type FieldView, faultWords, fieldViews } from './form.fields.pages.ts';
import { stoodOf } from './form.filled.ts';
import type { Judged, Opened } from './form.judged.ts';
import { placesOf } from './form.places.ts';
import { type Field, type Filled, type Standing, TEMP_WORK } from './form.ts';
import { anomalyWords, type Fact, factsOfPeriod } from './form.words.pages.ts';
import { hasPlannedHours } from './intake.times.ts';

declare module '../web/views.ts' {
  interface Views {
    'declarations/form': FormPage;
    'declarations/expired': ExpiredPage;
  }
}

export interface FormPage {
  title: string;
  heading: string;
  w: Words<'form'>;
  lead: string;
  /** What is wrong, each with the field it stands beside; null where nothing is. */
  summary: { text: string; href: string | null }[] | null;
  /** The period of a change; null for an IN. */
  period: Fact[] | null;
  notes: Part[][];
  /** null where nothing can be changed any more. */
  form: { action: string; hidden: { name: string; value: string }[]; groups: Group[]; submit: string } | null;
  companies: string;
  script: string;
}

interface Group {
  id: string;
  legend: string;
  hint: string | null;
  fields: FieldView[];
  /** Fields of the rarer case, folded away. */
  more: { title: string; open: boolean; fields: FieldView[] } | null;
  /** The joint committee that wants it; the page script folds it away for others. */
  committee: string | null;
}

const ADDRESS: readonly Field[] = ['userName', 'street', 'houseNumber', 'postBox', 'postCode', 'city', 'country'];

/** The form, empty, filled in from something, or with what is wrong with it. `script` is the address of its page script. */
export function formPage(lang: Lang, of: Opened & Partial<Pick<Judged, 'codes' | 'faults'>>, script: string): FormPage {
  const { filled, standing } = of;
  const w = words(lang, 'form');
  const heading = w.title[filled.kind];
  const { groups, summary } = told(lang, of);
  const hidden = [
    { name: 'kind', value: filled.kind },
    ...(standing
      ? [
          { name: 'period', value: standing.periodId },
          { name: 'stood', value: stoodOf(standing) },
        ]
      : []),
  ];
  return {
    title: summary ? say(lang, 'form.wrongTitle', { title: heading }) : heading,
    heading,
    w,
    lead: w.lead[filled.kind],
    summary,
    period: standing ? factsOfPeriod(lang, standing) : null,
    notes: standing ? notesOn(lang, filled, standing) : [],
    form: standing?.cancelled ? null : { action: paths.DRAFTS, hidden, groups, submit: w.check },
    companies: paths.COMPANIES_JSON,
    script,
  };
}

/** The groups of fields with what is wrong beside each, and the same in a list; what no field shows stands in the list alone. */
function told(lang: Lang, { filled, standing, company, codes = [], faults = [] }: Parameters<typeof formPage>[1]) {
  const shown = fieldsOf(filled, standing);
  const wrong = [
    ...faults.map((fault) => ({ text: faultWords(lang, fault), fields: fault.field ? [fault.field] : [] })),
    ...codes.map((code) => ({ text: anomalyWords(lang, code), fields: placesOf(code, filled.values) })),
  ].map(({ text, fields }) => ({ text, fields: fields.filter((field) => shown.includes(field)) }));
  const errors: Beside['errors'] = {};
  for (const { text, fields } of wrong) for (const field of fields) errors[field] = [...(errors[field] ?? []), text];
  const summary: FormPage['summary'] = [];
  for (const { text, fields } of wrong) {
    if (fields.length === 0) summary.push({ text, href: null });
    for (const field of fields) summary.push({ text, href: `#${field}` });
  }
  const groups = groupsOf(lang, filled, shown, { company, errors, hints: filled.kind === 'IN' });
  return { groups, summary: summary.length > 0 ? summary : null };
}

/** The fields of each kind of form; hours only where the period's worker type has them. */
function fieldsOf({ kind }: Filled, standing: Standing | null): Field[] {
  if (kind === 'CANCEL') return [];
  if (kind === 'OUT') return ['endDate'];
  if (kind === 'UPDATE') {
    const hasHours = standing?.workerType === 'EXT' || standing?.workerType === 'FLX';
    return [
      'startDate',
      'endDate',
      ...(hasHours ? (['startHour', 'endHour'] as const) : []),
      ...(hasPlannedHours(standing?.workerType) ? (['plannedHours'] as const) : []),
    ];
  }
  return [...WORKER, ...WORK, ...USER, ...ADDRESS, ...WHEN];
}

const WORKER: readonly Field[] = ['insz', 'givenName', 'familyName', 'birthDate'];
const WORK: readonly Field[] = ['workerType', 'jointCommittee'];
const USER: readonly Field[] = ['userNumber', 'userCommittee'];
const WHEN: readonly Field[] = ['startDate', 'endDate', 'startHour', 'endHour', 'plannedHours'];

function groupsOf(lang: Lang, { kind, values }: Filled, shown: Field[], beside: Beside): Group[] {
  const w = words(lang, 'form');
  const views = (fields: readonly Field[]) => fieldViews(lang, fields, values, beside);
  const plain = (id: 'worker' | 'work' | 'when', fields: readonly Field[]): Group => ({
    id,
    legend: w.group[id],
    hint: null,
    fields: views(fields),
    more: null,
    committee: null,
  });
  if (kind !== 'IN') return shown.length === 0 ? [] : [plain('when', shown)];
  const isOpen = ADDRESS.some((field) => values[field] !== '' || beside.errors[field] !== undefined);
  const user: Group = {
    id: 'user',
    legend: w.group.user,
    hint: w.group.userHint,
    fields: views(USER),
    more: { title: w.group.abroad, open: isOpen, fields: views(ADDRESS) },
    committee: TEMP_WORK,
  };
  return [plain('worker', WORKER), plain('work', WORK), user, plain('when', WHEN)];
}

/** What a change can do, and what it cannot. */
function notesOn(lang: Lang, { kind }: Filled, standing: Standing): Part[][] {
  const again = { again: paths.newDeclaration(`again=${standing.declarationId}`) };
  if (standing.cancelled) return [rich(lang, 'form.note.cancelled', {}, again)];
  const cancel = { cancel: paths.newDeclaration(`kind=CANCEL&period=${standing.periodId}`) };
  const fixed = rich(lang, 'form.note.fixed', {}, cancel);
  if (kind === 'CANCEL') return [rich(lang, 'form.note.cancelFor', {}, again)];
  if (kind === 'OUT') return [fixed];
  return standing.workerType === 'STU' ? [fixed, rich(lang, 'form.note.student', {}, cancel)] : [fixed];
}

export interface ExpiredPage {
  title: string;
  w: Words<'form'>;
  next: string;
}

/** A draft whose two hours are over. */
export function expiredPage(lang: Lang): ExpiredPage {
  const w = words(lang, 'form');
  return { title: w.expired.title, w, next: paths.newDeclaration() };
}
