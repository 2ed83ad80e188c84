import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Deliveries, deliveriesActions } from './deliveries/deliveries.actions.ts';
import { eboxWords, overviewLetter } from './deliveries/deliveries.pages.ts';
import { type DeliveriesStore, deliveriesStore } from './deliveries/deliveries.store.ts';
import type { Parcel } from './deliveries/delivery.ts';
import { ownerScope } from './identity/visitor.ts';
import { type Addresses, addressActions } from './mail/address.actions.ts';
import { codeLetter } from './mail/address.pages.ts';
import { type AddressStore, addressStore } from './mail/address.store.ts';
import { printed } from './mail/letter.pages.ts';
import type { Losses, Writers } from './mail/letter.ts';
import { type Mail, mailActions } from './mail/mail.actions.ts';
import { fileNameOf } from './overviews/paper.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import { type Ebox, openEbox } from './platform/ebox.ts';
import type { Jobs } from './platform/jobs.ts';
import { openSmtp } from './platform/smtp.ts';

/** The part of the house that sends. */
export interface Sending {
  /** Letters to workers, and the addresses they go to. */
  mail: Mail;
  addresses: Addresses;
  addressStore: AddressStore;
  /** Sendings of overviews. */
  deliveries: Deliveries;
  deliveriesStore: DeliveriesStore;
  /** null: not set up here. */
  ebox: Ebox | null;
}

interface Ground {
  config: Config;
  db: Database;
  jobs: Jobs;
  publicUrl: string;
  secret: string;
  clock: Clock;
  log: Logger;
  /** Of the rooms: what each kind of letter says. */
  writers: Writers;
  /** Of the rooms: what they note of letters that do not arrive. */
  losses: Losses;
}

export function sendingOf({ config, db, jobs, publicUrl, secret, clock, log, writers, losses }: Ground): Sending {
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  const smtp = url && from ? openSmtp({ url, from, requireTls: config.mode === 'serve' }) : null;
  const addresses = addressStore(db);
  /** The address is looked up when it goes: who changed his meanwhile gets it there. */
  const post = async (parcel: Parcel, pdf: Buffer): Promise<boolean> => {
    const known = await addresses.confirmed(ownerScope(parcel.workerId));
    if (!smtp || !known) return false;
    const { language: lang, key: id, attach } = parcel;
    const words = printed(lang, overviewLetter(lang, parcel, publicUrl));
    const fileName = fileNameOf(parcel.overview?.madeAt ?? clock.now());
    const file = attach ? { attachment: { fileName, type: 'application/pdf', body: pdf } } : {};
    await smtp.post({ id, to: known.address, lang, at: clock.now(), ...words, ...file });
    return true;
  };
  const store = deliveriesStore(db);
  const ebox = eboxOf(config);
  const ways = { mail: smtp ? post : null, ebox, titled: eboxWords };
  const letters = { smtp, jobs, printed, clock };
  return {
    mail: mailActions({ ...letters, addresses, writers, losses, publicUrl, log }),
    addresses: addressActions({ ...letters, db, store: addresses, secret, letter: codeLetter }),
    addressStore: addresses,
    deliveries: deliveriesActions({ db, store, jobs, clock, ...ways }),
    deliveriesStore: store,
    ebox,
  };
}

function eboxOf(config: Config): Ebox | null {
  const { EBOX_URL: url, EBOX_TOKEN_URL: tokenUrl, EBOX_CLIENT_ID: clientId, EBOX_KEY: keyFile } = config;
  const { EBOX_SENDER: enterpriseNumber, EBOX_APPLICATION: application, EBOX_MESSAGE_TYPE: messageType } = config;
  if (!url || !tokenUrl || !clientId || !keyFile || !enterpriseNumber || !application || !messageType) return null;
  const sender = { enterpriseNumber, application, messageType };
  return openEbox({ url: url.replace(/\/$/, ''), tokenUrl, clientId, keyFile, sender, scope: config.EBOX_SCOPE });
}
