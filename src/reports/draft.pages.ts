import { companyName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { dayRange, fullDay } from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Checked, kindOf, type Opened, type Typed, type Wrong } from './draft.ts';
import { KINDS_OF_RELATION, LONGEST, TERM } from './report.ts';
import { type Fact, reportName, toldFacts } from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'reports/form': ReportFormPage;
    'reports/check': ReportCheckPage;
  }
}

export interface ReportFormPage {
  title: string;
  w: Words<'reports'>;
  heading: string;
  lead: Part[];
  summary: { text: string; href: string }[] | null;
  action: string;
  period: string;
  /** The relation it is about; null on an empty day. */
  about: string | null;
  kinds: { id: string; value: string; label: string; checked: boolean }[];
  kindErrors: string[];
  /** Agencies of the name that was typed. */
  choices: { id: string; value: string; label: string }[];
  choiceErrors: string[];
  who: FieldView[];
  when: FieldView[];
  note: FieldView;
  agencies: string[];
  companies: string[];
}

interface FieldView {
  id: keyof Typed;
  label: string;
  hint: string | null;
  type: 'text' | 'date' | 'time' | 'lines';
  value: string;
  list: 'agencies' | 'companies' | null;
  longest: number | null;
  optional: boolean;
  errors: string[];
  describedBy: string | null;
}

/** What is wrong, from a relation or from an empty day; with what is wrong with the form itself. */
export function reportFormPage(lang: Lang, { typed, relation, known, choices, wrongs }: Opened): ReportFormPage {
  const w = words(lang, 'reports');
  const errorsOf = (field: keyof Typed) =>
    wrongs.filter((one) => one.field === field).map((one) => faultWords(lang, one));
  const field = (id: keyof Typed, label: string, more: Partial<FieldView> = {}): FieldView => {
    const errors = errorsOf(id);
    const described = [more.hint ? `${id}-hint` : '', errors.length > 0 ? `${id}-error` : ''].filter(Boolean);
    return {
      id,
      label,
      hint: null,
      type: 'text',
      value: typed[id],
      list: null,
      longest: null,
      optional: false,
      errors,
      describedBy: described.join(' ') || null,
      ...more,
    };
  };
  const company = field('company', relation ? w.field.rightCompany : w.field.company, {
    hint: relation ? w.field.rightCompanyHint : w.field.companyHint,
    list: 'companies',
    longest: 200,
    optional: relation !== null,
  });
  const heading = relation ? w.wrongTitle : w.emptyTitle;
  return {
    title: wrongs.length > 0 ? say(lang, 'reports.faultTitle', { title: heading }) : heading,
    w,
    heading,
    lead: relation ? rich(lang, 'reports.wrongLead', {}) : rich(lang, 'reports.emptyLead', {}),
    summary:
      wrongs.length === 0 ? null : wrongs.map((one) => ({ text: faultWords(lang, one), href: `#${anchor(one)}` })),
    action: paths.REPORT_DRAFTS,
    period: typed.period,
    about: relation ? aboutOf(lang, relation) : null,
    kinds: relation
      ? KINDS_OF_RELATION.map((kind) => ({
          id: `kind-${kind}`,
          value: kind,
          label: w.kindAsk[kind],
          checked: kindOf(typed) === kind,
        }))
      : [],
    kindErrors: errorsOf('kind'),
    choices: choices.map(({ number, name, city }) => ({
      id: `agency-${number}`,
      value: number,
      label: city === null ? name : `${name}, ${city}`,
    })),
    choiceErrors: errorsOf('agencyNumber'),
    who: relation
      ? [company]
      : [field('agency', w.field.agency, { hint: w.field.agencyHint, list: 'agencies', longest: 200 }), company],
    when: [
      field('firstDay', w.field.firstDay, { type: 'date' }),
      field('lastDay', w.field.lastDay, { type: 'date', optional: true }),
      field('startHour', w.field.startHour, { type: 'time', optional: true }),
      field('endHour', w.field.endHour, { type: 'time', optional: true }),
    ],
    note: field('note', w.field.note, { type: 'lines', hint: w.field.noteHint, longest: LONGEST, optional: true }),
    agencies: known.agencies,
    companies: known.companies,
  };
}

const anchor = ({ field }: Wrong) => (field === 'kind' ? 'kinds' : field === 'agencyNumber' ? 'choices' : field);

function faultWords(lang: Lang, { fault }: Wrong): string {
  return words(lang, 'reports').fault[fault];
}

function aboutOf(lang: Lang, relation: WorkRelation): string {
  return say(lang, 'reports.about', {
    company: companyName(lang, relation.userCompanyName, relation.userNumber),
    agency: companyName(lang, relation.agencyName, relation.agencyNumber),
    days: dayRange(lang, relation.startDate, relation.endDate),
  });
}

export interface ReportCheckPage {
  title: string;
  w: Words<'reports'>;
  /** What will happen once it is sent. */
  lead: Part[];
  cautions: Part[][];
  facts: Fact[];
  draft: string;
  action: string;
  edit: string;
  submit: string;
}

/** What would be sent, to whom, and what he should know before. */
export function reportCheckPage(
  lang: Lang,
  draftId: string,
  { told, answers, alike, declared }: Checked,
): ReportCheckPage {
  const w = words(lang, 'reports');
  const agency = told.agencyName;
  return {
    title: w.checkTitle,
    w,
    lead: answers
      ? rich(lang, 'reports.checkLead', { agency, n: TERM })
      : rich(lang, told.agencyNumber === null ? 'reports.checkUnknown' : 'reports.checkNobody', { agency }),
    cautions: [
      ...alike.map((report) =>
        rich(lang, 'reports.alike', { name: reportName(lang, report) }, { a: paths.report(report.id) }),
      ),
      ...declared.map((relation) =>
        rich(
          lang,
          'reports.isDeclared',
          {
            agency: companyName(lang, relation.agencyName, relation.agencyNumber),
            company: companyName(lang, relation.userCompanyName, relation.userNumber),
            day: fullDay(lang, relation.startDate),
          },
          { a: paths.relation(relation.periodId) },
        ),
      ),
    ],
    facts: toldFacts(lang, told),
    draft: draftId,
    action: paths.REPORTS,
    edit: paths.reportDraft(draftId, 'edit'),
    submit: answers ? w.send : w.keep,
  };
}
