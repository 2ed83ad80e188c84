import type { Declaration } from '../../src/declarations/declaration.ts';
import { days, firstOfQuarter, goodEnterprise, isDate, plus, quarter } from './history.oracle.days.ts';
import type { Standing } from './history.oracle.ts';

/** The rules on the fields of one declaration, told from the law's tables: codes that refuse it. */

const COMMITTEES = ['124', '140', '144', '145', '149', '302', '320', '322', 'XXX'];
const WITH_END = ['EXT', 'STU', 'IVT', 'TRI', 'STG', 'A17', 'O17', 'S17', 'T17'];
const NEVER_TEMPS = ['STG', 'ALT', 'RTA', 'A17', 'O17', 'S17', 'T17', 'PMP', 'QUA', 'STX', 'TEA'];
const EVER = '9999-12-31';

const isHour = (hour: string | null | undefined): hour is string => /^([01]\d|2[0-3])[0-5]\d$/.test(hour ?? '');
const none = (number: string | undefined) => number === undefined || Number(number) === 0;

function featureFaults(d: Declaration): (string | false)[] {
  const temp = d.jointCommittee === '322';
  const user = d.userCompany;
  const sector = temp ? user?.jointCommittee : d.jointCommittee;
  const known = sector !== undefined && COMMITTEES.includes(sector) && !(temp && sector === '322');
  const type = d.workerType ?? '';
  const faults = [
    !d.workerType && '00655-001',
    !d.jointCommittee && '00046-001',
    d.jointCommittee !== undefined && !COMMITTEES.includes(d.jointCommittee) && '00046-008',
    temp && NEVER_TEMPS.includes(type) && '90374-349',
    known && type === 'EXT' && !['302', '144', '145', '320'].includes(sector) && '90374-349',
    known && type === 'BCW' && sector !== '124' && '90374-349',
  ] as (string | false)[];
  if (!temp) return faults;
  if (!user) return [...faults, '90107-001'];
  const named = Boolean(user.name?.trim());
  return [
    ...faults,
    !user.jointCommittee && '00046-001',
    user.jointCommittee !== undefined && !known && '00046-008',
    none(user.enterpriseNumber) && !named && '90107-351',
    !none(user.enterpriseNumber) && named && '90107-352',
    !none(user.enterpriseNumber) && !goodEnterprise(user.enterpriseNumber ?? '') && '00131-003',
  ];
}

function startFaults(start: string, year: number): (string | false)[] {
  if (!isDate(start)) return ['00910-003'];
  return [(start < '1920-01-01' || start >= `${year + 10}-01-01`) && '00910-008'];
}

function endFaults(end: string, year: number): (string | false)[] {
  if (!isDate(end)) return ['00911-003'];
  return [(end < '1999-01-01' || end >= `${year + 10}-01-01`) && '00911-008'];
}

function hourFaults(zone: string, hour: string | undefined, rule: 'must' | 'may' | 'never'): (string | false)[] {
  if (hour === undefined) return [rule === 'must' && `${zone}-001`];
  if (rule === 'never') return [`${zone}-005`];
  return [!isHour(hour) && `${zone}-003`];
}

function plannedFaults(hours: number | undefined, rule: 'must' | 'may' | 'never'): (string | false)[] {
  if (hours === undefined) return [rule === 'must' && '01135-001'];
  if (rule === 'never') return ['01135-005'];
  return [!(Number.isInteger(hours) && hours >= 1 && hours <= 999) && '01135-003'];
}

type Hours = Partial<Record<'startDate' | 'startHour' | 'endDate' | 'endHour', string | null>>;
const isBackwards = (h: Hours) =>
  Boolean(h.startDate) &&
  h.startDate === h.endDate &&
  isHour(h.startHour) &&
  isHour(h.endHour) &&
  h.endHour < h.startHour;
const isReversed = (start?: string | null, end?: string | null) => isDate(start) && isDate(end) && end < start;

/** Hours belong to occasional work and to flexi-jobs of a single day. Of a period whose type or days are at fault nothing is asked. */
function hoursOfIn(d: Declaration): 'must' | 'may' | 'never' {
  if (!d.workerType) return 'may';
  if (d.workerType !== 'FLX') return d.workerType === 'EXT' ? 'must' : 'never';
  if (!isDate(d.startDate)) return 'may';
  if (d.endDate === undefined) return d.jointCommittee === '322' ? 'may' : 'never';
  if (!isDate(d.endDate)) return 'may';
  return d.startDate === d.endDate ? 'must' : 'never';
}

function isOverADay(d: Declaration): boolean {
  if (d.workerType !== 'EXT' || !isDate(d.startDate) || !isDate(d.endDate) || !isHour(d.startHour)) return false;
  const clock = (day: string, hour: string) =>
    Temporal.PlainDateTime.from(`${day}T${hour.slice(0, 2)}:${hour.slice(2)}`);
  const end = isHour(d.endHour) ? clock(d.endDate, d.endHour) : clock(plus(d.endDate, 1), '0000');
  return clock(d.startDate, d.startHour).until(end).total('hours') > 24;
}

/** @param receipt Belgian day of receipt, or null; `year` is its year, or the present one */
export function faultsOfIn(d: Declaration, receipt: string | null, year: number): string[] {
  const { startDate: start, endDate: end, workerType: type } = d;
  const hours = hoursOfIn(d);
  const hotel =
    type === 'EXT' && (d.jointCommittee === '322' ? d.userCompany?.jointCommittee : d.jointCommittee) === '302';
  const early = type === 'FLX' && isDate(start) && receipt !== null && firstOfQuarter(start) > plus(receipt, 31);
  const mustEnd = d.jointCommittee === '322' || WITH_END.includes(type ?? '');
  const faults = [
    ...featureFaults(d),
    ...(start === undefined ? ['00910-001'] : startFaults(start, year)),
    early && '00910-008',
    ...(end === undefined ? [mustEnd && '00911-001'] : endFaults(end, year)),
    isReversed(start, end) && '00911-014',
    type === 'STU' && isDate(start) && isDate(end) && quarter(start) !== quarter(end) && '90373-421',
    ...hourFaults('00777', d.startHour, hours),
    ...hourFaults('00778', d.endHour, hotel ? 'may' : hours),
    hours !== 'never' && isBackwards(d) && '00778-345',
    isOverADay(d) && '90373-341',
    ...plannedFaults(d.plannedHours, !type ? 'may' : type === 'STU' ? 'must' : 'never'),
  ];
  return faults.filter((fault) => typeof fault === 'string');
}

export function faultsOfUpdate(d: Declaration, now: Standing, type: string, year: number): string[] {
  const named = [d.startDate, d.startHour, d.endDate, d.endHour, d.plannedHours];
  if (named.every((field) => field === undefined)) return ['90378-360'];
  const startDate = d.startDate ?? now.startDate;
  const endDate = d.endDate === undefined || d.endDate === EVER ? now.endDate : d.endDate;
  const hours = type === 'EXT' || (type === 'FLX' && startDate === endDate) ? 'may' : 'never';
  const later = now.endDate !== null && isDate(d.endDate) && d.endDate > now.endDate;
  const faults = [
    d.startDate !== undefined && type === 'STU' && '00910-005',
    ...(d.startDate === undefined ? [] : startFaults(d.startDate, year)),
    d.endDate === EVER && '00913-368',
    ...(d.endDate === undefined || d.endDate === EVER ? [] : endFaults(d.endDate, year)),
    type === 'FLX' && later && d.endDate !== EVER && '00911-344',
    isReversed(startDate, endDate) && '00911-014',
    ...hourFaults('00777', d.startHour, hours),
    ...hourFaults('00778', d.endHour, hours),
    isBackwards({ startDate, endDate, startHour: d.startHour ?? now.startHour, endHour: d.endHour ?? now.endHour }) &&
      '00778-345',
    ...plannedFaults(d.plannedHours, type === 'STU' ? 'may' : 'never'),
  ];
  return faults.filter((fault) => typeof fault === 'string');
}

export function faultsOfOut(d: Declaration, now: Standing, year: number): string[] {
  if (d.endDate === undefined) return ['00911-001'];
  const faults = [...endFaults(d.endDate, year), isReversed(now.startDate, d.endDate) && '00911-014'];
  return faults.filter((fault) => typeof fault === 'string');
}

/** Duplicate before overlap, against one other period of the same agency, worker, type and user company. */
export function clash(a: Standing, b: Standing): '333' | '334' | null {
  const same = (['startDate', 'endDate', 'startHour', 'endHour'] as const).every((field) => a[field] === b[field]);
  if (same) return '333';
  const single = a.startDate === a.endDate && b.startDate === b.endDate && a.startDate === b.startDate;
  if (single && a.startHour !== null && b.startHour !== null) {
    const isApart = (a.endHour ?? '2400') <= b.startHour || (b.endHour ?? '2400') <= a.startHour;
    return isApart ? null : '334';
  }
  return a.startDate <= (b.endDate ?? EVER) && b.startDate <= (a.endDate ?? EVER) ? '334' : null;
}

/** Whether these periods of occasional work fill three days in a row, one of them the given period's. */
export function isThirdDay(period: Standing, others: Standing[]): boolean {
  const filled = new Set([period, ...others].flatMap((one) => days(one.startDate, one.endDate ?? one.startDate)));
  return days(plus(period.startDate, -2), period.endDate ?? period.startDate).some((day) => {
    return [0, 1, 2].every((n) => filled.has(plus(day, n)));
  });
}
