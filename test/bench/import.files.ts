import type { Declaration } from '../../src/declarations/declaration.ts';

export interface LedgerLine {
  declaration_id: string;
  kind: 'IN' | 'UPDATE' | 'OUT' | 'CANCEL';
  period_id: string | null;
  received_at: string;
  insz: string | null;
  content: Omit<Declaration, 'kind'>;
}

/** A ledger row as the line of an import that made it. */
export function lineOf({ declaration_id, kind, period_id, received_at, content }: LedgerLine): string {
  const { employer, worker, workerType, jointCommittee, userCompany, plannedHours, ...period } = content;
  const block = `dimona${kind[0]}${kind.slice(1).toLowerCase()}`;
  const features = workerType && {
    workerType,
    jointCommissionNumber: jointCommittee,
    ...(userCompany && { usingEmployer: usingEmployer(userCompany) }),
  };
  const line = {
    declarationId: declaration_id,
    receivedAt: `${received_at.slice(0, 19).replace(' ', 'T')}Z`,
    employer: employer.enterpriseNumber
      ? { enterpriseNumber: employer.enterpriseNumber }
      : { employerId: employer.nssoNumber },
    ...(worker?.insz && { worker: { ssin: worker.insz, givenName: worker.givenName, familyName: worker.familyName } }),
    [block]: { periodId: period_id ?? undefined, ...period, plannedHoursNumber: plannedHours, features },
  };
  return `${JSON.stringify(line)}\n`;
}

function usingEmployer({ enterpriseNumber, name, address, jointCommittee }: NonNullable<Declaration['userCompany']>) {
  return { jointCommissionNumber: jointCommittee, enterpriseNumber, name, address };
}

/** An IN as a form of the DIMONA/SU message. */
export function xmlOf({ content }: LedgerLine): string {
  const { employer, worker, userCompany } = content;
  const element = (name: string, value: string | number | undefined) =>
    value === undefined ? '' : `<${name}>${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;
  const user = userCompany
    ? `<UsingEmployer>${element('JointCommissionNbr', userCompany.jointCommittee)}${element('UsingEmployerName', userCompany.name)}${element('UsingEmployerCompanyID', userCompany.enterpriseNumber)}</UsingEmployer>`
    : '';
  return `<Form><Identification>DIMONA</Identification><FormCreationDate>2026-01-05</FormCreationDate><FormCreationHour>09:00:00.000</FormCreationHour><AttestationStatus>0</AttestationStatus><TypeForm>SU</TypeForm><DimonaIn>${element('StartingDate', content.startDate)}${element('StartingHour', content.startHour)}${element('EndingDate', content.endDate)}${element('EndingHour', content.endHour)}${element('PlannedHoursNbr', content.plannedHours)}<EmployerId>${element('NOSSRegistrationNbr', employer.nssoNumber)}${element('CompanyID', employer.enterpriseNumber)}</EmployerId><NaturalPerson>${element('INSS', worker?.insz)}${element('WorkerName', worker?.familyName)}${element('WorkerFirstName', worker?.givenName)}</NaturalPerson><DimonaFeatures>${element('JointCommissionNbr', content.jointCommittee)}${element('WorkerType', content.workerType)}${user}</DimonaFeatures></DimonaIn></Form>\n`;
}
