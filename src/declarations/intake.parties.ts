import { isEnterpriseNumber, isInsz } from '../platform/ids.ts';
import type { Declaration, Employer, Person } from './declaration.ts';
import type { Book, Codes } from './intake.book.ts';

/** The joint committees of the official message; XXX stands for every other one. */
const committees = new Set(['124', '140', '144', '145', '149', '302', '320', '322', 'XXX']);
/** Where occasional workers exist: hotels, agriculture, horticulture, funerals. */
const occasional = new Set(['302', '144', '145', '320']);
/** Worker types that temps never have. */
const neverTemps = new Set(['STG', 'ALT', 'RTA', 'A17', 'O17', 'S17', 'T17', 'PMP', 'QUA', 'STX', 'TEA']);

/** A number that is not there: absent, empty or the zero that stands for it on the wire. */
function isAbsent(number: string | undefined): boolean {
  return number === undefined || /^0*$/.test(number);
}

/** Whether a message names a declaring employer at all. */
export function namesEmployer(employer: Employer): boolean {
  return !isAbsent(employer.enterpriseNumber) || !isAbsent(employer.nssoNumber);
}

/** The code for an employer that the directory does not hold: by enterprise number, or by NSSO number where that is all there is. */
export function unknownEmployer(employer: Employer): string {
  return isAbsent(employer.enterpriseNumber) && !isAbsent(employer.nssoNumber) ? '00011-235' : '00014-235';
}

/** The INSZ a declaration gives, if it gives one. */
export function inszOf(person: Person | undefined): string | undefined {
  return isAbsent(person?.insz) ? undefined : person?.insz;
}

/**
 * The person of an IN: by INSZ, or, except for occasional workers, by name and birth date if exactly one worker is known so.
 * @returns the worker's key; null for a new worker or none
 */
export function judgePerson(codes: Codes, d: Declaration, book: Book, year: number): string | null {
  const insz = inszOf(d.worker);
  if (insz !== undefined && !isInsz(insz, year)) {
    codes.add('00024-003');
    return null;
  }
  if (insz === undefined && d.workerType === 'EXT') {
    codes.add('90017-363');
    return null;
  }
  const { insz: _, ...identity } = d.worker ?? {};
  const worker = book.worker(insz === undefined ? identity : { ...identity, insz });
  if (worker === 'unidentified') codes.add('90017-151');
  return typeof worker === 'string' ? null : worker.key;
}

/** The person that a change or cancellation names, if it names one: he must be the period's own. */
export function judgeSamePerson(codes: Codes, d: Declaration, workerKey: string, book: Book, year: number): void {
  const insz = inszOf(d.worker);
  if (insz === undefined) return;
  if (!isInsz(insz, year)) {
    codes.add('00024-003');
    return;
  }
  const worker = book.worker({ ...d.worker, insz });
  if (typeof worker === 'string' || worker.key !== workerKey) codes.add('00024-347');
}

/** Worker type, joint committee and, for temp work, the user company. Worker types still to come are let through. */
export function judgeFeatures(codes: Codes, d: Declaration): void {
  if (!d.workerType) codes.add('00655-001');
  if (!d.jointCommittee) codes.add('00046-001');
  else if (!committees.has(d.jointCommittee)) codes.add('00046-008');
  if (d.jointCommittee === '322') judgeUser(codes, d);
  if (d.workerType && isIncompatible(d.workerType, d.jointCommittee, sectorOf(d))) codes.add('90374-349');
}

/** The joint committee whose work is done: for a temp that of the user company. */
export function sectorOf(d: Declaration): string | undefined {
  return d.jointCommittee === '322' ? d.userCompany?.jointCommittee : d.jointCommittee;
}

function judgeUser(codes: Codes, { userCompany: user }: Declaration): void {
  if (user === undefined) {
    codes.add('90107-001');
    return;
  }
  if (!user.jointCommittee) codes.add('00046-001');
  else if (user.jointCommittee === '322' || !committees.has(user.jointCommittee)) codes.add('00046-008');
  const hasNumber = !isAbsent(user.enterpriseNumber);
  const hasName = (user.name ?? '').trim() !== '';
  if (!hasNumber && !hasName) codes.add('90107-351');
  if (hasNumber && hasName) codes.add('90107-352');
  if (hasNumber && !isEnterpriseNumber(user.enterpriseNumber ?? '')) codes.add('00131-003');
}

function isIncompatible(workerType: string, committee: string | undefined, sector: string | undefined): boolean {
  if (committee === '322' && neverTemps.has(workerType)) return true;
  // A sector that is missing or unknown has its own anomaly.
  if (sector === undefined || !committees.has(sector) || (committee === '322' && sector === '322')) return false;
  if (workerType === 'EXT') return !occasional.has(sector);
  return workerType === 'BCW' && sector !== '124';
}
