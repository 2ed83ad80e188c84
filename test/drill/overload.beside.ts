import { setTimeout as pause } from 'node:timers/promises';
import { median, spread } from '../bench/table.ts';
import { atMost, type Finding, found } from './finding.ts';
import { openLoop, slowClients, takenUp } from './overload.loads.ts';
import { type Alone, SHORT } from './overload.setting.ts';
import type { Kind } from './overload.slow.ts';

const [ROUNDS, SECONDS] = SHORT ? [3, 4] : [5, 8];
const COUNT = { idle: 5_000, slow: 1_000 };
/** Seconds after which a client that never told its question is at its end. */
const PATIENCE = 30;

/** An ordinary day without and with thousands of clients that say nothing, little or slowly, in turns. */
export async function besideSlow(alone: Alone, perSecond: number): Promise<Finding[]> {
  const [without, beside]: [number[], number[]] = [[], []];
  const taking: number[] = [];
  const faults: string[] = [];
  const measure = async (into: number[]) => {
    const { answers, broken } = await openLoop(alone, perSecond, SECONDS);
    const { '200': good, ...others } = answers;
    into.push(good?.p99 ?? Number.NaN);
    if (broken > 0 || Object.keys(others).length > 0) faults.push(JSON.stringify({ broken, ...others }));
  };
  const before = alone.memory();
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await measure(without);
    const slow = await slowClients(alone, COUNT);
    taking.push(await takenUp(alone));
    await measure(beside);
    memory = Math.max(memory, alone.memory());
    if (round < ROUNDS - 1) await slow.end();
    else return [...told({ without, beside, taking, faults, memory: memory - before }), ...(await left(slow))];
    await pause(500);
  }
  return [];
}

interface Seen {
  without: number[];
  beside: number[];
  /** Milliseconds until all connections were taken up. */
  taking: number[];
  faults: string[];
  memory: number;
}

function told({ without, beside, taking, faults, memory }: Seen): Finding[] {
  const ratios = beside.map((ms, i) => ms / (without[i] ?? Number.NaN));
  const both = `${spread(without, 1)} ms without, ${spread(beside, 1)} ms beside them (taken up after ${spread(taking, 0)} ms)`;
  return [
    atMost(`p99 of others beside the slow: ${both}; ratio of each round ${spread(ratios, 2)}`, median(ratios), 2, ' ×'),
    found('answered with a fault meanwhile', faults, []),
    atMost('memory of the slow', memory, 250, ' MiB'),
  ];
}

/** What became of them. */
async function left(slow: Awaited<ReturnType<typeof slowClients>>): Promise<Finding[]> {
  const { opened } = slow;
  await pause(PATIENCE * 1_000);
  const now = await slow.now();
  await slow.end();
  const kinds = Object.keys(now) as Kind[];
  const all = kinds.reduce((sum, kind) => sum + opened[kind].opened, 0);
  const fates = kinds.map((kind) => {
    const { opened, ended, after } = now[kind];
    return `${kind}: ${ended} of ${opened}${after === null ? '' : ` after ${after.toFixed(0)} s`}`;
  });
  const unheard = (['silent', 'half a question', 'slow head'] as const).filter(
    (kind) => now[kind].ended < now[kind].opened,
  );
  return [
    found(`slow clients opened of ${COUNT.idle + COUNT.slow}`, all, COUNT.idle + COUNT.slow),
    found(
      `ended by the portal ${PATIENCE} s later (${fates.join(', ')}); kinds that never told their question and stand`,
      unheard,
      [],
    ),
  ];
}
