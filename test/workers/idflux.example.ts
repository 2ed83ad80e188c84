/** A Form of an IDFLUX message: what is null is left out. */
export function form(over: Record<string, string | null> = {}): string {
  const f = {
    status: '0',
    effective: '2026-11-02',
    oldInsz: null,
    newInsz: null,
    name: 'Maes',
    birthdate: '1998-07-28',
    type: 'SU',
    identification: 'IDFLUX',
    more: '',
    ...over,
  };
  const element = (name: string, value: string | null | undefined) =>
    value == null ? '' : `<${name}>${value}</${name}>`;
  return `<Form>${element('Identification', f.identification)}<FormCreationDate>2026-11-03</FormCreationDate>
<FormCreationHour>06:00:00.000</FormCreationHour>${element('AttestationStatus', f.status)}${element('TypeForm', f.type)}
<Reference><ReferenceType>1</ReferenceType><ReferenceOrigin>2</ReferenceOrigin><ReferenceNbr>X1</ReferenceNbr></Reference>
<IdfluxInformation><JustificationCode>90</JustificationCode>${element('EffectiveStartingDate', f.effective)}
<EmployerId><NOSSRegistrationNbr>93546701</NOSSRegistrationNbr><CompanyID>403449823</CompanyID></EmployerId>
<ValidSituation>${element('INSS', f.newInsz)}${element('WorkerName', f.name)}<WorkerFirstName>Zoë</WorkerFirstName>${element('WorkerBirthdate', f.birthdate)}<WorkerSex>2</WorkerSex></ValidSituation>
<OutdatedSituation>${element('INSS', f.oldInsz)}<WorkerName>Maas</WorkerName></OutdatedSituation>${f.more}</IdfluxInformation></Form>`;
}

export const message = (...forms: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<IDFLUX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n${forms.join('\n')}\n</IDFLUX>\n`;
