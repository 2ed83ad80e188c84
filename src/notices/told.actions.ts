import { ownerScope, type WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { WorkRelation } from '../relations/relation.ts';
import type { Report } from '../reports/report.ts';
import type { Shift } from '../shifts/shift.ts';
import type { Lang } from '../web/language.ts';
import type { Bundle, Notice, NoticeLetter, Told } from './notice.ts';
import type { NoticesStore } from './notices.store.ts';
import { unsubscribeSecret } from './secret.ts';

declare module '../mail/letter.ts' {
  interface Letters {
    notice: { bundle: string };
  }
}

interface Tools {
  db: Database;
  store: NoticesStore;
  relations: { find(scope: WorkerScope, periodId: string, today: string): Promise<WorkRelation | null> };
  reports: { find(scope: WorkerScope, at: Database['read'], id: string): Promise<Report | null> };
  shifts: { find(scope: WorkerScope, at: Database['read'], id: string): Promise<Shift | null> };
  clock: { today(): string };
  secret: string;
  letter(lang: Lang, bundle: Bundle, told: Told[], publicUrl: string): NoticeLetter | null;
  unsubscribe(
    lang: Lang,
    channel: Bundle['channel'],
    publicUrl: string,
    secret: string,
  ): { label: string; href: string };
}

export interface Telling {
  /** What a bundle says when it is sent; null when nothing of it is there any more. */
  letter(lang: Lang, about: { bundle: string }, sender: { publicUrl: string }): Promise<NoticeLetter | null>;
}

/** Writes what bundles say, at the moment they are sent. */
export function telling(tools: Tools): Telling {
  const { db, store, relations, reports, shifts, clock, secret } = tools;

  async function toldOf(notice: Notice): Promise<Told> {
    const scope = ownerScope(notice.workerId);
    const { kind, about } = notice;
    return {
      notice,
      relation: notice.declarationId === null ? null : await relations.find(scope, about, clock.today()),
      report: kind === 'report' ? await reports.find(scope, db.read, about) : null,
      shift: kind === 'missing' ? await shifts.find(scope, db.read, about) : null,
    };
  }

  return {
    async letter(lang, { bundle: id }, { publicUrl }) {
      const bundle = await store.whole(db.read, id);
      if (!bundle) return null;
      const told: Told[] = [];
      for (const notice of bundle.notices) told.push(await toldOf(notice));
      const letter = tools.letter(lang, bundle, told, publicUrl);
      const unsubscribe = tools.unsubscribe(lang, bundle.channel, publicUrl, unsubscribeSecret(secret, id));
      return letter && { ...letter, unsubscribe };
    },
  };
}
