import { eachChoice } from '../relations/filter.choices.ts';
import type { CalendarRow, ListResult, ListRow } from '../relations/found.ts';
import type { TimelineEntry, WorkRelation } from '../relations/relation.ts';

/** Made-up relations of nobody, one of each kind that a page draws differently. */

export const TODAY = '2026-11-23';

const [TEMPO, FLEXFORCE] = ['0403449823', '0566988259'] as const;
const NAMES: Record<string, string> = { [TEMPO]: 'Tempo Interim', [FLEXFORCE]: 'Flexforce' };

type Brief = Pick<ListRow, 'startDate' | 'userName'> & Partial<ListRow>;

const BRIEFS: Brief[] = [
  { startDate: '2026-11-23', endDate: '2026-11-27', userName: 'Brouwerij De Zwaan' },
  {
    startDate: '2026-11-21',
    startHour: '1700',
    endHour: '2130',
    userName: 'Hotel Astrid',
    workerType: 'FLX',
    verdict: 'late',
    agencyNumber: FLEXFORCE,
  },
  { startDate: '2026-11-19', userName: 'Logistiek Noord', cancelled: true, warnings: ['cancelledAfterStart'] },
  { startDate: '2026-11-17', userName: 'Zagerij Peeters & zonen', verdict: 'unknown' },
  { startDate: '2026-11-05', userName: 'Zagerij Peeters & zonen', warnings: ['changedAfterStart'] },
  {
    startDate: '2026-11-05',
    startHour: '1700',
    endHour: '2200',
    userName: 'Hotel Astrid',
    workerType: 'FLX',
    agencyNumber: FLEXFORCE,
  },
  // as long as a name gets
  { startDate: '2026-11-03', userName: 'Samenwerkende Vennootschap voor Groenteteelt en Fruitverwerking' },
];

export const ROWS: ListRow[] = BRIEFS.map((brief, at) => {
  const agencyNumber = brief.agencyNumber ?? TEMPO;
  return {
    periodId: String(656309292174 + at * 101),
    startHour: null,
    endDate: brief.startDate,
    endHour: null,
    agencyName: NAMES[agencyNumber] ?? null,
    userKey: '0407585882',
    userNumber: '0407585882',
    workerType: 'OTH',
    verdict: 'onTime',
    cancelled: false,
    warnings: [],
    ...brief,
    agencyNumber,
  };
});

/** A day of nine jobs, an hour each. */
const FULL_DAY = Array.from({ length: 9 }, (_, at): ListRow[] =>
  ROWS.slice(5, 6).map((row) => {
    const [startHour, endHour] = [8, 9].map((hour) => `${String(hour + at).padStart(2, '0')}00`) as [string, string];
    return {
      ...row,
      periodId: `${row.periodId}${at}`,
      startDate: '2026-11-12',
      endDate: '2026-11-12',
      startHour,
      endHour,
    };
  }),
).flat();

export const CALENDAR: CalendarRow[] = [...ROWS, ...FULL_DAY].map((row) => ({
  ...row,
  hours: row.startHour === null ? null : { start: row.startHour, end: row.endHour },
}));

const count = (value: string, label: string | null, n: number) => ({ value, label, count: n });

export const FOUND: ListResult = {
  rows: ROWS,
  total: 1_041,
  facets: {
    ...eachChoice(() => []),
    type: [count('OTH', null, 1_033), count('FLX', null, 8)],
    agency: [count(TEMPO, 'Tempo Interim', 1_020), count(FLEXFORCE, 'Flexforce', 21)],
    user: [count('0407585882', 'Brouwerij De Zwaan', 1_041)],
    committee: [count('XXX', null, 1_033), count('302', null, 8)],
    verdict: [
      count('onTime', null, 1_037),
      count('late', null, 2),
      count('unknown', null, 1),
      count('cancelled', null, 1),
    ],
  },
  marks: { onTime: 1_037, late: 2, unknown: 1, cancelled: 1 },
  otherSectorCount: 0,
};

const entry = (declarationId: string, over: Partial<TimelineEntry>): TimelineEntry => ({
  declarationId,
  kind: 'IN',
  receivedAt: '2026-11-22T08:12:40Z',
  result: 'A',
  anomalies: [],
  changes: {},
  daysChangedLate: [],
  ...over,
});

/** Declared the day after, then changed. */
export const LATE: WorkRelation = {
  periodId: '656309314911',
  agencyNumber: FLEXFORCE,
  agencyName: 'Flexforce',
  agencyNssoNumber: '935467',
  jointCommittee: '322',
  workerType: 'FLX',
  userKey: '0403019261',
  userNumber: '0403019261',
  userName: null,
  userCompanyName: 'Hotel Astrid',
  userAddress: null,
  userJointCommittee: '302',
  startDate: '2026-11-21',
  startHour: '1700',
  endDate: '2026-11-21',
  endHour: '2130',
  plannedHours: null,
  cancelled: false,
  verdict: 'late',
  receivedAt: '2026-11-22T08:12:40Z',
  decidedBy: '656309314923',
  dueAt: '2026-11-21T16:00:00Z',
  warnings: [],
  anomalies: ['90373-460'],
  status: 'ended',
  allWarnings: [],
  timeline: [
    entry('656309314923', { result: 'W', anomalies: ['90373-460'] }),
    entry('656309315024', {
      kind: 'UPDATE',
      receivedAt: '2026-11-22T10:40:02Z',
      changes: { endHour: { from: '2100', to: '2130' } },
    }),
  ],
};
