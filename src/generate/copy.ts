import type { RelationState } from '../relations/relation.ts';
import type { Company } from './companies.ts';
import type { MadeDeclaration, MadeWorker } from './ledger.ts';

/**
 * Rows in PostgreSQL's text format for COPY: fields apart by a tab, rows by a line feed, `\N` for null; a backslash, tab or line end
 * within a field is written with a backslash. The columns stand in the order of COLUMNS.
 */
export const COLUMNS = {
  enterprises: 'enterprise_number, name, kind, nsso_number, street, house_number, post_code, city, country',
  workers: 'insz, given_name, family_name, birth_date',
  worker_numbers: 'insz, worker_id',
  declarations:
    'declaration_id, kind, period_id, agency_number, insz, received_at, channel, result, anomalies, content',
  relations:
    'period_id, worker_id, agency_number, joint_committee, worker_type, user_key, user_number, user_name, user_address, ' +
    'user_joint_committee, start_date, start_hour, end_date, end_hour, planned_hours, cancelled, verdict, received_at, decided_by, ' +
    'due_at, warnings, anomalies',
} as const;

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function field(text: string | null | undefined): string {
  if (text === null || text === undefined) return '\\N';
  return text.search(SPECIAL) < 0 ? text : text.replace(SPECIAL, (sign) => ESCAPES[sign] as string);
}

/** Codes and warnings are plain words: an array of them needs no quotes. */
const words = (list: readonly string[]) => `{${list.join(',')}}`;

export function enterpriseRow({ enterpriseNumber, name, kind, nssoNumber, address }: Company): string {
  const { street, houseNumber, postCode, city, country } = address;
  return `${[enterpriseNumber, name, kind, nssoNumber, street, houseNumber, postCode, city, country].map(field).join('\t')}\n`;
}

export function workerRow({ insz, givenName, familyName, birthDate }: MadeWorker): string {
  return `${insz}\t${field(givenName)}\t${field(familyName)}\t${field(birthDate)}\n`;
}

export function workerNumberRow(insz: string, workerId: string): string {
  return `${insz}\t${workerId}\n`;
}

export function declarationRow(d: MadeDeclaration): string {
  return (
    `${d.declarationId}\t${d.kind}\t${d.periodId ?? '\\N'}\t${d.agencyNumber ?? '\\N'}\t${d.insz ?? '\\N'}\t${d.receivedAt}\timport\t` +
    `${d.result}\t${words(d.anomalies)}\t${field(JSON.stringify(d.content))}\n`
  );
}

export function relationRow(r: RelationState, workerId: string): string {
  const address = r.userAddress === null ? null : JSON.stringify(r.userAddress);
  return (
    `${r.periodId}\t${workerId}\t${r.agencyNumber}\t${field(r.jointCommittee)}\t${field(r.workerType)}\t${field(r.userKey)}\t` +
    `${field(r.userNumber)}\t${field(r.userName)}\t${field(address)}\t${field(r.userJointCommittee)}\t${r.startDate}\t` +
    `${r.startHour ?? '\\N'}\t${r.endDate ?? '\\N'}\t${r.endHour ?? '\\N'}\t${r.plannedHours ?? '\\N'}\t${r.cancelled ? 't' : 'f'}\t` +
    `${r.verdict}\t${r.receivedAt ?? '\\N'}\t${r.decidedBy}\t${r.dueAt}\t${words(r.warnings)}\t${words(r.anomalies)}\n`
  );
}
