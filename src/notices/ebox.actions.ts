import type { Transaction } from 'kysely';
import type { EboxLanguage } from '../deliveries/delivery.ts';
import { fileNameOf, type Paper } from '../overviews/paper.ts';
import type { Database } from '../platform/db.ts';
import type { Ebox } from '../platform/ebox.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Tables } from '../platform/tables.ts';
import type { Bundle, NoticeLetter } from './notice.ts';
import type { NoticesStore } from './notices.store.ts';
import type { UnsentNotices } from './unsent.store.ts';

declare module '../platform/queues.ts' {
  interface JobData {
    /** A bundle that goes to an eBox. */
    'notice-ebox': { bundle: string };
  }
}

interface Tools {
  db: Database;
  store: NoticesStore;
  unsent: UnsentNotices;
  jobs: Jobs;
  ebox: Ebox;
  publicUrl: string;
  clock: { now(): string };
  log: { info(detail: object, message: string): void };
  letter(lang: EboxLanguage, about: { bundle: string }, sender: { publicUrl: string }): Promise<NoticeLetter | null>;
  paper(lang: EboxLanguage, letter: NoticeLetter, madeAt: string): Paper;
  draw(paper: Paper): Promise<Uint8Array>;
}

/**
 * Notices to the eBox, each bundle by a job of its own. The bundle's id is the registry's key: one that was kept there before the answer was
 * lost is not put in twice. Number and language are looked up when it goes.
 */
export function eboxNotices(tools: Tools): (tx: Transaction<Tables>, bundle: Bundle) => Promise<void> {
  const { db, store, unsent, jobs, ebox, publicUrl, clock, log } = tools;
  jobs.does('notice-ebox', {
    async run({ data: { bundle: key }, signal }) {
      const reader = await store.reader(db.read, key);
      const letter = reader && (await tools.letter(reader.language, { bundle: key }, { publicUrl }));
      if (!letter) return log.info({ bundle: key }, 'a notice to the eBox had nothing to say any more');
      const { insz, language: lang } = reader;
      const now = clock.now();
      const pdf = await tools.draw(tools.paper(lang, letter, now));
      await ebox.publish({ insz, lang, subject: letter.subject, fileName: fileNameOf(now), pdf, key }, signal);
    },
    gaveUp: ({ bundle: key }, why) => unsent.lost(db.read, key, why, clock.now()),
  });
  return (tx, { id }) => jobs.enqueue(tx, 'notice-ebox', { bundle: id });
}
