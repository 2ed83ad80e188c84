import type { AgencyClient } from '../identity/visitor.ts';
import * as paths from '../web/paths.ts';
import { anomaly } from './anomalies.ts';
import type { Address, Declaration, Kind, UsingEmployer } from './declaration.ts';
import type { Outcome } from './declarations.batch.ts';
import type { DeclaredRow, Named, PeriodRow, RelationRow } from './rest.ts';

/** Answers of the REST service v2: the shapes of the social security's own. Dates `YYYY-MM-DD`, hours `HHMM`, ids and numbers as text. */

/** A declaration with its result. `origin` is the portal's own address. */
export function declarationAnswer(row: DeclaredRow, client: AgencyClient, origin: string): object {
  return {
    href: `${origin}${paths.restDeclaration(row.declaration_id)}`,
    worker: workerOf(row, row.content as Partial<Declaration>),
    ...blockOf(row.kind, row.period_id, row.content as Partial<Declaration>),
    employer: employerOf(client),
    declarationStatus: statusOf(
      { declarationId: row.declaration_id, periodId: row.period_id, result: row.result, anomalies: row.anomalies },
      row.kind,
      origin,
    ),
  };
}

/** What is answered at once to a declaration that was just made. */
export function declaredAnswer(d: Declaration, outcome: Outcome, client: AgencyClient, origin: string): object {
  return {
    href: `${origin}${paths.restDeclaration(outcome.declarationId)}`,
    ...(d.worker ? { worker: workerOf(null, d) } : {}),
    ...blockOf(d.kind, d.periodId ?? null, d),
    employer: employerOf(client),
    declarationStatus: statusOf(outcome, d.kind, origin),
  };
}

/** `period` is absent when there is none: a refused IN, a period that this agency does not have. */
function statusOf(
  { declarationId, periodId, result, anomalies }: Omit<Outcome, 'change'>,
  kind: Kind,
  origin: string,
): object {
  const isNone = result === 'B' && (kind === 'IN' || anomalies.includes('00913-354'));
  const hasPeriod = periodId !== null && !isNone;
  return {
    declarationId,
    result,
    ...(hasPeriod ? { period: { id: periodId, href: `${origin}${paths.restPeriod(periodId)}` } } : {}),
    anomalies: anomalies.map((code) => {
      const { severity, nl, fr } = anomaly(code);
      return { errorId: code, severity, labelNl: nl, labelFr: fr };
    }),
  };
}

export function periodAnswer(row: PeriodRow, client: AgencyClient, origin: string): object {
  return {
    periodId: row.period_id,
    href: `${origin}${paths.restPeriod(row.period_id)}`,
    ...present({
      startDate: row.start_date,
      startHour: row.start_hour,
      endDate: row.end_date,
      endHour: row.end_hour,
      plannedHoursNumber: row.planned_hours,
    }),
    worker: workerOf(row),
    employer: employerOf(client),
    features: present({
      workerType: row.worker_type,
      jointCommissionNumber: row.joint_committee,
      usingEmployer:
        row.user_key === null
          ? null
          : usingEmployerOf({
              ...(row.user_number ? { enterpriseNumber: row.user_number } : {}),
              ...(row.user_name && !row.user_number ? { name: row.user_name } : {}),
              ...(row.user_address ? { address: row.user_address as Address } : {}),
              ...(row.user_joint_committee ? { jointCommittee: row.user_joint_committee } : {}),
            }),
    }),
    isCancelled: row.cancelled,
    isLate: row.verdict === 'late',
    isLocked: false,
    anomalies: row.anomalies.map((code) => ({ errorId: code, severity: anomaly(code).severity })),
  };
}

export function relationAnswer(row: RelationRow, client: AgencyClient): object {
  return {
    worker: workerOf(row),
    employer: employerOf(client),
    ...present({ startDate: row.start_date, endDate: row.end_date }),
  };
}

function workerOf(known: Named | null, told: Partial<Declaration> = {}): object {
  const { worker = {} } = told;
  return present({
    ssin: known?.insz ?? worker.insz,
    givenName: known?.given_name ?? worker.givenName,
    familyName: known?.family_name ?? worker.familyName,
    birthDate: known?.birth_date ?? worker.birthDate,
  });
}

function employerOf({ agencyNumber, nssoNumber }: AgencyClient): object {
  return present({ employerId: nssoNumber, enterpriseNumber: agencyNumber });
}

const BLOCKS: Record<Kind, string> = {
  IN: 'dimonaIn',
  UPDATE: 'dimonaUpdate',
  OUT: 'dimonaOut',
  CANCEL: 'dimonaCancel',
  DAILY: 'dailyRegistration',
};

function blockOf(kind: Kind, periodId: string | null, d: Partial<Declaration>): object {
  const times = {
    startDate: d.startDate,
    startHour: d.startHour,
    endDate: d.endDate,
    endHour: d.endHour,
    plannedHoursNumber: d.plannedHours,
  };
  const features = present({
    workerType: d.workerType,
    jointCommissionNumber: d.jointCommittee,
    usingEmployer: d.userCompany && usingEmployerOf(d.userCompany),
  });
  return { [BLOCKS[kind]]: present(kind === 'IN' ? { ...times, features } : { periodId, ...times }) };
}

function usingEmployerOf(user: UsingEmployer): object {
  const { street, houseNumber, postBox, postCode, city, country } = user.address ?? {};
  return present({
    jointCommissionNumber: user.jointCommittee,
    enterpriseNumber: user.enterpriseNumber,
    name: user.name,
    address: user.address && present({ street, houseNumber, boxNumber: postBox, postCode, city, country }),
  });
}

/** Without what is not there. */
function present(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
