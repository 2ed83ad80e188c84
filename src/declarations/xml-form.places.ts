/** An element of a form that we read, or one on the way to it. */
export interface Known {
  /** Path below the Form, and below its block; null where no text is read. A block's own begins with a slash. */
  key: string | null;
  children: Map<string, Known>;
  isUser: boolean;
  isReference: boolean;
}

const inEveryForm =
  'Identification FormCreationDate FormCreationHour AttestationStatus TypeForm Reference/ReferenceType Reference/ReferenceNbr';
const inBlocks =
  'DimonaPeriodId StartingDate StartingHour EndingDate EndingHour PlannedHoursNbr INSS ' +
  'EmployerId/NOSSRegistrationNbr EmployerId/ProvisionalNSSONbr EmployerId/CompanyID';
const user = 'DimonaFeatures/UsingEmployer';
const inDimonaIn =
  'NaturalPerson/INSS NaturalPerson/WorkerName NaturalPerson/WorkerFirstName NaturalPerson/WorkerBirthdate ' +
  `DimonaFeatures/JointCommissionNbr DimonaFeatures/WorkerType ${user}/JointCommissionNbr ${user}/UsingEmployerName ` +
  `${user}/UsingEmployerCompanyID ${user}/Address/Street ${user}/Address/HouseNbr ${user}/Address/PostBox ` +
  `${user}/Address/ZIPCode ${user}/Address/City ${user}/Address/Country`;

const made = (): Known => ({ key: null, children: new Map(), isUser: false, isReference: false });

/** Any element that is left where it stands. */
export const NOWHERE: Known = made();

/** The Form, and below it the elements we read; others are left where they stand. */
export const FORM: Known = made();
for (const path of inEveryForm.split(' ')) placed(path).key = path;
for (const block of ['DimonaIn', 'DimonaOut', 'DimonaUpdate', 'DimonaCancel', 'DailyRegistrationDeclaration'])
  for (const path of inBlocks.split(' ')) placed(`${block}/${path}`).key = `/${path}`;
for (const path of inDimonaIn.split(' ')) placed(`DimonaIn/${path}`).key = `/${path}`;
placed(`DimonaIn/${user}`).isUser = true;
placed('Reference').isReference = true;

function placed(path: string): Known {
  let place = FORM;
  for (const name of path.split('/')) {
    const next = place.children.get(name) ?? made();
    place.children.set(name, next);
    place = next;
  }
  return place;
}
