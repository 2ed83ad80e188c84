import { answerPage, deskReportsPage } from '../src/reports/desk.pages.ts';
import { reportCheckPage, reportFormPage } from '../src/reports/draft.pages.ts';
import { type Checked, typedFrom, wrongsOf } from '../src/reports/draft.ts';
import { reportPage, reportsPage } from '../src/reports/report.pages.ts';
import type { ReportEvent, WholeReport } from '../src/reports/report.ts';
import type { Lang } from '../src/web/language.ts';
import { hotelAstrid, TODAY, workRelation } from './samples.relations.ts';

/** Reports in their states, of the worker and of the agency. */

const event = (kind: ReportEvent['kind'], over: Partial<ReportEvent> = {}): ReportEvent => ({
  at: '2026-11-19T10:12:00Z',
  kind,
  by: 'An Peeters',
  words: null,
  declarationId: null,
  periodId: null,
  ...over,
});

export function report(over: Partial<WholeReport> = {}): WholeReport {
  return {
    id: 'k3f9x2m7q8w1z5t4k3f9x2m7q8',
    workerId: '7',
    kind: 'notDeclared',
    periodId: null,
    agencyNumber: '0403449823',
    agencyName: 'Tempo Interim',
    userNumber: null,
    userName: 'Brouwerij De Zwaan',
    firstDay: '2026-11-18',
    lastDay: '2026-11-18',
    startHour: '0800',
    endHour: '1630',
    note: 'Ik werkte bij de laadkade, met Sofie.\nMijn uren staan op het blad van de ploegbaas.',
    sentAt: '2026-11-19T10:12:00Z',
    state: 'sent',
    dueOn: '2026-11-26',
    takenOnAt: null,
    answers: true,
    person: { insz: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák' },
    events: [event('sent')],
    ...over,
  };
}

const late = workRelation({
  startDate: '2026-11-18',
  endDate: '2026-11-18',
  startHour: '0900',
  endHour: '1630',
  verdict: 'late',
  receivedAt: '2026-11-20T14:31:00Z',
  userCompanyName: 'Brouwerij De Zwaan',
});
const answered = report({
  state: 'answered',
  events: [
    event('sent'),
    event('seen'),
    event('answered', { words: 'We kijken het na.\nMorgen weet je meer.' }),
    event('replied', { words: 'Ik wacht op de aangifte.' }),
    event('overdue', { by: null }),
    event('declared', { by: null, declarationId: '656309292275', periodId: late.periodId }),
    event('takenOn'),
  ],
  takenOnAt: '2026-11-21T10:00:00Z',
});
const closed = report({ state: 'closed', events: [event('sent'), event('confirmed')] });
const withdrawn = report({ state: 'closed', events: [event('sent'), event('withdrawn')], note: '' });
const every = [
  report(),
  report({ state: 'seen', events: [event('sent'), event('seen')] }),
  report({ dueOn: '2026-11-20', kind: 'wrongCompany', periodId: late.periodId }),
  report({ answers: false, kind: 'other' }),
  report({ answers: false, agencyNumber: null, agencyName: 'Uitzend Zonder Naam', userName: null }),
  answered,
  { ...answered, events: answered.events.slice(0, 3), kind: 'wrongDates', periodId: late.periodId } as WholeReport,
  report({ kind: 'notWorked', periodId: late.periodId, startHour: null, endHour: null }),
  closed,
  withdrawn,
];

export function reportSamples(lang: Lang) {
  const known = { agencies: ['Tempo Interim', 'Flexforce'], companies: ['Brouwerij De Zwaan'] };
  const empty = typedFrom({ firstDay: '2026-11-18' });
  const wrong = typedFrom({ firstDay: '2027-01-01', lastDay: '2026-01-01', startHour: 'noon', agency: 'Temp' });
  const about = typedFrom({ period: late.periodId, firstDay: '2026-11-18', kind: 'other' });
  const choices = [
    { number: '0403449823', name: 'Tempo Interim', city: 'Gent' },
    { number: '0566988259', name: 'Tempo Team', city: null },
  ];
  const checked = (over: Partial<Checked>): Checked => ({
    told: report(),
    answers: true,
    alike: [],
    declared: [],
    ...over,
  });
  return {
    'reports/form': [
      reportFormPage(lang, { typed: empty, relation: null, known, choices: [], wrongs: [] }),
      reportFormPage(lang, {
        typed: wrong,
        relation: null,
        known: { agencies: [], companies: [] },
        choices,
        wrongs: [...wrongsOf(wrong, TODAY), { field: 'agencyNumber', fault: 'agencyMany' }],
      }),
      reportFormPage(lang, { typed: about, relation: late, known, choices: [], wrongs: wrongsOf(about, TODAY) }),
    ],
    'reports/check': [
      reportCheckPage(lang, 'k3f9x2m7q8w1z5t4', checked({})),
      reportCheckPage(
        lang,
        'k3f9x2m7q8w1z5t4',
        checked({ answers: false, alike: [report()], declared: [hotelAstrid()] }),
      ),
      reportCheckPage(
        lang,
        'k3f9x2m7q8w1z5t4',
        checked({ answers: false, told: report({ agencyNumber: null, agencyName: 'Onbekend' }) }),
      ),
    ],
    'reports/list': [reportsPage(lang, every, TODAY), reportsPage(lang, [], TODAY)],
    'reports/report': every.map((one, at) =>
      reportPage(lang, one, [late], { today: TODAY, said: at === 0 ? 'empty' : null }),
    ),
    'reports/desk': [
      deskReportsPage(lang, every.slice(0, 3), { open: true, today: TODAY, size: 2 }),
      deskReportsPage(lang, every.slice(5), { open: false, today: TODAY, size: 3 }),
      deskReportsPage(lang, [], { open: true, today: TODAY, size: 25 }),
      deskReportsPage(lang, [], { open: false, today: TODAY, size: 25 }),
    ],
    'reports/answer': every.flatMap((one) => [
      answerPage(lang, one, [late], { today: TODAY, mayAnswer: true, said: null }),
      answerPage(lang, one, [{ ...late, cancelled: true }], { today: TODAY, mayAnswer: false, said: 'empty' }),
    ]),
  };
}
