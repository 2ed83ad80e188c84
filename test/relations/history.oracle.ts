import type { Declaration, Employer, Person } from '../../src/declarations/declaration.ts';
import { dayIn, days, dueMoment, firstWorkingDay, goodInsz } from './history.oracle.days.ts';
import { clash, faultsOfIn, faultsOfOut, faultsOfUpdate, isThirdDay } from './history.oracle.judge.ts';

/**
 * What a history of declarations adds up to, told from the rules alone and slowly: every question is answered from the whole list
 * of accepted declarations. Shares no code with the portal.
 */

export interface World {
  now: string;
  /** Enterprise number → its entry in the directory. */
  directory: Map<string, { name: string; nsso: string | null }>;
  /** Further INSZ of a person → the INSZ that stands for him here. */
  aliases: Map<string, string>;
}

type Accepted = Declaration & { declarationId: string; result: 'A' | 'W'; anomalies: string[] };
interface Period {
  worker: string;
  agency: string;
  accepted: Accepted[];
}
export type Standing = ReturnType<typeof standing>;
export interface Answer {
  result: 'A' | 'W' | 'B';
  anomalies: string[];
}

const FIELDS = ['startDate', 'startHour', 'endDate', 'endHour', 'plannedHours', 'cancelled'] as const;

function standing(accepted: Accepted[]) {
  const last = (field: 'startDate' | 'startHour' | 'endDate' | 'endHour' | 'plannedHours') =>
    accepted.findLast(
      (d) => d[field] !== undefined && d.kind !== 'CANCEL' && (d.kind !== 'OUT' || field === 'endDate'),
    )?.[field] ?? null;
  return {
    startDate: last('startDate') as string,
    startHour: last('startHour') as string | null,
    endDate: last('endDate') as string | null,
    endHour: last('endHour') as string | null,
    plannedHours: last('plannedHours') as number | null,
    cancelled: accepted.some((d) => d.kind === 'CANCEL'),
  };
}

const startKey = (s: Standing) => `${s.startDate} ${s.startHour ?? 'any hour, so last'}`;
const isLate = (d: Accepted, s: Standing) =>
  d.receivedAt !== null && Temporal.Instant.compare(d.receivedAt, dueMoment(s.startDate, s.startHour)) > 0;

/** The days that make the worker's warning, one by one. Only days up to the receipt can. */
function daysChangedLate(before: Standing, after: Standing, receivedAt: string | null): string[] {
  if (receivedAt === null) return [];
  const today = dayIn(receivedAt);
  const within = (day: string, s: Standing) => day >= s.startDate && (s.endDate === null || day <= s.endDate);
  const first = before.startDate < after.startDate ? before.startDate : after.startDate;
  return days(first, today).filter((day) => {
    const settled = today > firstWorkingDay(day);
    if (within(day, before) && !within(day, after)) return day < after.startDate || settled;
    return within(day, after) && !within(day, before) && day < today && settled;
  });
}

const slug = (parts: (string | undefined)[]) =>
  (
    parts
      .join(' ')
      .replaceAll('ß', 'ss')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  ).join('-');

function userKey({ jointCommittee, userCompany: user }: Declaration): string | null {
  if (jointCommittee !== '322' || !user) return null;
  if (Number(user.enterpriseNumber ?? 0) > 0) return user.enterpriseNumber ?? null;
  const { street, houseNumber, postBox, postCode, city, country } = user.address ?? {};
  return slug([user.name, street, houseNumber, postBox, postCode, city, country]);
}

export class Oracle {
  #world: World;
  #periods = new Map<string, Period>();
  #answers = new Map<string, Answer>();

  constructor(world: World) {
    this.#world = world;
  }

  /** @param d with its declaration id and, if accepted, the period id it got */
  declare(d: Declaration & { declarationId: string }): Answer {
    const answer = this.#answers.get(d.declarationId) ?? this.#judge(d);
    this.#answers.set(d.declarationId, answer);
    return answer;
  }

  #judge(d: Declaration & { declarationId: string }): Answer {
    const faults = new Set(d.formFaults ?? []);
    if (d.kind === 'DAILY') return { result: faults.size > 0 ? 'B' : 'A', anomalies: [...faults] };
    const { agency, period } = d.kind === 'IN' ? this.#receiveIn(d, faults) : this.#receiveChange(d, faults);
    if (faults.size > 0 || !period || !agency) return { result: 'B', anomalies: [...faults] };
    const accepted: Accepted = { ...d, result: 'A', anomalies: [] };
    const after = standing([...period.accepted, accepted]);
    this.#judgeBeside(d, period, after, faults);
    if (faults.size > 0) return { result: 'B', anomalies: [...faults] };
    const decides = d.kind === 'IN' || (d.kind === 'UPDATE' && startKey(after) < startKey(standing(period.accepted)));
    if (decides && isLate(accepted, after)) {
      accepted.result = 'W';
      accepted.anomalies = [d.kind === 'IN' ? '90373-460' : '90378-460'];
    }
    period.accepted.push(accepted);
    this.#periods.set(d.periodId ?? '', period);
    return { result: accepted.result, anomalies: accepted.anomalies };
  }

  #year(d: Declaration): number {
    return Number(dayIn(d.receivedAt ?? this.#world.now).slice(0, 4));
  }

  #agency({ enterpriseNumber: number, nssoNumber: nsso }: Employer, faults: Set<string>): string | null {
    const byNumber = Number(number ?? 0) > 0;
    const found = [...this.#world.directory].find(([key, { nsso: its }]) =>
      byNumber ? key === number : nsso && its === nsso,
    );
    if (!found) faults.add(!byNumber && Number(nsso ?? 0) > 0 ? '00011-235' : '00014-235');
    return found?.[0] ?? null;
  }

  #receiveIn(d: Declaration, faults: Set<string>): { agency: string | null; period: Period | null } {
    const agency = this.#agency(d.employer, faults);
    const worker = this.#person(d, faults);
    for (const fault of faultsOfIn(d, d.receivedAt && dayIn(d.receivedAt), this.#year(d))) faults.add(fault);
    if (faults.size === 0 && agency && worker) return { agency, period: { worker, agency, accepted: [] } };
    if (this.#periods.has(d.periodId ?? '')) faults.add('90373-333');
    return { agency, period: null };
  }

  #receiveChange(d: Declaration, faults: Set<string>): { agency: string | null; period: Period | null } {
    const period = this.#periods.get(d.periodId ?? '');
    const isNamed = Number(d.employer.enterpriseNumber ?? 0) > 0 || Number(d.employer.nssoNumber ?? 0) > 0;
    const agency = isNamed ? this.#agency(d.employer, faults) : (period?.agency ?? null);
    if (isNamed && agency === null) return { agency, period: null };
    if (!period || period.agency !== agency) faults.add('00913-354');
    else if (standing(period.accepted).cancelled) faults.add('00913-355');
    else {
      const now = standing(period.accepted);
      const type = period.accepted[0]?.workerType ?? '';
      const insz = Number(d.worker?.insz ?? 0) > 0 ? d.worker?.insz : undefined;
      if (insz !== undefined && !goodInsz(insz, this.#year(d))) faults.add('00024-003');
      else if (insz !== undefined && (this.#world.aliases.get(insz) ?? insz) !== period.worker) faults.add('00024-347');
      if (d.kind === 'UPDATE') for (const fault of faultsOfUpdate(d, now, type, this.#year(d))) faults.add(fault);
      if (d.kind === 'OUT') for (const fault of faultsOfOut(d, now, this.#year(d))) faults.add(fault);
      return { agency, period };
    }
    return { agency, period: null };
  }

  #person(d: Declaration, faults: Set<string>): string | null {
    const insz = Number(d.worker?.insz ?? 0) > 0 ? (d.worker?.insz ?? '') : '';
    if (insz !== '' && goodInsz(insz, this.#year(d))) return this.#world.aliases.get(insz) ?? insz;
    const known = insz === '' && d.workerType !== 'EXT' ? this.#bearersOf(d.worker ?? {}) : [];
    if (insz !== '') faults.add('00024-003');
    else if (d.workerType === 'EXT') faults.add('90017-363');
    else if (known.length !== 1) faults.add('90017-151');
    return known.length === 1 ? (known[0] ?? null) : null;
  }

  /** Who was declared before under that name and birth date; what was told of a person first, stays. */
  #bearersOf({ givenName, familyName, birthDate }: Person): string[] {
    if (!givenName || !familyName || !birthDate) return [];
    const ins = [...this.#periods.values()].flatMap(({ worker, accepted }) =>
      accepted[0] ? [{ worker, d: accepted[0] }] : [],
    );
    const told = (worker: string, field: keyof Person) =>
      ins.find((one) => one.worker === worker && one.d.worker?.[field])?.d.worker?.[field]?.toLowerCase();
    return [...new Set(ins.map(({ worker }) => worker))].filter(
      (worker) =>
        told(worker, 'givenName') === givenName.toLowerCase() &&
        told(worker, 'familyName') === familyName.toLowerCase() &&
        told(worker, 'birthDate') === birthDate,
    );
  }

  #judgeBeside(d: Declaration, period: Period, after: Standing, faults: Set<string>): void {
    if (d.kind !== 'IN' && d.kind !== 'UPDATE') return;
    const before = standing(period.accepted);
    if (d.kind === 'UPDATE' && FIELDS.every((field) => before[field] === after[field])) {
      faults.add('90378-444');
      return;
    }
    const first: Declaration = period.accepted[0] ?? d;
    const live = [...this.#periods].flatMap(([id, other]) => {
      const now = standing(other.accepted);
      const isHis = other.worker === period.worker && other.agency === period.agency && id !== d.periodId;
      const [begun] = other.accepted;
      return isHis && !now.cancelled && begun && begun.workerType === first.workerType
        ? [{ now, user: userKey(begun) }]
        : [];
    });
    const clashes = live.filter(({ user }) => user === userKey(first)).map(({ now }) => clash(after, now));
    const taken = d.kind === 'IN' && this.#periods.has(d.periodId ?? '');
    const block = d.kind === 'IN' ? '90373' : '90378';
    if (taken || clashes.includes('333')) faults.add(`${block}-333`);
    else if (clashes.includes('334')) faults.add(`${block}-334`);
    const moved = before.startDate !== after.startDate || before.endDate !== after.endDate;
    if (
      first.workerType === 'EXT' &&
      moved &&
      isThirdDay(
        after,
        live.map(({ now }) => now),
      )
    )
      faults.add('00910-459');
  }

  /** The workers who were ever declared, by the INSZ that stands for them. */
  workers(): string[] {
    return [...new Set([...this.#periods.values()].map(({ worker }) => worker))].sort();
  }

  /** A worker's relations as data, in the order of their ids; `hidden` holds what the data do not show. */
  relationsOf(worker: string, today: string, isTemp: boolean) {
    return [...this.#periods]
      .filter(([, period]) => period.worker === worker && (period.accepted[0]?.jointCommittee === '322') === isTemp)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([periodId, period]) => this.#relation(periodId, period, today));
  }

  #relation(periodId: string, { agency, accepted }: Period, today: string) {
    const [first, ...rest] = accepted as [Accepted, ...Accepted[]];
    const now = standing(accepted);
    const steps = rest.map((d, n) => ({
      d,
      before: standing(accepted.slice(0, n + 1)),
      after: standing(accepted.slice(0, n + 2)),
    }));
    const decider =
      steps.findLast(({ d, before, after }) => d.kind === 'UPDATE' && startKey(after) < startKey(before))?.d ?? first;
    const late = steps.map(({ d, before, after }) => daysChangedLate(before, after, d.receivedAt));
    const isCancelledLate = steps.some(
      ({ d, before }) => d.kind === 'CANCEL' && d.receivedAt && dayIn(d.receivedAt) > before.startDate,
    );
    const { directory } = this.#world;
    const user = first.userCompany;
    const key = userKey(first);
    const number = key !== null && Number(user?.enterpriseNumber ?? 0) > 0 ? (user?.enterpriseNumber ?? null) : null;
    const due = dueMoment(now.startDate, now.startHour);
    const { cancelled, ...fields } = now;
    return {
      data: {
        periodId,
        workerType: first.workerType,
        jointCommittee: first.jointCommittee,
        ...fields,
        agency: {
          enterpriseNumber: agency,
          nssoNumber: directory.get(agency)?.nsso?.padStart(9, '0') ?? null,
          name: directory.get(agency)?.name ?? null,
        },
        userCompany:
          key === null
            ? null
            : {
                enterpriseNumber: number,
                name: (number && directory.get(number)?.name) || user?.name?.trim() || null,
                jointCommittee: user?.jointCommittee,
                address: user?.address ?? null,
              },
        status: cancelled
          ? 'cancelled'
          : now.startDate > today
            ? 'coming'
            : now.endDate !== null && now.endDate < today
              ? 'ended'
              : 'current',
        timeliness: {
          verdict: decider.receivedAt === null ? 'unknown' : isLate(decider, now) ? 'late' : 'onTime',
          receivedAt: decider.receivedAt,
          dueAt: due.toString(),
          decidedBy: decider.declarationId,
        },
        warnings: [
          ...(isCancelledLate ? ['cancelledAfterStart'] : []),
          ...(late.some((found) => found.length > 0) ? ['changedAfterStart'] : []),
          ...(number !== null && !directory.has(number) ? ['userCompanyUnknown'] : []),
        ],
        anomalies: accepted.flatMap((d) => d.anomalies).filter((code, i, all) => all.indexOf(code) === i),
        declarations: accepted.map(({ declarationId, kind, receivedAt, result, anomalies }, n) => {
          const step = steps[n - 1];
          const changed = FIELDS.filter((field) => step && step.before[field] !== step.after[field]);
          const changes = Object.fromEntries(
            changed.map((field) => [field, { from: step?.before[field], to: step?.after[field] }]),
          );
          return { declarationId, kind, receivedAt, result, anomalies, changes };
        }),
      },
      hidden: { userKey: key, daysChangedLate: [[], ...late] },
    };
  }
}
