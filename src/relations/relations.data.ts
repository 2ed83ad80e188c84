import { stringify } from 'csv-stringify/sync';
import type { Filter } from './filter.ts';
import type { WorkRelation } from './relation.ts';

/** A relation as data, the shape that stands outside the walls. Days and hours as declared, instants in UTC, null where unknown. */
export function relationData(relation: WorkRelation): object {
  return {
    periodId: relation.periodId,
    workerType: relation.workerType,
    jointCommittee: relation.jointCommittee,
    startDate: relation.startDate,
    startHour: relation.startHour,
    endDate: relation.endDate,
    endHour: relation.endHour,
    plannedHours: relation.plannedHours,
    agency: {
      enterpriseNumber: relation.agencyNumber,
      nssoNumber: relation.agencyNssoNumber,
      name: relation.agencyName,
    },
    userCompany:
      relation.userKey === null
        ? null
        : {
            enterpriseNumber: relation.userNumber,
            name: relation.userCompanyName,
            jointCommittee: relation.userJointCommittee,
            address: relation.userAddress,
          },
    status: relation.status,
    timeliness: {
      verdict: relation.verdict,
      receivedAt: relation.receivedAt,
      dueAt: relation.dueAt,
      decidedBy: relation.decidedBy,
    },
    warnings: relation.allWarnings,
    anomalies: relation.anomalies,
    declarations: relation.timeline.map(({ declarationId, kind, receivedAt, result, anomalies, changes }) => {
      return { declarationId, kind, receivedAt, result, anomalies, changes };
    }),
  };
}

/** The page of a filter as data: `total` counts every row of the filter. */
export function listData(items: WorkRelation[], total: number, filter: Filter): object {
  const { page, pageSize, ...chosen } = filter;
  return { items: items.map(relationData), total, page, pageSize, filter: chosen };
}

const COLUMNS: [string, (relation: WorkRelation) => string | number | null][] = [
  ['periodId', (r) => r.periodId],
  ['status', (r) => r.status],
  ['verdict', (r) => r.verdict],
  ['startDate', (r) => r.startDate],
  ['startHour', (r) => r.startHour],
  ['endDate', (r) => r.endDate],
  ['endHour', (r) => r.endHour],
  ['plannedHours', (r) => r.plannedHours],
  ['workerType', (r) => r.workerType],
  ['jointCommittee', (r) => r.jointCommittee],
  ['agencyNumber', (r) => r.agencyNumber],
  ['agencyName', (r) => r.agencyName],
  ['userNumber', (r) => r.userNumber],
  ['userName', (r) => r.userCompanyName],
  ['userJointCommittee', (r) => r.userJointCommittee],
  ['receivedAt', (r) => r.receivedAt],
  ['dueAt', (r) => r.dueAt],
  ['decidedBy', (r) => r.decidedBy],
  ['warnings', (r) => r.allWarnings.join(' ')],
  ['anomalies', (r) => r.anomalies.join(' ')],
];

/** The same rows as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read it); what a spreadsheet would run as a formula is made text. */
export function listCsv(items: WorkRelation[]): string {
  const rows = items.map((relation) => COLUMNS.map(([, value]) => value(relation)));
  return stringify([COLUMNS.map(([name]) => name), ...rows], {
    bom: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
}
