import type { Declaration, Kind } from '../../src/declarations/declaration.ts';
import { type Book, type Judgement, judge } from '../../src/declarations/intake.ts';
import type { RelationState } from '../../src/relations/relation.ts';

/** Two agencies, two workers, and a book in memory that keeps what is accepted. */
export const agency = '0403449823';
export const otherAgency = '0407585882';
export const userCompany = '0566988259';
export const insz = '85073003328';
export const otherInsz = '98472899765';
export const now = '2026-11-20T09:00:00Z';

/** An ordinary week of temp work, declared on Friday for Monday. */
export function temp(changes: Partial<Declaration> = {}): Declaration {
  return {
    kind: 'IN',
    receivedAt: now,
    employer: { enterpriseNumber: agency },
    worker: { insz },
    startDate: '2026-11-23',
    endDate: '2026-11-27',
    workerType: 'OTH',
    jointCommittee: '322',
    userCompany: { enterpriseNumber: userCompany, jointCommittee: 'XXX' },
    ...changes,
  };
}

/** An evening of occasional work in a hotel. */
export function evening(day: string, changes: Partial<Declaration> = {}): Declaration {
  return temp({
    workerType: 'EXT',
    userCompany: { enterpriseNumber: userCompany, jointCommittee: '302' },
    startDate: day,
    startHour: '1800',
    endDate: day,
    endHour: '2300',
    ...changes,
  });
}

/** A flexi-job of one day, with hours. */
export function flexi(changes: Partial<Declaration> = {}): Declaration {
  return temp({ workerType: 'FLX', endDate: '2026-11-23', startHour: '0800', endHour: '1600', ...changes });
}

export function student(changes: Partial<Declaration> = {}): Declaration {
  return temp({ workerType: 'STU', plannedHours: 38, ...changes });
}

/** An UPDATE, OUT or CANCEL of the first period a desk accepted. */
export function change(kind: Kind, changes: Partial<Declaration> = {}): Declaration {
  return { kind, receivedAt: now, employer: { enterpriseNumber: agency }, periodId: 'period1', ...changes };
}

/** The same declaration without some of its fields. */
export function without(d: Declaration, ...fields: (keyof Declaration)[]): Declaration {
  return Object.fromEntries(
    Object.entries(d).filter(([field]) => !fields.includes(field as keyof Declaration)),
  ) as never;
}

/** Judges declarations one after the other and keeps what the accepted ones make. */
export class Desk implements Book {
  now = now;
  readonly periods = new Map<string, { workerKey: string; state: RelationState }>();
  #count = 0;

  agency(employer: Declaration['employer']): string | null {
    if (employer.nssoNumber === '935467') return agency;
    return [agency, otherAgency].find((number) => number === employer.enterpriseNumber) ?? null;
  }

  worker(person: NonNullable<Declaration['worker']>) {
    if (person.insz === undefined) return person.familyName === 'Peeters' ? { key: insz } : 'unidentified';
    return [insz, otherInsz].includes(person.insz) ? { key: person.insz } : 'new';
  }

  period(periodId: string) {
    return this.periods.get(periodId);
  }

  *live(agencyNumber: string, workerKey: string): Generator<RelationState> {
    for (const period of this.periods.values()) {
      const isHis = period.workerKey === workerKey && period.state.agencyNumber === agencyNumber;
      if (isHis && !period.state.cancelled) yield period.state;
    }
  }

  declare(d: Declaration): Judgement {
    this.#count += 1;
    const withIds = {
      ...d,
      declarationId: `d${this.#count}`,
      periodId: d.kind === 'IN' ? `period${this.#count}` : d.periodId,
    };
    const judgement = judge(withIds as Declaration, this);
    const { after } = judgement;
    if (after) this.periods.set(after.periodId, { workerKey: d.worker?.insz ?? insz, state: after });
    return judgement;
  }
}

/** The answer to the last of some declarations, in one word and its codes: 'A', 'W 90373-460', 'B 00911-001 00046-001'. */
export function answerTo(...declarations: Declaration[]): string {
  const desk = new Desk();
  let answer = '';
  for (const d of declarations) {
    const { result, anomalies } = desk.declare(d);
    answer = [result, ...anomalies].join(' ');
  }
  return answer;
}
