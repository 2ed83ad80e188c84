import { deliveryPage, newDeliveryPage } from '../deliveries/deliveries.pages.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import { monthPage, yearPage } from '../relations/calendar.pages.ts';
import { detailPage } from '../relations/detail.pages.ts';
import { parseFilter } from '../relations/filter.ts';
import { listPage } from '../relations/list.pages.ts';
import { reportFormPage } from '../reports/draft.pages.ts';
import { typedFrom } from '../reports/draft.ts';
import { reportPage, reportsPage } from '../reports/report.pages.ts';
import type { ReportEvent, WholeReport } from '../reports/report.ts';
import type { Lang } from '../web/language.ts';
import { CALENDAR, FOUND, LATE, TODAY } from './relations.ts';

/** The parts of the worker's screens, filled by the pages that have them. */

const event = (kind: ReportEvent['kind'], over: Partial<ReportEvent> = {}): ReportEvent => ({
  at: '2026-11-19T10:12:00Z',
  kind,
  by: 'An Peeters',
  words: null,
  declarationId: null,
  periodId: null,
  ...over,
});

const REPORT: WholeReport = {
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
  note: '',
  sentAt: '2026-11-19T10:12:00Z',
  state: 'answered',
  dueOn: '2026-11-26',
  takenOnAt: null,
  answers: true,
  person: { insz: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák' },
  events: [event('sent'), event('seen'), event('answered', { words: 'We kijken het na.' })],
};

const SENDING: Delivery = {
  id: 'd4t8d4t8d4t8d4t8d4t8d4t8d4',
  overviewId: 'k3f9x2m7q8w1z5t4k3f9x2',
  channel: 'ebox',
  attach: false,
  state: 'waiting',
  orderedAt: '2026-11-23T08:00:00Z',
  tries: 0,
  nextTryAt: null,
  sentAt: null,
  failure: null,
  neverOpened: false,
};

const SENDINGS: Delivery[] = [
  SENDING,
  { ...SENDING, tries: 2, nextTryAt: '2026-11-23T09:10:00Z' },
  { ...SENDING, state: 'sent', sentAt: '2026-11-23T08:00:09Z' },
  { ...SENDING, state: 'failed', failure: 'unavailable' },
];

const REPORTS: WholeReport[] = [
  { ...REPORT, state: 'sent' },
  { ...REPORT, state: 'sent', dueOn: '2026-11-20' },
  REPORT,
  { ...REPORT, state: 'closed' },
];

export function workerParts(lang: Lang) {
  const { filter, dropped } = parseFilter({ type: 'FLX', verdict: 'late', from: 'soon' }, TODAY);
  const whole = parseFilter({}, TODAY).filter;
  const days = { rows: CALENDAR, filter: whole, choices: FOUND.facets, today: TODAY };
  const about = { channels: [], address: null, mayAttach: false, sent: SENDINGS, today: TODAY };
  return {
    list: listPage(lang, FOUND, filter, TODAY, dropped),
    detail: detailPage(lang, LATE, TODAY),
    month: monthPage(lang, { month: '2026-11', ...days }),
    year: yearPage(lang, { year: 2026, ...days }),
    report: reportPage(lang, REPORT, [], { today: TODAY, said: null }),
    reports: reportsPage(lang, REPORTS, TODAY).rows,
    told: reportFormPage(lang, {
      typed: typedFrom({ firstDay: '2026-11-18' }),
      relation: null,
      known: { agencies: [], companies: [] },
      choices: [],
      wrongs: [],
    }),
    sendings: newDeliveryPage(lang, SENDING.overviewId, about).sent,
    deliveries: SENDINGS.map((one) => deliveryPage(lang, one, TODAY)),
  };
}
