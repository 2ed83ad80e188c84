import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import { addDays } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type Answer, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import { type DeclaredDay, faultsOfShift, SHIFT_FIELDS, typedShift } from './shift.ts';
import type { Shifts } from './shifts.actions.ts';
import { shiftsPage } from './shifts.pages.ts';
import type { ShiftsStore } from './shifts.store.ts';

export interface ShiftsTools {
  db: Database;
  shifts: Shifts;
  shiftsStore: ShiftsStore;
  relations: { between(scope: WorkerScope, from: string, to: string, today: string): Promise<WorkRelation[]> };
  /** Names to pick from. */
  known(scope: WorkerScope): Promise<{ agencies: string[]; companies: string[] }>;
}

type Mine = Asked<SignedInWorker>;

/** How far back and ahead notes stand on the page. */
const DAYS = 366;

export function shiftsRoutes({ db, shifts, shiftsStore, relations, known }: ShiftsTools): Route[] {
  /** What was typed stands in the address while something is wrong with it: it names nobody. */
  async function all({ visitor, lang, today, query }: Mine): Promise<Answer> {
    const scope = scopeOf(visitor);
    const [from, to] = [addDays(today, -DAYS), addDays(today, DAYS)];
    const noted = await shiftsStore.between(scope, db.read, from, to);
    const [first, last] = [noted[0]?.day ?? today, noted.at(-1)?.day ?? today];
    const [declared, names] = await Promise.all([relations.between(scope, first, last, today), known(scope)]);
    const isSent = query.check === 'yes';
    const facts = {
      shifts: noted,
      declared: declared.map(declaredDay),
      typed: typedShift(query),
      isSent,
      known: names,
    };
    return page('shifts/list', shiftsPage(lang, { ...facts, said: query.said, today }));
  }

  async function note({ visitor, now, today, fields }: Mine): Promise<Answer> {
    const typed = typedShift(fields);
    if (faultsOfShift(typed, today).length > 0) {
      const fields = SHIFT_FIELDS.map((name): [string, string] => [name, typed[name]]);
      return redirect(paths.shifts(String(new URLSearchParams([['check', 'yes'], ...fields]))));
    }
    return redirect(paths.shifts((await shifts.note(visitor, typed, now)) ? 'said=noted' : 'said=full'));
  }

  async function remove({ visitor, fields }: Mine): Promise<Answer> {
    const { shift } = fields;
    await shifts.remove(visitor, typeof shift === 'string' ? shift : '');
    return redirect(paths.shifts('said=removed'));
  }

  const back = { comeBack: () => paths.SHIFTS };
  return [
    forWorker('GET', paths.SHIFTS, all),
    forWorker('POST', paths.SHIFTS, note, back),
    forWorker('POST', paths.SHIFT_REMOVALS, remove, back),
  ];
}

function declaredDay(relation: WorkRelation): DeclaredDay {
  const { periodId, startDate, endDate, agencyNumber, agencyName, cancelled } = relation;
  const hours = relation.startHour === null ? null : { start: relation.startHour, end: relation.endHour };
  return {
    periodId,
    startDate,
    endDate,
    agencyNumber,
    agencyName,
    userName: relation.userCompanyName,
    hours,
    cancelled,
  };
}
