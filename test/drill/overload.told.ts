import { median, spread } from '../bench/table.ts';
import { atMost, type Finding, found } from './finding.ts';
import type { Came } from './overload.client.ts';
import type { Watched } from './overload.loads.ts';

/** Of the peak: what is too much. */
export const TIMES = 3;
/** MiB more than before. */
const MORE_MEMORY = 150;
const NONE = { count: 0, p50: Number.NaN, p99: Number.NaN, longest: Number.NaN };

/** A while of too much: the peak just before it, MiB in memory, and what came of it and after it. */
export interface Surge {
  peak: number;
  /** The portal's processor time for each list answered, all that was refused or watched included, of that at the peak. */
  dearer: number;
  before: number;
  came: Came;
  seen: Watched;
  after: Came;
}

/** What was found out by several of them; goals of time are for the median. */
export function toldOf(surges: Surge[], declarations: number): Finding[] {
  const each = <T>(what: (surge: Surge) => T) => surges.map(what);
  const sum = (what: (surge: Surge) => number) => each(what).reduce((all, one) => all + one, 0);
  const told = (what: (surge: Surge) => number, digits = 0) => spread(each(what), digits);
  const middle = (what: (surge: Surge) => number) => median(each(what));
  const good = ({ came }: Surge) => came.answers['200'] ?? NONE;
  const refused = ({ came }: Surge) => came.answers['503'] ?? NONE;
  const share = ({ peak, came }: Surge) => came.goodput / peak;
  const p99 = (times: number[]) => times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  const promised = sum(({ seen }) => seen.declared);
  const statuses = each(({ came }) => Object.keys(came.answers)).flat();
  const late = `we ourselves late by ${told(({ came }) => came.late, 1)} ms at p99`;
  const anew = `over new connections ${told(({ seen }) => p99(seen.anew))} ms`;
  return [
    found(
      `peak ${told(({ peak }) => peak)} lists a second; of it answered at ${TIMES} × that: ${told(share, 2)}, at least 0.8`,
      middle(share) >= 0.8,
      true,
    ),
    atMost(
      `processor time of a list and all beside it, of that at the peak ${told(({ dearer }) => dearer, 2)}`,
      middle(({ dearer }) => dearer),
      1.25,
      ' ×',
    ),
    found(
      'statuses other than 200 and 503',
      statuses.filter((one) => one !== '200' && one !== '503'),
      [],
    ),
    found(
      'connections that broke',
      sum(({ came }) => came.broken),
      0,
    ),
    found(
      `of ${sum((one) => refused(one).count)} refused, without words or Retry-After`,
      sum(({ came }) => came.wordless),
      0,
    ),
    atMost(
      `refused within (p50 ${told((one) => refused(one).p50)} ms; ${late}), p99`,
      middle((one) => refused(one).p99),
      50,
      ' ms',
    ),
    atMost(
      `answered within (p50 ${told((one) => good(one).p50)} ms), p99`,
      middle((one) => good(one).p99),
      1_000,
      ' ms',
    ),
    atMost(
      `/health/live (${anew}), p99`,
      middle(({ seen }) => p99(seen.health)),
      50,
      ' ms',
    ),
    found('/health/live other than 200', each(({ seen }) => seen.sick).flat(), []),
    atMost(
      'memory more than before',
      Math.max(...each(({ before, seen }) => seen.memory - before)),
      MORE_MEMORY,
      ' MiB',
    ),
    atMost('until all is answered again', Math.max(...each(({ after }) => after.lastRefused)), 2_000, ' ms'),
    found(
      `declarations promised meanwhile: ${promised} (${sum(({ seen }) => seen.refused)} refused); not in the ledger`,
      Math.max(0, promised - declarations),
      0,
    ),
    found('declarations answered with neither 201 nor 503', each(({ seen }) => seen.strange).flat(), []),
  ];
}
