import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Addresses, addressActions } from './mail/address.actions.ts';
import { codeLetter } from './mail/address.pages.ts';
import { type AddressStore, addressStore } from './mail/address.store.ts';
import { printed } from './mail/letter.pages.ts';
import type { Writers } from './mail/letter.ts';
import { type Mail, mailActions } from './mail/mail.actions.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import type { Jobs } from './platform/jobs.ts';
import { openSmtp } from './platform/smtp.ts';

/** The part of the house that sends. */
export interface Sending {
  /** Letters to workers, and the addresses they go to. */
  mail: Mail;
  addresses: Addresses;
  addressStore: AddressStore;
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
}

export function sendingOf({ config, db, jobs, publicUrl, secret, clock, log, writers }: Ground): Sending {
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  const smtp = url && from ? openSmtp({ url, from, requireTls: config.mode === 'serve' }) : null;
  const addresses = addressStore(db);
  const letters = { smtp, jobs, printed, clock };
  return {
    mail: mailActions({ ...letters, addresses, writers, publicUrl, log }),
    addresses: addressActions({ ...letters, db, store: addresses, secret, letter: codeLetter }),
    addressStore: addresses,
  };
}
