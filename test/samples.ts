import { signedOutPage, signInPage } from '../src/identity/sign-in.pages.ts';
import type { Overview } from '../src/overviews/overview.ts';
import { overviewPage, overviewsPage } from '../src/overviews/overviews.pages.ts';
import { monthPage, yearPage } from '../src/relations/calendar.pages.ts';
import { detailPage } from '../src/relations/detail.pages.ts';
import { parseFilter, type Query } from '../src/relations/filter.ts';
import type { CalendarRow, ListResult, ListRow, News } from '../src/relations/found.ts';
import { homePage } from '../src/relations/home.pages.ts';
import { listPage } from '../src/relations/list.pages.ts';
import type { TimelineEntry, WorkRelation } from '../src/relations/relation.ts';
import { LANGS, type Lang } from '../src/web/language.ts';
import { accessibilityPage, errorPage, helpPage, landingPage, pinPage, privacyPage } from '../src/web/public.pages.ts';
import type { View, Views } from '../src/web/views.ts';

/** Believable models for every template, in every language: for the guard that renders all of them, and for looking at pages. */

export const TODAY = '2026-11-23';

export function workRelation(over: Partial<WorkRelation> = {}): WorkRelation {
  return {
    periodId: '656309292174',
    agencyNumber: '0403449823',
    agencyName: 'Tempo Interim',
    agencyNssoNumber: '935467',
    jointCommittee: '322',
    workerType: 'OTH',
    userKey: '0407585882',
    userNumber: '0407585882',
    userName: null,
    userCompanyName: 'Brouwerij De Zwaan',
    userAddress: null,
    userJointCommittee: 'XXX',
    startDate: '2026-11-23',
    startHour: null,
    endDate: '2026-11-27',
    endHour: null,
    plannedHours: null,
    cancelled: false,
    verdict: 'onTime',
    receivedAt: '2026-11-22T17:03:11Z',
    decidedBy: '656309292275',
    dueAt: '2026-11-23T22:59:59.999Z',
    warnings: [],
    anomalies: [],
    status: 'current',
    allWarnings: over.warnings ?? [],
    timeline: [declared()],
    ...over,
  };
}

export function declared(over: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    declarationId: '656309292275',
    kind: 'IN',
    receivedAt: '2026-11-22T17:03:11Z',
    result: 'A',
    anomalies: [],
    changes: {},
    daysChangedLate: [],
    ...over,
  };
}

export function hotelAstrid(over: Partial<WorkRelation> = {}): WorkRelation {
  return workRelation({
    periodId: '656309314911',
    agencyNumber: '0566988259',
    agencyName: 'Flexforce',
    workerType: 'FLX',
    userNumber: '0403019261',
    userKey: '0403019261',
    userCompanyName: 'Hotel Astrid',
    userJointCommittee: '302',
    startDate: '2026-11-21',
    startHour: '1700',
    endDate: '2026-11-21',
    endHour: '2130',
    verdict: 'late',
    receivedAt: '2026-11-22T08:12:40Z',
    dueAt: '2026-11-21T16:00:00Z',
    decidedBy: '656309314923',
    anomalies: ['90373-460'],
    status: 'ended',
    timeline: [
      declared({
        declarationId: '656309314923',
        receivedAt: '2026-11-22T08:12:40Z',
        result: 'W',
        anomalies: ['90373-460'],
      }),
      declared({
        declarationId: '656309315024',
        kind: 'UPDATE',
        receivedAt: '2026-11-22T10:40:02Z',
        changes: { endHour: { from: '2100', to: '2130' } },
      }),
    ],
    ...over,
  });
}

const AGENCIES = [
  ['0403449823', 'Tempo Interim'],
  ['0566988259', 'Flexforce'],
  ['0206731645', 'Noord Uitzend'],
] as const;
const USERS = [
  ['0407585882', 'Brouwerij De Zwaan'],
  ['0403019261', 'Hotel Astrid'],
  ['0206731645', 'Logistiek Noord'],
  ['0403449823', 'Zagerij Peeters & zonen'],
  ['0566988259', 'Çelik Catering'],
] as const;

interface Brief {
  start: string;
  end?: string;
  hours?: [string, string];
  agency: number;
  user: number;
  type?: string;
  verdict?: ListRow['verdict'];
  cancelled?: boolean;
  warnings?: ListRow['warnings'];
}

const BRIEFS: Brief[] = [
  { start: '2026-11-23', end: '2026-11-27', agency: 0, user: 0 },
  { start: '2026-11-21', hours: ['1700', '2130'], agency: 1, user: 1, type: 'FLX', verdict: 'late' },
  { start: '2026-11-19', agency: 0, user: 2, cancelled: true, warnings: ['cancelledAfterStart'] },
  { start: '2026-11-16', end: '2026-11-18', agency: 2, user: 3, warnings: ['changedAfterStart'] },
  { start: '2026-11-15', hours: ['0600', '1200'], agency: 1, user: 4, type: 'EXT' },
  { start: '2026-11-10', agency: 0, user: 2 },
  { start: '2026-11-04', hours: ['1700', '2200'], agency: 1, user: 1, type: 'FLX' },
  { start: '2026-11-02', end: '2026-11-04', agency: 2, user: 3 },
  { start: '2026-10-19', end: '2026-10-30', agency: 0, user: 0, verdict: 'unknown' },
  { start: '2026-07-01', end: '2026-08-14', agency: 2, user: 2, type: 'STU' },
  { start: '2026-03-09', end: '2026-04-17', agency: 0, user: 0 },
  { start: '2025-12-22', end: '2026-01-09', agency: 0, user: 3 },
];

export const LIST_ROWS: ListRow[] = BRIEFS.map((brief, i) => ({
  periodId: String(656309292174 + i * 101),
  startDate: brief.start,
  startHour: brief.hours?.[0] ?? null,
  endDate: brief.end ?? brief.start,
  endHour: brief.hours?.[1] ?? null,
  agencyNumber: AGENCIES[brief.agency]?.[0] ?? '',
  agencyName: AGENCIES[brief.agency]?.[1] ?? null,
  userKey: USERS[brief.user]?.[0] ?? null,
  userName: USERS[brief.user]?.[1] ?? null,
  userNumber: USERS[brief.user]?.[0] ?? null,
  workerType: brief.type ?? 'OTH',
  verdict: brief.verdict ?? 'onTime',
  cancelled: brief.cancelled ?? false,
  warnings: brief.warnings ?? [],
}));

export const CALENDAR_ROWS: CalendarRow[] = LIST_ROWS.map((row) => ({
  ...row,
  hours: row.startHour === null ? null : { start: row.startHour, end: row.endHour },
}));

const count = (value: string, label: string | null, n: number) => ({ value, label, count: n });

export function listResult(over: Partial<ListResult> = {}): ListResult {
  return {
    rows: LIST_ROWS,
    total: 41,
    facets: {
      type: [count('OTH', null, 33), count('FLX', null, 5), count('EXT', null, 2), count('STU', null, 1)],
      agency: AGENCIES.map(([number, name], i) => count(number, name, 20 - i)),
      user: [...USERS.map(([number, name], i) => count(number, name, 12 - i)), count('0431150351', null, 1)],
      verdict: { onTime: 37, late: 2, unknown: 1, cancelled: 1 },
    },
    otherSectorCount: 2,
    ...over,
  };
}

function lists(lang: Lang) {
  const page = (query: Query, result = listResult()) => {
    const { filter, dropped } = parseFilter(query, TODAY);
    return listPage(lang, result, filter, TODAY, dropped);
  };
  const nothing = listResult({
    rows: [],
    total: 0,
    otherSectorCount: 0,
    facets: { type: [], agency: [], user: [], verdict: { onTime: 0, late: 0, unknown: 0, cancelled: 0 } },
  });
  return [
    page({ year: '2026' }),
    page({
      type: ['FLX', 'STU'],
      agency: '0566988259',
      user: 'cafe-sans-nom',
      verdict: 'late',
      from: '2026-03-01',
      to: '2026-03-31',
      sort: 'agency',
      page: '2',
    }),
    page({ from: 'soon', year: '-3', pageSize: 'all' }),
    page({}, nothing),
    page({ type: 'BCW' }, nothing),
    page(
      { sector: 'other' },
      listResult({
        rows: LIST_ROWS.slice(0, 2).map((row) => ({ ...row, userKey: null, userName: null, userNumber: null })),
        total: 2,
      }),
    ),
  ];
}

function homes(lang: Lang) {
  const zwaan = workRelation();
  const astrid = hotelAstrid();
  const news = (relation: WorkRelation, index = 0): News => ({
    relation,
    declaration: relation.timeline[index] ?? declared(),
  });
  const gone = hotelAstrid({
    startDate: TODAY,
    endDate: TODAY,
    cancelled: true,
    userCompanyName: null,
    userNumber: '0431150351',
  });
  const cancel = declared({
    kind: 'CANCEL',
    receivedAt: '2026-11-22T20:00:00Z',
    changes: { cancelled: { from: false, to: true } },
  });
  const facts = { today: TODAY, givenName: 'Łukasz', previousVisitAt: '2026-11-20T08:00:00Z' };
  return [
    homePage(lang, { ...facts, relations: [zwaan], news: [news(zwaan), news(astrid, 1), news(astrid)] }),
    homePage(lang, { ...facts, givenName: null, relations: [], news: [], previousVisitAt: null }),
    homePage(lang, { ...facts, relations: [gone], news: [{ relation: gone, declaration: cancel }] }),
    homePage(lang, { ...facts, relations: [zwaan, hotelAstrid({ startDate: TODAY, endDate: TODAY })], news: [] }),
    homePage(lang, { ...facts, relations: [workRelation({ verdict: 'unknown', receivedAt: null })], news: [] }),
    homePage(lang, { ...facts, relations: [hotelAstrid({ startDate: TODAY, endDate: TODAY })], news: [] }),
  ];
}

function details(lang: Lang) {
  const cancel = declared({
    declarationId: '1',
    kind: 'CANCEL',
    receivedAt: '2026-11-20T09:15:00Z',
    changes: { cancelled: { from: false, to: true } },
  });
  const moved = declared({
    declarationId: '2',
    kind: 'UPDATE',
    receivedAt: '2026-11-30T09:15:00Z',
    result: 'W',
    anomalies: ['90378-460', '90017-369', '12345-678'],
    changes: {
      startDate: { from: '2026-11-24', to: '2026-11-23' },
      endDate: { from: '2026-11-28', to: '2026-11-27' },
      plannedHours: { from: null, to: 38 },
      startHour: { from: null, to: '0600' },
    },
    daysChangedLate: ['2026-11-23', '2026-11-28'],
  });
  const page = (relation: WorkRelation) => detailPage(lang, relation, TODAY);
  return [
    page(workRelation()),
    page(hotelAstrid()),
    page(workRelation({ receivedAt: '2026-11-23T21:00:00Z' })),
    page(
      hotelAstrid({
        cancelled: true,
        status: 'cancelled',
        warnings: ['cancelledAfterStart'],
        allWarnings: ['cancelledAfterStart'],
        timeline: [declared(), cancel],
      }),
    ),
    page(
      workRelation({
        verdict: 'late',
        receivedAt: '2026-11-30T09:15:00Z',
        decidedBy: '2',
        plannedHours: 38,
        workerType: 'STU',
        warnings: ['changedAfterStart'],
        allWarnings: ['changedAfterStart', 'userCompanyUnknown'],
        userCompanyName: null,
        userNumber: '0431150351',
        anomalies: ['90378-460', '12345-678'],
        timeline: [declared(), moved],
      }),
    ),
    page(
      workRelation({
        verdict: 'unknown',
        receivedAt: null,
        agencyName: null,
        agencyNssoNumber: null,
        timeline: [declared({ receivedAt: null })],
      }),
    ),
    page(
      workRelation({
        jointCommittee: '124',
        workerType: 'ZZZ',
        userKey: null,
        userNumber: null,
        userCompanyName: null,
        userJointCommittee: null,
        endDate: null,
        status: 'current',
      }),
    ),
    page(
      hotelAstrid({
        verdict: 'onTime',
        receivedAt: '2026-11-10T08:00:00Z',
        endHour: null,
        userKey: 'cafe-de-kroon-lille',
        userNumber: null,
        userCompanyName: 'Café de la Couronne',
        userAddress: {
          street: 'Rue de Paris',
          houseNumber: '12',
          postBox: '3',
          postCode: '59000',
          city: 'Lille',
          country: '111',
        },
      }),
    ),
  ];
}

function calendars(lang: Lang) {
  const facts = (query: Query, rows = CALENDAR_ROWS) => {
    const { filter, dropped } = parseFilter(query, TODAY);
    return { rows, filter, dropped, today: TODAY };
  };
  return {
    years: [
      yearPage(lang, { year: 2026, ...facts({ year: '2026' }) }),
      yearPage(lang, { year: 2025, ...facts({ type: ['STU', 'FLX'], agency: '0403449823' }) }),
      yearPage(lang, { year: 2027, ...facts({ verdict: 'never' }, []) }),
    ],
    months: [
      monthPage(lang, { month: '2026-11', ...facts({}) }),
      monthPage(lang, { month: '2026-10', ...facts({ type: 'OTH' }) }),
      monthPage(lang, { month: '2027-02', ...facts({}, []) }),
    ],
  };
}

function overview(over: Partial<Overview>): Overview {
  return {
    id: 'k3f9x2m7q8w1z5t4',
    requestedAt: '2026-11-23T08:00:00Z',
    expiresAt: '2026-11-24T08:00:00Z',
    language: 'fr',
    state: 'ready',
    madeAt: '2026-11-23T08:00:01Z',
    relationCount: 41,
    ...over,
  };
}

export function samplesIn(lang: Lang): { [V in View]: Views[V][] } {
  const { years, months } = calendars(lang);
  const overviews = [
    overview({ state: 'preparing', madeAt: null, relationCount: null }),
    overview({}),
    overview({ state: 'failed', madeAt: null, relationCount: null }),
  ];
  return {
    'public/landing': [landingPage(lang)],
    'public/text': [helpPage(lang), pinPage(lang), privacyPage(lang), accessibilityPage(lang)],
    'public/error': [400, 401, 403, 404, 409, 410, 413, 415, 429, 500, 503].map((status) =>
      errorPage(lang, status, 'req-7f3k'),
    ),
    'identity/sign-in': [
      signInPage(lang, {
        comeBack: '/relations?type=EXT',
        script: '/assets/web-eid.js',
        demoCard: 'http://localhost:4000',
      }),
      signInPage(lang, { comeBack: '/', script: '/assets/web-eid.js', demoCard: null }),
    ],
    'identity/signed-out': [signedOutPage(lang)],
    'overviews/overview': [
      ...overviews.map((one) => overviewPage(lang, one, false, TODAY)),
      overviewPage(lang, overview({}), true, TODAY),
    ],
    'overviews/list': [overviewsPage(lang, overviews, TODAY), overviewsPage(lang, [], TODAY)],
    'relations/year': years,
    'relations/month': months,
    'relations/detail': details(lang),
    'relations/home': homes(lang),
    'relations/list': lists(lang),
  };
}

/** Every view with its models, all languages together. */
export const SAMPLES: { [V in View]: Views[V][] } = (() => {
  const each = LANGS.map(samplesIn);
  const views = Object.keys(each[0] ?? {}) as View[];
  return Object.fromEntries(
    views.map((view) => [view, each.flatMap((samples) => samples[view] as object[])]),
  ) as typeof SAMPLES;
})();
