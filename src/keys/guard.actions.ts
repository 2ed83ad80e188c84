import type { Transaction } from 'kysely';
import type { AttemptsStore } from '../identity/attempts.store.ts';
import { attemptsKey, counted, failedFrom, isBlocked, mustWait, networkOf, takenBack } from '../identity/attempts.ts';
import type { Tables } from '../platform/tables.ts';

type Tx = Transaction<Tables>;

/** What stops an entry before it is looked at: blocked for so many minutes, or too many failures from this address. */
export type Stopped = { kind: 'blocked'; minutes: number } | { kind: 'flood'; seconds: number };

/** An entry under way: it counts as wrong until it is taken back. */
export interface Entry {
  keys: Buffer[];
  address: Buffer | null;
}

/** Of whom an entry is: the account by what it is known by, the person, the address it comes from. */
export interface Guarded {
  account?: string;
  insz?: string;
  address?: string;
}

export type Guard = ReturnType<typeof guardActions>;

/** Counts entries of user names, passwords and codes before they are looked at. */
export function guardActions(store: AttemptsStore, secret: string) {
  const keysOf = ({ account, insz }: Guarded) => [
    ...(account === undefined ? [] : [attemptsKey('account', account, secret)]),
    ...(insz === undefined ? [] : [attemptsKey('insz', insz, secret)]),
  ];

  return {
    async begin(tx: Tx, of: Guarded, now: string): Promise<Entry | Stopped> {
      const keys = keysOf(of);
      const address = of.address === undefined ? null : attemptsKey('address', networkOf(of.address), secret);
      const known = await store.hold(tx, address ? [...keys, address] : keys, now);
      const seconds = address ? mustWait(known.at(-1) as (typeof known)[number], now) : 0;
      if (seconds > 0) return { kind: 'flood', seconds };
      const until = known
        .slice(0, keys.length)
        .flatMap((one) => (isBlocked(one, now) ? [one.blockedUntil ?? now] : []));
      if (until.length > 0) return { kind: 'blocked', minutes: minutesTo(until, now) };
      for (const [at, key] of keys.entries())
        await store.keep(tx, key, counted(known[at] as (typeof known)[number], now));
      return { keys, address };
    },

    /** It was right, and is forgotten; what was wrong before it is not. */
    async takeBack(tx: Tx, entry: Entry, now: string): Promise<void> {
      const known = await store.hold(tx, entry.keys, now);
      for (const [at, key] of entry.keys.entries())
        await store.keep(tx, key, takenBack(known[at] as (typeof known)[number]));
    },

    /** It was wrong. @returns minutes of the block that it led to; 0: none */
    async fail(tx: Tx, entry: Entry, now: string): Promise<number> {
      const all = entry.address ? [...entry.keys, entry.address] : entry.keys;
      const known = await store.hold(tx, all, now);
      if (entry.address) await store.keep(tx, entry.address, failedFrom(known.at(-1) as (typeof known)[number], now));
      const until = known
        .slice(0, entry.keys.length)
        .flatMap((one) => (isBlocked(one, now) ? [one.blockedUntil ?? now] : []));
      return until.length === 0 ? 0 : minutesTo(until, now);
    },

    /** All is well, or somebody who may says so. @returns whether anything was held against him */
    async forgive(tx: Tx, of: Guarded): Promise<boolean> {
      return (await store.forgive(tx, keysOf(of))) > 0;
    },

    sweep: (tx: Tx, now: string): Promise<void> => store.sweep(tx, now),
  };
}

function minutesTo(instants: string[], now: string): number {
  const last = Math.max(...instants.map((instant) => Date.parse(instant)));
  return Math.max(1, Math.ceil((last - Date.parse(now)) / 60_000));
}
