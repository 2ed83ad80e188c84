import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import {
  type AgencyScope,
  type AgencyStaff,
  agencyScopeOf,
  type SignedInWorker,
  scopeOf,
} from '../identity/visitor.ts';
import type { News } from '../notices/notice.ts';
import type { Database } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Tables } from '../platform/tables.ts';
import type { WorkRelation } from '../relations/relation.ts';
import type { DeskReportsStore } from './desk.store.ts';
import type { Drafts } from './drafts.actions.ts';
import type { DraftsStore } from './drafts.store.ts';
import {
  type DeskReport,
  dueOn,
  isOpen,
  LONGEST,
  MOST_A_DAY,
  newsOf,
  periodsOf,
  TooManyReports,
  type WholeReport,
} from './report.ts';
import type { ReportsStore } from './reports.store.ts';

/** The request behind an act of looking. */
export type Look = { visitor: AgencyStaff; now: string; today: string; request: { id: string } };

type Moment = { now: string; today: string };

/** What a worker can do with a report that is not closed. */
export type Step = 'replied' | 'takenOn' | 'confirmed' | 'withdrawn';

export interface Reports {
  /** Sends a draft, once however often it is asked. @returns the report; false where the draft must be looked at again, null where there is none @throws TooManyReports */
  send(visitor: SignedInWorker, draftId: string, moment: Moment): Promise<string | false | null>;
  /** @returns false where there is no such report, or nothing can be done with it any more */
  step(visitor: SignedInWorker, id: string, step: { kind: Step; words?: string }, now: string): Promise<boolean>;
  /** The case is taken along as a file: one access row. */
  taken(visitor: SignedInWorker, id: string, moment: { now: string; requestId: string }): Promise<WholeReport | null>;
  desk(look: Look, open: boolean, after: string | null): Promise<DeskReport[]>;
  /** The first look of somebody of the agency is what the worker sees as seen. */
  seen(look: Look, id: string): Promise<{ report: WholeReport; relations: WorkRelation[] } | null>;
  /** How many wait for the agency, and how many of them beyond the term. Shows nobody. */
  waiting(visitor: AgencyStaff, today: string): Promise<{ open: number; overdue: number }>;
  answer(visitor: AgencyStaff, id: string, words: string, now: string): Promise<boolean>;
  /** What declarations answer, in the transaction of the job that came with them; once, however often it is asked. */
  declared(tx: Transaction<Tables>, declarationIds: string[], now: string): Promise<void>;
  /** Tells of terms that are over, once each. */
  sweep(moment: Moment): Promise<void>;
}

interface Tools {
  db: Database;
  store: ReportsStore;
  deskStore: DeskReportsStore;
  draftsStore: DraftsStore;
  drafts: Drafts;
  ofAgency(scope: AgencyScope, tx: Transaction<Tables>, periodId: string, today: string): Promise<WorkRelation | null>;
  tell(tx: Transaction<Tables>, news: News[]): Promise<void>;
  /** Of the room of workers: whether somebody waits for what is declared for him, after a change. */
  settle(tx: Transaction<Tables>, workerId: string): Promise<void>;
}

export function reportsActions({ db, store, deskStore, draftsStore, drafts, ofAgency, tell, settle }: Tools): Reports {
  async function shown(tx: Transaction<Tables>, { visitor, now, request }: Look, people: DeskReport[]): Promise<void> {
    await recordAccess(tx, {
      at: now,
      actor: actorOf(visitor),
      subject: people.map(({ person }) => person.insz),
      purpose: 'agency-view',
      channel: 'screen',
      resultCount: people.length,
      requestId: request.id,
    });
  }

  return {
    async send(visitor, draftId, moment) {
      const looked = await drafts.look(visitor, draftId, moment);
      if (looked === null) return null;
      if ('sent' in looked) return looked.sent;
      if ('opened' in looked) return false;
      const [scope, { now }, { told }] = [scopeOf(visitor), moment, looked.checked];
      return db.transaction(async (tx) => {
        const draft = await draftsStore.find(scope, tx, draftId, now, true);
        if (draft === null || draft.reportId !== null) return draft?.reportId ?? null;
        const yesterday = Temporal.Instant.from(now).subtract({ hours: 24 }).toString();
        if ((await store.sentSince(scope, tx, yesterday)) >= MOST_A_DAY) throw new TooManyReports();
        const id = newId();
        await store.insert(tx, { id, workerId: scope.workerId, told, now, dueOn: dueOn(now) });
        await store.happened(tx, id, { at: now, kind: 'sent', by: visitor.workerId });
        await draftsStore.sent(tx, draftId, id);
        await settle(tx, scope.workerId);
        return id;
      });
    },

    step(visitor, id, { kind, words = '' }, now) {
      return db.transaction(async (tx) => {
        const report = await store.find(scopeOf(visitor), tx, id, true);
        if (report === null || report.state === 'closed') return false;
        if (kind === 'replied' && words === '') return false;
        if (kind === 'takenOn' && report.takenOnAt !== null) return true;
        await store.happened(tx, id, { at: now, kind, by: visitor.workerId, words: words.slice(0, LONGEST) });
        if (kind === 'confirmed' || kind === 'withdrawn') {
          await store.update(tx, id, { state: 'closed' });
          await settle(tx, report.workerId);
        }
        if (kind === 'takenOn') await store.update(tx, id, { taken_on_at: now });
        // what was answered waits for the agency again, with a term of its own
        if (kind === 'replied' && report.state === 'answered')
          await store.update(tx, id, { state: 'sent', due_on: dueOn(now), reminded_at: null });
        return true;
      });
    },

    taken(visitor, id, { now, requestId }) {
      return db.transaction(async (tx) => {
        const report = await store.find(scopeOf(visitor), tx, id);
        if (report === null) return null;
        await recordAccess(tx, {
          at: now,
          actor: actorOf(visitor),
          subject: visitor.insz,
          purpose: 'export',
          channel: 'pdf',
          requestId,
        });
        return report;
      });
    },

    desk(look, open, after) {
      return db.transaction(async (tx) => {
        const found = await deskStore.desk(agencyScopeOf(look.visitor), tx, open, after);
        await shown(tx, look, found);
        return found;
      });
    },

    seen(look, id) {
      const scope = agencyScopeOf(look.visitor);
      return db.transaction(async (tx) => {
        const found = await store.find(scope, tx, id, true);
        if (found === null) return null;
        await shown(tx, look, [found]);
        if (found.state === 'sent') {
          await store.happened(tx, id, { at: look.now, kind: 'seen', by: look.visitor.workerId });
          await store.update(tx, id, { state: 'seen' });
        }
        const report = (await store.find(scope, tx, id)) ?? found;
        const relations: WorkRelation[] = [];
        for (const periodId of periodsOf(report)) {
          const relation = await ofAgency(scope, tx, periodId, look.today);
          if (relation) relations.push(relation);
        }
        return { report, relations };
      });
    },

    waiting: (visitor, today) => deskStore.waiting(agencyScopeOf(visitor), db.read, today),

    answer(visitor, id, words, now) {
      return db.transaction(async (tx) => {
        const report = await store.find(agencyScopeOf(visitor), tx, id, true);
        if (report === null || report.state === 'closed' || words === '') return false;
        const event = { at: now, kind: 'answered', by: visitor.workerId, words: words.slice(0, LONGEST) } as const;
        await store.happened(tx, id, event);
        await store.update(tx, id, { state: 'answered' });
        await tell(tx, [newsOf(report, now, now)]);
        return true;
      });
    },

    async declared(tx, declarationIds, at) {
      const linked = await store.link(tx, declarationIds, at);
      await tell(
        tx,
        linked.map((report) => newsOf(report, report.declarationId, at)),
      );
    },

    async sweep({ now, today }) {
      await db.transaction(async (tx) => {
        for (const report of (await store.overdue(tx, today)).filter(isOpen)) {
          await store.happened(tx, report.id, { at: now, kind: 'overdue', by: null });
          await store.update(tx, report.id, { reminded_at: now });
          await tell(tx, [newsOf(report, report.dueOn, now)]);
        }
      });
    },
  };
}
