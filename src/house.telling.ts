import type { Logger } from 'pino';
import type { Directory } from './enterprises/directory.ts';
import type { WorkerScope } from './identity/visitor.ts';
import type { Losses } from './mail/letter.ts';
import type { Mail } from './mail/mail.actions.ts';
import { eboxNotices } from './notices/ebox.actions.ts';
import { noticePaper } from './notices/ebox.pages.ts';
import { noticeLetter, unsubscribeLink } from './notices/letter.pages.ts';
import { NOTICE_CHANNELS, type NoticeChannel } from './notices/notice.ts';
import { type Notices, type NoticeWays, noticesActions } from './notices/notices.actions.ts';
import { type NoticesStore, noticesStore } from './notices/notices.store.ts';
import { telling } from './notices/told.actions.ts';
import { unsentNotices } from './notices/unsent.store.ts';
import type { PdfPool } from './overviews/pdf.pool.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import type { Ebox } from './platform/ebox.ts';
import type { Jobs } from './platform/jobs.ts';
import type { RelationsStore } from './relations/relations.store.ts';
import { deskReportsStore } from './reports/desk.store.ts';
import { type Drafts, draftsActions } from './reports/drafts.actions.ts';
import { draftsStore } from './reports/drafts.store.ts';
import { type Reports, reportsActions } from './reports/reports.actions.ts';
import { type ReportsStore, reportsStore } from './reports/reports.store.ts';
import { type Shifts, shiftsActions } from './shifts/shifts.actions.ts';
import { type ShiftsStore, shiftsStore } from './shifts/shifts.store.ts';
import { awaitedStore } from './workers/awaited.store.ts';

/** The part of the house in which worker and agency tell each other something: reports, shifts, notices. */
export interface Telling {
  reports: Reports;
  reportsStore: ReportsStore;
  reportDrafts: Drafts;
  shifts: Shifts;
  shiftsStore: ShiftsStore;
  /** Names of agencies and companies that a worker knows. */
  known(scope: WorkerScope): Promise<{ agencies: string[]; companies: string[] }>;
  notices: Notices;
  noticesStore: NoticesStore;
  /** Ways that this installation has to reach a worker. */
  noticeWays: NoticeChannel[];
}

interface Ground {
  db: Database;
  relations: RelationsStore;
  clock: Clock;
  secret: string;
}

type NoticeWriter = ReturnType<typeof telling>['letter'];

/** Who writes the letters of notices. */
export function noticeWriter(ground: Ground): NoticeWriter {
  const stores = { store: noticesStore, reports: reportsStore, shifts: shiftsStore };
  return telling({ ...ground, ...stores, letter: noticeLetter, unsubscribe: unsubscribeLink }).letter;
}

/** What is kept of notices by mail that do not arrive. */
export function noticeLoss({ db, clock }: Ground): NonNullable<Losses['notice']> {
  return ({ bundle }, why) => unsentNotices.lost(db.read, bundle, why, clock.now());
}

interface Tools extends Ground {
  jobs: Jobs;
  directory: Directory;
  mail: Mail;
  ebox: Ebox | null;
  /** Of notices. */
  letter: NoticeWriter;
  draw: PdfPool['renderPaper'];
  publicUrl: string;
  log: Logger;
}

export function tellingOf(ground: Tools): Telling {
  const { db, relations, clock, secret, jobs, directory, mail, ebox, letter } = ground;
  const ways: NoticeWays = {
    ...(mail.isOn && { mail: (tx, { id, workerId }) => mail.write(tx, workerId, 'notice', { bundle: id }, id) }),
    ...(ebox && {
      ebox: eboxNotices({ ...ground, ebox, store: noticesStore, unsent: unsentNotices, letter, paper: noticePaper }),
    }),
  };
  const { settle } = awaitedStore;
  const notices = noticesActions({ db, store: noticesStore, unsent: unsentNotices, secret, clock, ways, settle });
  const reportDrafts = draftsActions({ db, drafts: draftsStore, reports: reportsStore, directory, relations });
  const reports = reportsActions({
    db,
    store: reportsStore,
    deskStore: deskReportsStore,
    draftsStore,
    drafts: reportDrafts,
    ofAgency: relations.ofAgency,
    tell: notices.tell,
    settle,
  });
  jobs.does('tidings', {
    run: ({ data: { at, declarations } }) =>
      db.transaction(async (tx) => {
        await reports.declared(tx, declarations, at);
        await notices.declared(tx, declarations, at);
      }),
  });
  return {
    reports,
    reportsStore,
    reportDrafts,
    shifts: shiftsActions({ db, store: shiftsStore, tell: notices.tell }),
    shiftsStore,
    known: (scope) => draftsStore.known(scope, db.read),
    notices,
    noticesStore,
    noticeWays: NOTICE_CHANNELS.filter((channel) => ways[channel]),
  };
}
