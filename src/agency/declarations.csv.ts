import { stringify } from 'csv-stringify/sync';
import { type DeskRow, isLate } from './declarations.ts';

const COLUMNS: [string, (row: DeskRow) => string | null][] = [
  ['declarationId', (row) => row.declarationId],
  ['periodId', (row) => row.periodId],
  ['receivedAt', (row) => row.receivedAt],
  ['kind', (row) => row.kind],
  ['result', (row) => row.result],
  ['late', (row) => (isLate(row) ? 'yes' : 'no')],
  ['anomalies', (row) => row.anomalies.join(' ')],
  ['insz', (row) => row.person.insz],
  ['givenName', (row) => row.person.givenName],
  ['familyName', (row) => row.person.familyName],
  ['workerType', (row) => row.workerType],
  ['userNumber', (row) => row.user.number],
  ['userName', (row) => row.user.name],
  ['startDate', (row) => row.days.startDate],
  ['startHour', (row) => row.days.startHour],
  ['endDate', (row) => row.days.endDate],
  ['endHour', (row) => row.days.endHour],
  ['verifiedBy', (row) => row.verified?.by ?? null],
  ['verifiedAt', (row) => row.verified?.at ?? null],
];

/** The desk's rows as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read it); what a spreadsheet would run as a formula is made text. */
export function declarationsCsv(rows: DeskRow[]): string {
  return stringify([COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, value]) => value(row)))], {
    bom: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
}
