import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import type { Directory, NamedEnterprise } from '../enterprises/directory.ts';
import { type AgencyScope, type AgencyStaff, agencyScopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { isEnterpriseNumber } from '../platform/ids.ts';
import type { Tables } from '../platform/tables.ts';
import type { Intake } from './declarations.actions.ts';
import type { About } from './declarations.batch.ts';
import { emptyForm, faultsOf, formAgain, formOn } from './form.filled.ts';
import {
  type Ended,
  endOf,
  type Judged,
  type Opened,
  periodSpokenOf,
  type Receipt,
  refusalOf,
  subjectOf,
  writerOf,
} from './form.judged.ts';
import { inszAs, numberAs } from './form.spelling.ts';
import type { FormStore } from './form.store.ts';
import { declarationOf, type Filled, type FormKind, type Values } from './form.ts';

/** When it happens and by which request. */
interface Moment {
  now: string;
  requestId: string;
}

export interface Forms {
  /** A form to begin with; null where it speaks of what is not the agency's own. */
  open(
    visitor: AgencyStaff,
    wish: { kind: FormKind; periodId: string; again: string | null; report: string | null },
    moment: Moment,
  ): Promise<Opened | null>;
  /** Keeps a form. @returns its draft's id */
  keep(visitor: AgencyStaff, filled: Filled, now: string): Promise<string>;
  /** A draft of the visitor's own with what the intake would answer; null where there is none. */
  look(visitor: AgencyStaff, draftId: string, moment: Moment): Promise<Judged | Ended | null>;
  /** Declares what a draft says, once however often it is sent. @returns false where it must be looked at again first, null where there is none */
  send(visitor: AgencyStaff, draftId: string, now: string): Promise<Ended | false | null>;
  receipt(visitor: AgencyStaff, declarationId: string, moment: Moment): Promise<Receipt | null>;
  sweep(now: string): Promise<void>;
}

interface Tools {
  db: Database;
  store: FormStore;
  intake: Intake;
  directory: Directory;
  /** What a worker's report tells of the declaration that would mend it; null where the agency has no such report. */
  reported(scope: AgencyScope, tx: Transaction<Tables>, reportId: string): Promise<Partial<Values> | null>;
}

export const DRAFT_HOURS = 2;

export function formActions({ db, store, intake, directory, reported }: Tools): Forms {
  const aboutOf = ({ workerId }: AgencyStaff, now: string): About => ({
    channel: 'form',
    now,
    sender: `staff:${workerId}`,
  });

  return {
    async open(visitor, { kind, periodId, again, report }, moment) {
      const opened = await db.transaction(async (tx) => {
        const scope = agencyScopeOf(visitor);
        const told = report === null ? {} : await reported(scope, tx, report);
        if (told === null) return null;
        const earlier = again === null ? null : await store.declared(tx, scope, again);
        if (again !== null && earlier === null) return null;
        const spokenOf = earlier ? periodSpokenOf(earlier) : kind === 'IN' ? null : periodId;
        const standing = spokenOf === null ? null : await store.standing(tx, scope, spokenOf);
        if (spokenOf !== null && standing === null) return null;
        const filled = earlier
          ? formAgain(earlier.declaration, standing)
          : standing
            ? formOn(kind, standing)
            : emptyForm(told);
        await shown(tx, visitor, standing?.insz ?? earlier?.insz ?? told.insz ?? null, moment);
        return filled === null ? null : { filled, standing };
      });
      return opened === null ? null : { ...opened, company: await companyOf(opened.filled.values.userNumber) };
    },

    async keep(visitor, filled, now) {
      const id = randomBytes(16).toString('base64url');
      const expiresAt = Temporal.Instant.from(now).add({ hours: DRAFT_HOURS }).toString();
      await db.transaction((tx) => store.keep(tx, writerOf(visitor), { id, filled, now, expiresAt }));
      return id;
    },

    async look(visitor, draftId, moment) {
      const { now } = moment;
      const found = await db.transaction(async (tx) => {
        const drawn = await drawnOf(tx, visitor, draftId, now);
        if (drawn === null || 'ended' in drawn) return drawn;
        const insz = drawn.standing?.insz ?? inszAs(drawn.filled.values.insz);
        await shown(tx, visitor, insz, moment);
        return { ...drawn, known: await store.knownName(tx, agencyScopeOf(visitor), insz) };
      });
      if (found === null || 'ended' in found) return found;
      const { answer, ...form } = found;
      const about = { agencyNumber: visitor.agencyNumber, receivedAt: now };
      const declaration = declarationOf(form.filled, about, form.standing);
      const foreseen = answer === null ? await intake.preview(declaration, aboutOf(visitor, now)) : null;
      return {
        ...form,
        company: await companyOf(form.filled.values.userNumber),
        declaration,
        faults: faultsOf(form.filled, form.standing),
        codes: foreseen ? refusalOf(foreseen, declaration) : (answer?.anomalies ?? []),
        change: foreseen?.change ?? null,
      };
    },

    async send(visitor, draftId, now) {
      const drawn = await db.transaction((tx) => drawnOf(tx, visitor, draftId, now));
      if (drawn === null || 'ended' in drawn) return drawn;
      const { filled, standing, answer: earlier } = drawn;
      if (earlier !== null || faultsOf(filled, standing).length > 0) return false;
      const about = { agencyNumber: visitor.agencyNumber, receivedAt: now };
      const declaration = declarationOf(filled, about, standing);
      // its key: sent twice at one moment, the ledger holds it once, and both are answered alike
      const sent = [{ declaration, sourceKey: `draft:${draftId}` }];
      const [answer] = await intake.receive(sent, aboutOf(visitor, now));
      if (!answer) throw new Error('a declaration was not answered');
      await db.transaction((tx) => store.sent(tx, writerOf(visitor), draftId, answer));
      return answer.result === 'B' ? false : { ended: 'sent', declarationId: answer.declarationId };
    },

    async receipt(visitor, declarationId, moment) {
      const found = await db.transaction(async (tx) => {
        const scope = agencyScopeOf(visitor);
        const declared = await store.declared(tx, scope, declarationId);
        if (declared === null) return null;
        const { periodId } = declared.declaration;
        const standing = periodId === undefined ? null : await store.standing(tx, scope, periodId);
        const insz = standing?.insz ?? declared.insz;
        await shown(tx, visitor, insz, moment);
        return { ...declared, insz, standing, known: insz === null ? null : await store.knownName(tx, scope, insz) };
      });
      const number = found?.declaration.userCompany?.enterpriseNumber ?? '';
      return found === null ? null : { ...found, company: await companyOf(number) };
    },

    sweep: (now) => db.transaction((tx) => store.expire(tx, now)),
  };

  /** A draft of the visitor's own with the period it speaks of; null where one of them is not his to see. */
  async function drawnOf(tx: Transaction<Tables>, visitor: AgencyStaff, draftId: string, now: string) {
    const draft = await store.find(tx, writerOf(visitor), draftId);
    if (draft === null) return null;
    const ended = endOf(draft, now);
    if (ended) return ended;
    const filled = draft.filled as Filled;
    const isChange = filled.kind !== 'IN';
    const standing = isChange ? await store.standing(tx, agencyScopeOf(visitor), filled.periodId) : null;
    return isChange && standing === null ? null : { filled, standing, answer: draft.answer };
  }

  async function companyOf(typed: string): Promise<NamedEnterprise | null> {
    const number = numberAs(typed);
    return isEnterpriseNumber(number) ? directory.find(number) : null;
  }
}

/** A form that names a person shows him: one row, in the transaction that reads. */
async function shown(
  tx: Transaction<Tables>,
  visitor: AgencyStaff,
  insz: string | null,
  moment: Moment,
): Promise<void> {
  const subject = subjectOf(insz, moment.now);
  if (subject === null) return;
  await recordAccess(tx, {
    at: moment.now,
    actor: actorOf(visitor),
    subject,
    purpose: 'declare',
    channel: 'screen',
    requestId: moment.requestId,
  });
}
