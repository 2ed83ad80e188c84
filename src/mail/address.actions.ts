import { randomUUID } from 'node:crypto';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Smtp } from '../platform/smtp.ts';
import type { Lang } from '../web/language.ts';
import type { AddressStore } from './address.store.ts';
import { type Asked, asAddress, CODE_MINUTES, codeOf, isCode, MOST_CODES, type Typed } from './address.ts';
import type { Letter } from './letter.ts';

export interface Addresses {
  /** Posts a code to the address. It counts for an hour and takes the place of codes before it. */
  ask(visitor: SignedInWorker, typed: unknown, lang: Lang): Promise<Asked>;
  /** Confirms the address that the last code went to, if the code is right. */
  confirm(visitor: SignedInWorker, typed: unknown, requestId: string): Promise<Typed>;
  /** From now on nothing is sent to him. */
  remove(visitor: SignedInWorker, requestId: string): Promise<void>;
  sweep(): Promise<void>;
}

interface Tools {
  db: Database;
  store: AddressStore;
  jobs: Jobs;
  /** null: no mail server is set. */
  smtp: Smtp | null;
  secret: string;
  clock: Clock;
  letter(lang: Lang, code: string, minutes: number): Letter;
  printed(lang: Lang, letter: Letter): { subject: string; text: string; html: string };
}

export function addressActions({ db, store, jobs, smtp, secret, clock, letter, printed }: Tools): Addresses {
  const ago = (hours: number) => Temporal.Instant.from(clock.now()).subtract({ hours }).toString();

  jobs.does('address-code', {
    async run({ data: { confirmation: id } }) {
      const one = await store.toPost(id, clock.now());
      if (!smtp || !one) return;
      const { address: to, language: lang, requestedAt: at } = one;
      const words = printed(lang, letter(lang, codeOf(id, secret), CODE_MINUTES));
      await smtp.post({ id, to, lang, at, ...words });
    },
  });

  const row = (visitor: SignedInWorker, act: string, requestId: string) =>
    ({
      at: clock.now(),
      actor: actorOf(visitor),
      subject: visitor.insz,
      purpose: 'address',
      channel: 'screen',
      detail: { act },
      requestId,
    }) as const;

  return {
    async ask(visitor, typed, language) {
      const address = asAddress(typed);
      if (!smtp || !address) return smtp ? 'invalid' : 'off';
      const id = randomUUID();
      const now = clock.now();
      const expiresAt = Temporal.Instant.from(now).add({ minutes: CODE_MINUTES }).toString();
      return db.transaction(async (tx) => {
        const scope = scopeOf(visitor);
        if ((await store.codesSince(tx, scope, address, ago(24))) >= MOST_CODES) return 'too-many';
        await store.ask(tx, scope, { id, address, language, expiresAt }, now);
        await jobs.enqueue(tx, 'address-code', { confirmation: id });
        return 'sent';
      });
    },

    async confirm(visitor, typed, requestId) {
      return db.transaction(async (tx) => {
        const tried = await store.tryCode(tx, scopeOf(visitor), clock.now());
        if (!tried) return 'expired';
        if (!isCode(typed, tried.id, secret)) return tried.triesLeft > 0 ? 'wrong' : 'expired';
        await store.confirm(tx, scopeOf(visitor), tried, clock.now());
        await recordAccess(tx, row(visitor, 'confirmed', requestId));
        return 'confirmed';
      });
    },

    async remove(visitor, requestId) {
      await db.transaction(async (tx) => {
        if (await store.remove(tx, scopeOf(visitor))) await recordAccess(tx, row(visitor, 'removed', requestId));
      });
    },

    sweep: () => store.sweep(ago(25)),
  };
}
