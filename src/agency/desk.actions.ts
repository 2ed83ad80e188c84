import type { Transaction } from 'kysely';
import { type Access, recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { type AgencyScope, type AgencyStaff, agencyScopeOf } from '../identity/visitor.ts';
import { addDays, dayNumber } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { RelationsStore } from '../relations/relations.store.ts';
import { dashboardStore } from './dashboard.store.ts';
import { declarationsStore } from './declarations.store.ts';
import {
  type Chosen,
  type DeskChoices,
  type DeskRow,
  type DeskTable,
  MOST_EXPORTED,
  MOST_NAMESAKES,
  type OneDeclaration,
  type Week,
} from './declarations.ts';
import type { DeskFilter } from './filter.ts';
import { peopleStore } from './people.store.ts';
import { refusedStore } from './refused.store.ts';
import type { Search } from './search.ts';

/** The request behind an act of looking. */
export interface Look {
  visitor: AgencyStaff;
  today: string;
  now: string;
  request: { id: string };
}

/** What a search leads to; null: nobody and nothing of this agency, 'many': too many people of that name to show. */
export type Hit = { workerId: string } | { declarationId: string } | { name: string } | 'many' | null;

export interface Desk {
  /** How many each filter finds, and the last weeks up to today's. Shows nobody. */
  dashboard(look: Look, filters: DeskFilter[]): Promise<{ counts: number[]; weeks: Week[] }>;
  table(look: Look, filter: DeskFilter): Promise<DeskTable & { choices: DeskChoices; chosen: Chosen }>;
  /** `again`: seq of a refused one → the accepted declaration that put it right. */
  refused(look: Look, filter: DeskFilter): Promise<DeskTable & { again: Map<string, string> }>;
  one(look: Look, declarationId: string): Promise<OneDeclaration | null>;
  search(look: Look, search: Search): Promise<Hit>;
  /** How many a file would hold, no further than the table counts, and the names of what was chosen. */
  counted(look: Look, filter: DeskFilter): Promise<{ total: number; chosen: Chosen }>;
  /** Every row of the filter, at most MOST_EXPORTED. */
  taken(look: Look, filter: DeskFilter): Promise<DeskRow[]>;
}

const WEEKS = 26;

export function deskActions(db: Database, relations: RelationsStore): Desk {
  /** Looking is an act: one row for everybody on the page, in the transaction that read them. */
  async function seen(
    tx: Transaction<Tables>,
    look: Look,
    rows: DeskRow[],
    taken: Partial<Access> = {},
  ): Promise<void> {
    const { visitor, now, request } = look;
    await recordAccess(tx, {
      at: now,
      actor: actorOf(visitor),
      subject: rows.flatMap(({ person }) => person.insz ?? []),
      purpose: 'agency-view',
      channel: 'screen',
      resultCount: rows.length,
      requestId: request.id,
      ...taken,
    });
  }

  const chosenIn = async (scope: AgencyScope, tx: Transaction<Tables>, filter: DeskFilter): Promise<Chosen> => ({
    person: filter.worker === null ? null : await peopleStore.nameOf(scope, tx, filter.worker),
    users: filter.user.length === 0 ? new Map() : await dashboardStore.userNames(scope, tx, filter.user),
    isCut: filter.name !== null && (await peopleStore.byName(scope, tx, filter.name)).length > MOST_NAMESAKES,
  });

  return {
    dashboard({ visitor, today }, filters) {
      const scope = agencyScopeOf(visitor);
      return db.transaction(async (tx) => {
        const counts: number[] = [];
        for (const filter of filters) counts.push(await declarationsStore.count(scope, tx, filter, today));
        return { counts, weeks: await dashboardStore.weeks(scope, tx, mondaysTo(today)) };
      });
    },

    table(look, filter) {
      const scope = agencyScopeOf(look.visitor);
      return db.transaction(async (tx) => {
        const page = await declarationsStore.page(scope, tx, filter, look.today);
        const choices = await dashboardStore.choices(scope, tx);
        const chosen = await chosenIn(scope, tx, filter);
        await seen(tx, look, page.rows);
        return { ...page, choices, chosen };
      });
    },

    refused(look, filter) {
      const scope = agencyScopeOf(look.visitor);
      return db.transaction(async (tx) => {
        const page = await declarationsStore.page(scope, tx, filter, look.today);
        const again = await refusedStore.declaredAgain(
          scope,
          tx,
          page.rows.map(({ seq }) => seq),
        );
        await seen(tx, look, page.rows);
        return { ...page, again };
      });
    },

    one(look, declarationId) {
      const scope = agencyScopeOf(look.visitor);
      return db.transaction(async (tx) => {
        const declaration = await declarationsStore.find(scope, tx, declarationId);
        if (!declaration) return null;
        const { periodId, seq } = declaration;
        const relation = periodId === null ? null : await relations.ofAgency(scope, tx, periodId, look.today);
        const samePeriod = periodId === null ? [] : await declarationsStore.ofPeriod(scope, tx, periodId);
        const again = await refusedStore.declaredAgain(scope, tx, [seq]);
        await seen(tx, look, [declaration]);
        return { declaration, relation, samePeriod, again: again.get(seq) ?? null };
      });
    },

    search({ visitor }, search) {
      const scope = agencyScopeOf(visitor);
      return db.transaction(async (tx): Promise<Hit> => {
        if (search.kind === 'number') {
          const declarationId = await peopleStore.byNumber(scope, tx, search.number);
          return declarationId === null ? null : { declarationId };
        }
        if (search.kind === 'insz') {
          const { workerId, declarationId } = await peopleStore.byInsz(scope, tx, search.insz);
          if (workerId !== null) return { workerId };
          return declarationId === null ? null : { declarationId };
        }
        const found = await peopleStore.byName(scope, tx, search.name);
        if (found.length > MOST_NAMESAKES) return 'many';
        const [first, second] = found;
        if (first === undefined) return null;
        return second === undefined ? { workerId: first } : { name: search.name };
      });
    },

    counted({ visitor, today }, filter) {
      const scope = agencyScopeOf(visitor);
      return db.transaction(async (tx) => {
        const total = await declarationsStore.count(scope, tx, filter, today);
        return { total, chosen: await chosenIn(scope, tx, filter) };
      });
    },

    taken(look, filter) {
      // a file may take longer than a page: without the time limit of a visitor who waits
      return db.longTransaction(async (tx) => {
        const scope = agencyScopeOf(look.visitor);
        const rows = await declarationsStore.all(scope, tx, filter, look.today, MOST_EXPORTED);
        await seen(tx, look, rows, { purpose: 'agency-export', channel: 'csv' });
        return rows;
      });
    },
  };
}

/** Mondays of the last 26 weeks, this one included, and the Monday after. */
export function mondaysTo(today: string): string[] {
  const monday = addDays(today, -((dayNumber(today) + 3) % 7));
  return Array.from({ length: WEEKS + 1 }, (_, i) => addDays(monday, 7 * (i - WEEKS + 1)));
}
