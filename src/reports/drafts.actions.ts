import type { Directory } from '../enterprises/directory.ts';
import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { WorkRelation } from '../relations/relation.ts';
import {
  type Checked,
  type Company,
  hourFrom,
  kindOf,
  numberFrom,
  type Opened,
  type Typed,
  typedFrom,
  wrongsOf,
} from './draft.ts';
import type { DraftsStore } from './drafts.store.ts';
import type { Told } from './report.ts';
import type { ReportsStore } from './reports.store.ts';

export type Looked = { opened: Opened } | { checked: Checked } | { sent: string };

export interface Drafts {
  /** A form about a relation of his own or about an empty day; null where there is no such relation. */
  open(visitor: SignedInWorker, wish: { periodId: string | null; typed: Typed }, today: string): Promise<Opened | null>;
  keep(visitor: SignedInWorker, fields: Record<string, unknown>, now: string): Promise<string>;
  /** A draft of his own: the form again where something is wrong with it, else what would be sent. */
  look(visitor: SignedInWorker, id: string, moment: { now: string; today: string }): Promise<Looked | null>;
  /** The form of a draft again, as it was typed. */
  edit(visitor: SignedInWorker, id: string, moment: { now: string; today: string }): Promise<Opened | null>;
  sweep(now: string): Promise<void>;
}

interface Tools {
  db: Database;
  drafts: DraftsStore;
  reports: ReportsStore;
  directory: Directory;
  relations: {
    find(scope: WorkerScope, periodId: string, today: string): Promise<WorkRelation | null>;
    between(scope: WorkerScope, from: string, to: string, today: string): Promise<WorkRelation[]>;
  };
}

export const DRAFT_HOURS = 24;

export function draftsActions({ db, drafts, reports, directory, relations }: Tools): Drafts {
  /** Whom he means: the one he picked, or the only one of that name or number; several are to be picked from. */
  async function agencyOf(typed: Typed): Promise<{ agency: Company | null; choices: Company[] }> {
    const picked = numberFrom(typed.agencyNumber);
    const found = await drafts.agencies(db.read, picked ?? numberFrom(typed.agency), typed.agency);
    return found.length === 1 ? { agency: found[0] ?? null, choices: [] } : { agency: null, choices: found };
  }

  async function toldOf(typed: Typed, relation: WorkRelation | null, agency: Company | null): Promise<Told> {
    const number = numberFrom(typed.company);
    const company = number === null ? null : await directory.find(number);
    const kept = typed.company === '' ? relation : null;
    return {
      kind: kindOf(typed) ?? 'other',
      periodId: relation?.periodId ?? null,
      agencyNumber: relation?.agencyNumber ?? agency?.number ?? null,
      agencyName: relation ? (relation.agencyName ?? relation.agencyNumber) : (agency?.name ?? typed.agency),
      userNumber: kept ? kept.userNumber : number,
      userName: kept ? kept.userCompanyName : (company?.name ?? (number === null ? typed.company || null : null)),
      firstDay: typed.firstDay,
      lastDay: typed.lastDay === '' ? typed.firstDay : typed.lastDay,
      startHour: hourFrom(typed.startHour),
      endHour: hourFrom(typed.endHour),
      note: typed.note,
    };
  }

  return {
    async open(visitor, { periodId, typed: told }, today) {
      const scope = scopeOf(visitor);
      const relation = periodId === null ? null : await relations.find(scope, periodId, today);
      if (periodId !== null && relation === null) return null;
      const typed: Typed = {
        ...told,
        ...(relation && {
          period: relation.periodId,
          firstDay: relation.startDate,
          lastDay: relation.endDate ?? '',
          startHour: clock(relation.startHour),
          endHour: clock(relation.endHour),
        }),
      };
      return { typed, relation, known: await drafts.known(scope, db.read), choices: [], wrongs: [] };
    },

    async keep(visitor, fields, now) {
      const id = newId();
      const expiresAt = Temporal.Instant.from(now).add({ hours: DRAFT_HOURS }).toString();
      const draft = { id, typed: typedFrom(fields), now, expiresAt };
      await db.transaction((tx) => drafts.keep(scopeOf(visitor), tx, draft));
      return id;
    },

    async look(visitor, id, { now, today }) {
      const scope = scopeOf(visitor);
      const draft = await drafts.find(scope, db.read, id, now);
      if (draft === null) return null;
      if (draft.reportId !== null) return { sent: draft.reportId };
      const { typed } = draft;
      const relation = typed.period === '' ? null : await relations.find(scope, typed.period, today);
      if (typed.period !== '' && relation === null) return null;
      const { agency, choices } = relation ? { agency: null, choices: [] } : await agencyOf(typed);
      const wrongs = wrongsOf(typed, today);
      if (choices.length > 0) wrongs.push({ field: 'agencyNumber', fault: 'agencyMany' });
      if (wrongs.length > 0)
        return { opened: { typed, relation, known: await drafts.known(scope, db.read), choices, wrongs } };
      const told = await toldOf(typed, relation, agency);
      const near = relation ? [] : await relations.between(scope, told.firstDay, told.lastDay, today);
      return {
        checked: {
          told,
          answers: told.agencyNumber !== null && (await drafts.answers(db.read, told.agencyNumber)),
          alike: await reports.alike(scope, db.read, told),
          declared: near.filter(
            ({ agencyNumber, cancelled }) => !cancelled && [null, agencyNumber].includes(told.agencyNumber),
          ),
        },
      };
    },

    async edit(visitor, id, { now, today }) {
      const scope = scopeOf(visitor);
      const draft = await drafts.find(scope, db.read, id, now);
      if (draft === null) return null;
      const { typed } = draft;
      const relation = typed.period === '' ? null : await relations.find(scope, typed.period, today);
      return { typed, relation, known: await drafts.known(scope, db.read), choices: [], wrongs: [] };
    },

    sweep: (now) => drafts.expire(db.read, now),
  };
}

/** `HHMM` as a field of hours spells it. */
function clock(hhmm: string | null | undefined): string {
  return hhmm ? `${hhmm.slice(0, 2)}:${hhmm.slice(2)}` : '';
}
