import { dayOfInstant, timeOfInstant } from '../platform/calendar-days.ts';
import type { RelationState } from '../relations/relation.ts';
import { anomaly } from './anomalies.ts';
import type { BatchRow } from './batches.rows.ts';
import { type FormBatch, placeOf } from './batches.ts';
import type { Declaration } from './declaration.ts';
import type { Change } from './declarations.batch.ts';

/**
 * What is answered to a file of declarations, as XML messages: the receipt of the file (ACRF001), and a notification for each form (NOTI001).
 * Source: schemas ACRF_20231 and NOTIFICATION_20223 of the RSZ; the order of elements is theirs.
 */

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** Who gave a reference: 1 the sender, 2 social security. */
const [SENDER, OURS] = ['1', '2'] as const;
/** What a reference names: 1 a form. */
const FORM = '1';

/** The file came in whole, and this is its number. */
export function receiptMessage(batch: FormBatch): string {
  const form = element(
    'Form',
    formHead('ACRF001', 'PA', batch.receivedAt),
    fileReference(batch),
    element('ReceptionResult', text('ResultCode', 1)),
  );
  return `${HEAD}<ACRF>\n${form}\n</ACRF>\n`;
}

/** What became of each form: accepted or refused, why, and what it did to its period. `changes` by the seq of the row. */
export function notificationMessage(
  batch: FormBatch,
  rows: BatchRow[],
  changes: Map<string, Change>,
  employer: { nssoNumber: string | null },
): string {
  const forms = rows.map((row) => notificationForm(batch, row, changes.get(row.seq) ?? null, employer));
  return `${HEAD}<NOTIFICATION>\n${forms.join('\n')}\n</NOTIFICATION>\n`;
}

function notificationForm(
  batch: FormBatch,
  row: BatchRow,
  change: Change | null,
  { nssoNumber }: { nssoNumber: string | null },
): string {
  const { references = [], worker } = row.content as Partial<Declaration>;
  return element(
    'Form',
    formHead('NOTI001', 'FA', batch.finishedAt ?? batch.receivedAt),
    fileReference(batch),
    element('HandledOriginalForm', text('Identification', 'DIMONA'), text('TypeForm', 'SU')),
    ...references.map(({ type, number }) => referenceOf('Reference', type, SENDER, number)),
    // the schema wants both numbers or none
    nssoNumber !== null &&
      element('EmployerId', text('NOSSRegistrationNbr', nssoNumber), text('CompanyID', batch.agencyNumber)),
    element(
      'NaturalPerson',
      text('INSS', row.insz),
      text('WorkerName', worker?.familyName),
      text('WorkerFirstName', worker?.givenName),
    ),
    referenceOf('HandledReference', FORM, OURS, row.declaration_id),
    element(
      'HandlingResult',
      text('ResultCode', row.result === 'B' ? 0 : 1),
      ...row.anomalies.map(anomalyReport),
      change && element('ImpactReport', impactOf(row, change)),
    ),
    element('ApplicationData', text('FormPosition', placeOf(row.source_key))),
  );
}

function anomalyReport(code: string): string {
  const { severity, nl } = anomaly(code);
  return element('AnomalyReport', text('ErrorID', code), text('AnomalyClass', severity), text('AnomalyLabel', nl));
}

/** A period that begins has no before, one that is cancelled no after. */
function impactOf({ kind }: BatchRow, { before, after }: Change): string {
  return element(
    'DimonaImpactReport',
    text('DimonaPeriodId', after.periodId),
    text('IsLocked', 0),
    before && element('DimonaPeriodBefore', ...daysOf(before)),
    kind !== 'CANCEL' && element('DimonaPeriodAfter', ...daysOf(after)),
  );
}

function daysOf({ startDate, startHour, endDate, endHour, plannedHours }: RelationState): string[] {
  return [
    text('StartingDate', startDate),
    text('StartingHour', startHour),
    text('EndingDate', endDate),
    text('EndingHour', endHour),
    text('PlannedHoursNbr', plannedHours),
  ];
}

/** Date and hour as Belgian clocks show them. */
function formHead(identification: string, type: string, instant: string): string {
  return [
    text('Identification', identification),
    text('FormCreationDate', dayOfInstant(instant)),
    text('FormCreationHour', timeOfInstant(instant)),
    text('AttestationStatus', 0),
    text('TypeForm', type),
  ].join('');
}

function fileReference({ fileName, id }: FormBatch): string {
  const number = numberOf(id);
  return element(
    'FileReference',
    text('FileName', fileName ?? number),
    text('ReferenceOrigin', OURS),
    text('ReferenceNbr', number),
  );
}

/** A batch as messages name it: a reference has at most 20 signs. */
function numberOf(id: string): string {
  return id.slice(0, 20);
}

function referenceOf(name: string, type: string, origin: string, number: string): string {
  return element(name, text('ReferenceType', type), text('ReferenceOrigin', origin), text('ReferenceNbr', number));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** An element that holds text, or nothing where there is none. */
function text(name: string, value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  return `<${name}>${String(value).replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)}</${name}>`;
}

/** An element that holds others, or nothing where there are none. */
function element(name: string, ...inner: (string | false | null)[]): string {
  const content = inner.filter(Boolean).join('');
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}
