import type pg from 'pg';
import type { Logger } from 'pino';
import { type Sealing, sealingStore } from './access/sealing.store.ts';
import { type SeenStore, seenStore } from './access/seen.store.ts';
import { type Desk, deskActions } from './agency/desk.actions.ts';
import { type StaffActions, staffActions } from './agency/staff.actions.ts';
import { staffStore } from './agency/staff.store.ts';
import { type Verifications, verifications } from './agency/verifications.actions.ts';
import type { Config } from './config.ts';
import { batchesActions } from './declarations/batches.actions.ts';
import { batchesStore } from './declarations/batches.store.ts';
import type { Batches } from './declarations/batches.ts';
import { type Intake, intake } from './declarations/declarations.actions.ts';
import { declarationsStore } from './declarations/declarations.store.ts';
import { type Forms, formActions } from './declarations/form.actions.ts';
import { formStore } from './declarations/form.store.ts';
import { unsent } from './deliveries/unsent.store.ts';
import { type Dossier, dossierActions } from './dossier/dossier.actions.ts';
import { readmeText } from './dossier/dossier.pages.ts';
import { directoryStore } from './enterprises/directory.store.ts';
import type { Directory } from './enterprises/directory.ts';
import { type Feeds, feedsActions } from './feeds/feeds.actions.ts';
import { proxiesOf, trustOf } from './house.cards.ts';
import { type KeysGround, keysOf } from './house.keys.ts';
import { type Sending, sendingOf } from './house.sending.ts';
import { noticeLoss, noticeWriter, type Telling, tellingOf } from './house.telling.ts';
import { type ClientsStore, clientsStore } from './identity/clients.store.ts';
import { type Csam, csamOf } from './identity/methods/csam.ts';
import type { CardTrust } from './identity/methods/trust.ts';
import { type SessionsStore, sessionsStore } from './identity/sessions.store.ts';
import type { Keys } from './keys/keys.actions.ts';
import { keysLetter } from './keys/letter.pages.ts';
import { type Overviews, overviewsActions } from './overviews/overviews.actions.ts';
import { type OverviewsStore, overviewsStore } from './overviews/overviews.store.ts';
import { overviewDocument } from './overviews/pdf.pages.ts';
import { createPdfPool, type PdfPool } from './overviews/pdf.pool.ts';
import type { Seal } from './overviews/seal.ts';
import { type Verification, verificationActions } from './overviews/verification.actions.ts';
import { type Clock, clockFrom } from './platform/clock.ts';
import { type Database, openDatabase } from './platform/db.ts';
import { type Jobs, openJobs } from './platform/jobs.ts';
import { createLog } from './platform/log.ts';
import { projectionStore } from './relations/projection.store.ts';
import { type RelationsStore, relationsStore } from './relations/relations.store.ts';
import { type SearchStore, searchStore } from './relations/search.store.ts';
import { deskReportsStore } from './reports/desk.store.ts';
import { type Support, supportActions } from './support/support.actions.ts';
import { supportStore } from './support/support.store.ts';
import { type Assets, loadAssets } from './web/assets.ts';
import { type PersonStore, personStore } from './workers/person.store.ts';

/** Everything the rooms are handed, made once, here. */
export interface House extends Sending, Telling {
  config: Config;
  clock: Clock;
  log: Logger;
  db: Database;
  jobs: Jobs;
  publicUrl: string;
  /** Keys the hashes of session tokens. */
  secret: string;
  assets: Assets;
  sessions: SessionsStore;
  keys: Keys;
  clients: ClientsStore;
  search: SearchStore;
  relations: RelationsStore;
  intake: Intake;
  batches: Batches;
  directory: Directory;
  forms: Forms;
  staff: StaffActions;
  persons: PersonStore;
  desk: Desk;
  verifications: Verifications;
  drawPaper: PdfPool['renderPaper'];
  overviews: Overviews;
  support: Support;
  sealing: Sealing;
  seen: SeenStore;
  overviewsStore: OverviewsStore;
  verification: Verification;
  feeds: Feeds;
  dossier: Dossier;
  pdf: PdfPool;
  /** Whose cards are accepted, and by which rules. */
  cards: CardTrust;
  /** Whether a peer's address is that of a proxy in front of us. */
  isProxy(address: string): boolean;
  /** null where CSAM is not set up. */
  csam: Csam | null;
  /** Address of the virtual card; only ever set by the demo and by tests. */
  cardUrl: string | null;
  close(): Promise<void>;
}

export interface Ground extends KeysGround {
  config: Config;
  connection: pg.ClientConfig;
  publicUrl: string;
  /** Folders of certificates that eID cards may chain to. */
  trust: string[];
  cardUrl?: string | null;
  /** Put on every overview; none where there is none. */
  seal?: Seal | null;
  /** Threads that draw and seal; by default its own, ready from the start. */
  drawing?: PdfPool;
  log?: Logger;
}

export function buildHouse(ground: Ground): House {
  const { config, publicUrl, secret } = ground;
  const log = ground.log ?? createLog(config.LOG_LEVEL);
  const clock = clockFrom(config.PORTAL_NOW);
  const cards = trustOf(config, { folders: ground.trust, clock, log });
  const db = openDatabase({ connection: ground.connection, log });
  const jobs = openJobs({ db, connection: ground.connection, log });
  const relations = relationsStore(db);
  const pdf =
    ground.drawing ??
    createPdfPool({
      size: 2,
      maxQueue: 50,
      seal: ground.seal ?? null,
      onThreadError: (error) => log.error({ err: error }, 'a drawing thread died'),
    });
  const overviews = overviewsActions({
    db,
    relations,
    document: overviewDocument,
    publicUrl,
    verifyDays: config.VERIFY_DAYS,
    pool: pdf,
    clock,
    log,
  });
  const door = intake(db, declarationsStore, projectionStore);
  const batches = batchesActions({ db, store: batchesStore, intake: door, clock, log });
  const directory = directoryStore(db);
  const told = { db, relations, clock, secret };
  const writers = { notice: noticeWriter(told), keys: keysLetter };
  const losses = { notice: noticeLoss(told) };
  const sending = sendingOf({ config, db, jobs, publicUrl, secret, clock, log, writers, losses });
  const keys = keysOf(ground, { db, mail: sending.mail });
  const ways = { ...told, ...sending, jobs, directory, publicUrl, log };
  const telling = tellingOf({ ...ways, letter: writers.notice, draw: pdf.renderPaper });
  return {
    config,
    clock,
    log,
    db,
    jobs,
    publicUrl,
    secret,
    relations,
    overviews,
    pdf,
    assets: loadAssets(),
    sessions: sessionsStore(db),
    keys,
    clients: clientsStore(db),
    search: searchStore(db),
    intake: door,
    batches,
    directory,
    forms: formActions({ db, store: formStore, intake: door, directory, reported: deskReportsStore.reported }),
    persons: personStore,
    staff: staffActions(db, staffStore, personStore),
    desk: deskActions(db, relations),
    verifications: verifications(db),
    ...sending,
    ...telling,
    drawPaper: pdf.renderPaper,
    overviewsStore: overviewsStore(db),
    support: supportActions(db, supportStore, {
      log,
      keptDays: config.KEEP_LOOKUPS_DAYS,
      unlock: keys.accounts.unlock,
      sendings: { delivery: { unsent, resend: sending.deliveries.resend }, notice: telling.notices },
    }),
    verification: verificationActions(db),
    feeds: feedsActions(db),
    dossier: dossierActions({ db, log, relations: relations.whole, readme: readmeText }),
    sealing: sealingStore(db),
    seen: seenStore(db),
    cards,
    isProxy: proxiesOf(config),
    csam: csamOf(config, publicUrl),
    cardUrl: ground.cardUrl ?? null,
    async close() {
      await jobs.close();
      await Promise.all([overviews.settled(), batches.settled()]);
      await pdf.close();
      await db.close();
    },
  };
}
