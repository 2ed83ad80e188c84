import { monthPage, yearPage } from '../src/relations/calendar.pages.ts';
import { detailPage } from '../src/relations/detail.pages.ts';
import { eachChoice } from '../src/relations/filter.choices.ts';
import { parseFilter } from '../src/relations/filter.ts';
import type { News } from '../src/relations/found.ts';
import { homePage } from '../src/relations/home.pages.ts';
import { listPage } from '../src/relations/list.pages.ts';
import type { Query } from '../src/relations/query.ts';
import type { WorkRelation } from '../src/relations/relation.ts';
import type { Lang } from '../src/web/language.ts';
import {
  CALENDAR_ROWS,
  declared,
  hotelAstrid,
  LIST_ROWS,
  listResult,
  TODAY,
  workRelation,
} from './samples.relations.ts';

/** Models of the worker's pages: the usual, the empty, the odd. */

export function lists(lang: Lang) {
  const page = (query: Query, result = listResult()) => {
    const { filter, dropped } = parseFilter(query, TODAY);
    return listPage(lang, result, filter, TODAY, dropped);
  };
  const nothing = listResult({
    rows: [],
    total: 0,
    otherSectorCount: 0,
    facets: eachChoice(() => []),
    marks: { onTime: 0, late: 0, unknown: 0, cancelled: 0 },
  });
  return [
    page({ year: '2026' }),
    page({
      type: ['FLX', 'STU'],
      agency: '0566988259',
      user: 'cafe-sans-nom',
      committee: ['302', '999'],
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

export function homes(lang: Lang) {
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

export function details(lang: Lang) {
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

export function calendars(lang: Lang) {
  const facts = (query: Query, rows = CALENDAR_ROWS) => {
    const { filter, dropped } = parseFilter(query, TODAY);
    return { rows, choices: listResult().facets, filter, dropped, today: TODAY };
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
