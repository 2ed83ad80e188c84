import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import { ownerScope } from '../identity/visitor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Smtp } from '../platform/smtp.ts';
import type { Tables } from '../platform/tables.ts';
import type { Lang } from '../web/language.ts';
import type { AddressStore } from './address.store.ts';
import type { Letter, LetterKind, Letters, Loss, Losses, Writer, Writers } from './letter.ts';

export interface Mail {
  /** Whether this installation sends mail at all. */
  isOn: boolean;
  /**
   * One more part of a transaction: a letter to the worker's confirmed address, in the language he confirmed it in. A worker without one
   * gets none. `id` makes its Message-ID: one that is begun anew keeps it. A single statement puts it in with `enqueue_job('mail', …)` and
   * data `{id: a new uuid, worker, kind, about}`.
   */
  write<K extends LetterKind>(
    tx: Transaction<Tables>,
    worker: string,
    kind: K,
    about: Letters[K],
    id?: string,
  ): Promise<void>;
}

interface Tools {
  /** null: no mail server is set. */
  smtp: Smtp | null;
  jobs: Jobs;
  addresses: AddressStore;
  writers: Writers;
  losses: Losses;
  printed(lang: Lang, letter: Letter): { subject: string; text: string; html: string };
  publicUrl: string;
  clock: Clock;
  log: Logger;
}

/** Sends letters, each by a job of its own. */
export function mailActions({ smtp, jobs, addresses, writers, losses, printed, publicUrl, clock, log }: Tools): Mail {
  const lost = (kind: LetterKind, about: object, why: Loss) =>
    (losses[kind] as ((about: object, why: Loss) => Promise<void>) | undefined)?.(about, why);

  jobs.does('mail', {
    async run({ data: { id, worker, kind, about } }) {
      const known = await addresses.confirmed(ownerScope(worker));
      if (!known) await lost(kind, about, 'no-address');
      const write = writers[kind] as Writer<object> | undefined;
      const letter = known && write ? await write(known.language, about, { publicUrl }) : null;
      if (!smtp || !known || !letter) return log.info({ kind }, 'a letter had nowhere to go, or nothing to say');
      const unsubscribe = letter.unsubscribe ? { unsubscribe: letter.unsubscribe.href } : {};
      const { address: to, language: lang } = known;
      await smtp.post({ id, to, lang, at: clock.now(), ...printed(lang, letter), ...unsubscribe });
    },
    gaveUp: async ({ kind, about }, why) => lost(kind, about, why),
  });

  return {
    isOn: smtp !== null,
    async write(tx, worker, kind, about, id = randomUUID()) {
      await jobs.enqueue(tx, 'mail', { id, worker, kind, about });
    },
  };
}
