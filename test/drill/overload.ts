import os from 'node:os';
import { asOwner } from '../bench/database.ts';
import { median, spread } from '../bench/table.ts';
import { atMost, type Finding, found } from './finding.ts';
import { besideSlow } from './overload.beside.ts';
import type { Came } from './overload.client.ts';
import { openLoop, type Watched, watched } from './overload.loads.ts';
import { type Alone, openAlone, SHORT } from './overload.setting.ts';

const [ROUNDS, WARM_UP, PEAK, SURGE, RECOVERY, STEADY] = SHORT ? [3, 8, 3, 10, 4, 60] : [3, 12, 4, 30, 4, 300];
const TIMES = 3;
/** Of the peak: an ordinary day. */
const USUAL = 0.3;
/** MiB more than before. */
const MORE_MEMORY = 150;

/**
 * One portal, asked for three times what it can answer: what is too much is refused at once and in words, the rest is answered, nothing that was
 * accepted is lost, and it is well again at once. Then beside thousands of clients that hardly use their connections; then an ordinary day.
 */
export async function drillOverload(): Promise<Finding[]> {
  const alone = await openAlone();
  try {
    // what comes before all connections stand and all is compiled says nothing, whatever it is
    await alone.closedLoop(alone, WARM_UP).catch((error: Error) => process.stderr.write(`${error.message}\n`));
    const surges: Surge[] = [];
    const next = counter();
    for (let round = 0; round < ROUNDS; round++) surges.push(await surge(alone, next));
    const perSecond = Math.round(USUAL * median(surges.map(({ peak }) => peak)));
    return [
      ...told(surges, await inLedger(alone)),
      ...(await besideSlow(alone, perSecond)),
      ...(await steady(alone, perSecond)),
      ...logged(alone),
    ];
  } finally {
    await alone.close();
  }
}

function counter(): () => number {
  let last = 0;
  return () => last++;
}

interface Surge {
  peak: number;
  before: number;
  came: Came;
  seen: Watched;
  after: Came;
}

async function surge(alone: Alone, next: () => number): Promise<Surge> {
  const { perSecond: peak } = await alone.closedLoop(alone, PEAK);
  const before = alone.memory();
  const [came, seen] = await watched(alone, next, () => openLoop(alone, TIMES * peak, SURGE));
  const after = await openLoop(alone, USUAL * peak, RECOVERY);
  process.stderr.write(`surge: ${JSON.stringify({ peak, ...came, load: os.loadavg()[0] })}\n`);
  return { peak, before, came, seen, after };
}

async function inLedger({ owner }: Alone): Promise<number> {
  const { rows } = await asOwner(owner, (db) =>
    db.query(`select count(*)::int as n from declarations where source_key like 'idem:%'`),
  );
  return rows[0].n;
}

function told(surges: Surge[], declarations: number): Finding[] {
  const each = <T>(what: (surge: Surge) => T) => surges.map(what);
  const refused = each(({ came }) => came.answers['503'] ?? { count: 0, p50: 0, p99: 0, longest: 0 });
  const good = each(({ came }) => came.answers['200'] ?? { count: 0, p50: 0, p99: 0, longest: 0 });
  const seen = each(({ seen }) => seen);
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const p99 = ({ health }: Watched) => health[Math.floor(health.length * 0.99)] ?? Number.NaN;
  const promised = sum(seen.map(({ declared }) => declared));
  const share = each(({ peak, came }) => came.goodput / peak);
  const peaks = spread(
    each(({ peak }) => peak),
    0,
  );
  return [
    found(
      `peak ${peaks} lists a second; answered at ${TIMES} × that, of the peak ${spread(share, 2)}: ≥ 0.8`,
      median(share) >= 0.8,
      true,
    ),
    found(
      'statuses other than 200 and 503',
      each(({ came }) => Object.keys(came.answers))
        .flat()
        .filter((one) => one !== '200' && one !== '503'),
      [],
    ),
    found('connections that broke', sum(each(({ came }) => came.broken)), 0),
    found(
      `${sum(refused.map(({ count }) => count))} refused, of which without words or Retry-After`,
      sum(each(({ came }) => came.wordless)),
      0,
    ),
    atMost('refused within, p99', median(refused.map(({ p99 }) => p99)), 50, ' ms'),
    atMost(
      `answered within (p50 ${spread(
        good.map(({ p50 }) => p50),
        0,
      )} ms), p99`,
      median(good.map(({ p99 }) => p99)),
      500,
      ' ms',
    ),
    atMost(
      `/health/live (longest ${spread(
        seen.map(({ health }) => health.at(-1) ?? Number.NaN),
        0,
      )} ms), p99`,
      median(seen.map(p99)),
      50,
      ' ms',
    ),
    found(
      '/health/live other than 200',
      seen.flatMap(({ sick }) => sick),
      [],
    ),
    atMost(
      'memory more than before',
      Math.max(...each(({ before, seen }) => seen.memory - before)),
      MORE_MEMORY,
      ' MiB',
    ),
    atMost('until all is answered again', Math.max(...each(({ after }) => after.lastRefused)), 2_000, ' ms'),
    found(
      `declarations promised meanwhile: ${promised} (${sum(seen.map(({ refused }) => refused))} refused); not in the ledger`,
      Math.max(0, promised - declarations),
      0,
    ),
    found(
      'declarations answered with neither 201 nor 503',
      seen.flatMap(({ strange }) => strange),
      [],
    ),
  ];
}

async function steady(alone: Alone, perSecond: number): Promise<Finding[]> {
  const { answers, broken } = await openLoop(alone, perSecond, STEADY);
  const { '200': good, ...others } = answers;
  return [
    found(
      `${STEADY} s of ${perSecond} a second: answered with a fault, or not`,
      [Object.keys(others), broken],
      [[], 0],
    ),
    atMost(
      `${STEADY} s of ${perSecond} a second (p50 ${good?.p50.toFixed(1)} ms, longest ${good?.longest.toFixed(0)} ms), p99`,
      good?.p99 ?? Number.NaN,
      10,
      ' ms',
    ),
  ];
}

/** What a portal says of itself when it was not as it should be. */
function logged(alone: Alone): Finding[] {
  const lines = alone.log();
  const strange = lines.filter(
    (line) => !line.startsWith('{') || (/"level":"(error|fatal)"/.test(line) && !line.includes('out of service')),
  );
  return [
    found('the portal is alive', alone.isAlive(), true),
    found(`of ${lines.length} lines in its log, faults`, strange.slice(0, 3), []),
  ];
}
