import { eachChoice } from '../src/relations/filter.choices.ts';
import type { CalendarRow, ListResult, ListRow } from '../src/relations/found.ts';
import type { TimelineEntry, WorkRelation } from '../src/relations/relation.ts';

/** Believable relations to fill pages with. */

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
      ...eachChoice(() => []),
      type: [count('OTH', null, 33), count('FLX', null, 5), count('EXT', null, 2), count('STU', null, 1)],
      agency: AGENCIES.map(([number, name], i) => count(number, name, 20 - i)),
      user: [...USERS.map(([number, name], i) => count(number, name, 12 - i)), count('0431150351', null, 1)],
      committee: [count('XXX', null, 30), count('302', null, 8), count('140', null, 3)],
      verdict: [
        count('onTime', null, 38),
        count('late', null, 2),
        count('unknown', null, 1),
        count('cancelled', null, 1),
      ],
    },
    marks: { onTime: 37, late: 2, unknown: 1, cancelled: 1 },
    otherSectorCount: 2,
    ...over,
  };
}
