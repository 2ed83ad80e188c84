import { createHash } from 'node:crypto';

/** A link of a month's chain as the database holds it, and what it says of the row now. */
export interface Link {
  number: number;
  /** Seconds of the epoch, as the database spells them: part of what is sealed. */
  sealedAt: string;
  seal: Buffer;
  about:
    | { row: string; at: string /** null: the row is not there. */; text: string | null }
    | { month: string; number: number; seal: Buffer /** null: that chain has no such link. */; stands: Buffer | null };
}

/** What is not as it was when it was sealed, in words for an operator. */
export interface Broken {
  month: string;
  row: string | null;
  what: string;
}

/** The beginning of a month's chain; `month` is `YYYY-MM`. */
export function beginning(month: string): Buffer {
  return createHash('sha256').update(`access ${month}`).digest();
}

export function sealOf(before: Buffer, { number, sealedAt }: Pick<Link, 'number' | 'sealedAt'>, said: string): Buffer {
  return createHash('sha256').update(before).update(`${number} ${sealedAt} ${said}`).digest();
}

/** Walks one month's chain, link by link. `mayBeGone` tells of months that are no longer kept. */
export function chainOf(month: string, mayBeGone: (month: string) => boolean) {
  let before = beginning(month);
  let last = 0;
  const broken = (row: string | null, what: string): Broken => ({ month, row, what });

  return {
    /** The head so far: how many links, and the last seal. */
    head: () => ({ month, number: last, seal: before }),

    /** @returns what is broken here, null when all is well */
    next({ about, ...link }: Link): Broken | null {
      if (link.number !== last + 1) return broken('row' in about ? about.row : null, gap(last, link.number));
      const said = saidOf(about);
      if ('month' in about && !mayBeGone(about.month) && !about.stands?.equals(about.seal))
        return broken(null, `the chain of ${about.month} is not what it was at its link ${about.number}`);
      if (said === null) return 'row' in about ? broken(about.row, 'was removed') : null;
      const seal = sealOf(before, link, said);
      if (!seal.equals(link.seal)) return broken('row' in about ? about.row : null, 'was changed, or its seal was');
      [before, last] = [seal, link.number];
      return null;
    },
  };
}

function saidOf(about: Link['about']): string | null {
  return 'row' in about ? about.text : `anchor ${about.month} ${about.number} ${about.seal.toString('hex')}`;
}

function gap(last: number, found: number): string {
  const missing = found - last - 1;
  return missing === 1
    ? `follows on link ${last + 1}, which is missing`
    : `follows on ${missing} links that are missing`;
}

/** A head as an operator writes it down: `2026-11:41:<hex>`. */
export function headText({ month, number, seal }: { month: string; number: number; seal: Buffer }): string {
  return `${month}:${number}:${seal.toString('hex')}`;
}

/** @returns null when it is no head */
export function headOf(text: string): { month: string; number: number; seal: Buffer } | null {
  const [, month, number, seal] = /^(\d{4}-\d\d):(\d{1,15}):([\da-f]{64})$/.exec(text.trim()) ?? [];
  if (month === undefined || number === undefined || seal === undefined) return null;
  return { month, number: Number(number), seal: Buffer.from(seal, 'hex') };
}
