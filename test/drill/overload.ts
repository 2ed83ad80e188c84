import os from 'node:os';
import { asOwner } from '../bench/database.ts';
import { cpu } from '../bench/load.ts';
import { median } from '../bench/table.ts';
import { atMost, type Finding, found } from './finding.ts';
import { besideSlow } from './overload.beside.ts';
import { openLoop, watched } from './overload.loads.ts';
import { type Alone, openAlone, SHORT } from './overload.setting.ts';
import { type Surge, TIMES, toldOf } from './overload.told.ts';

const [ROUNDS, WARM_UP, PEAK, SURGE, RECOVERY, STEADY] = SHORT ? [3, 8, 3, 10, 4, 60] : [3, 12, 4, 30, 4, 300];
/** µs of the kernel's clock. */
const TICK = 10_000;
/** Of the peak: an ordinary day. */
const USUAL = 0.3;
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
      ...toldOf(surges, await inLedger(alone)),
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

async function surge(alone: Alone, next: () => number): Promise<Surge> {
  const { perSecond: peak, node } = await alone.closedLoop(alone, PEAK);
  const [before, began] = [alone.memory(), cpu(alone).node];
  const [came, seen] = await watched(alone, next, () => openLoop(alone, TIMES * peak, SURGE));
  const dearer = ((cpu(alone).node - began) * TICK) / (came.answers['200']?.count ?? 0) / node;
  const after = await openLoop(alone, USUAL * peak, RECOVERY);
  process.stderr.write(`surge: ${JSON.stringify({ peak, dearer, ...came, load: os.loadavg()[0] })}\n`);
  return { peak, dearer, before, came, seen, after };
}

async function inLedger({ owner }: Alone): Promise<number> {
  const { rows } = await asOwner(owner, (db) =>
    db.query(`select count(*)::int as n from declarations where source_key like 'idem:%'`),
  );
  return rows[0].n;
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
