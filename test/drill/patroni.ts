import { setTimeout as pause } from 'node:timers/promises';
import { asOwner } from '../bench/database.ts';
import { printed } from '../bench/table.ts';
import { type Finding, found } from './finding.ts';
import type { Pair } from './patroni.cluster.ts';
import { openSetting, type Setting } from './patroni.setting.ts';
import { type Load, underLoad } from './portals.load.ts';
import { hasEnded } from './process.ts';

/** As docs/patroni.yml has them, s. */
const [TTL, LOOP] = [20, 2];

/** What happens to the leader, how long nothing may be acknowledged, and how long it is looked at, s. */
interface Blow {
  name: string;
  most: number;
  watched: number;
  firstDay: string;
  strike(setting: Setting): Promise<unknown>;
}

const BLOWS: Blow[] = [
  {
    name: 'planned switchover',
    most: 5,
    watched: 15,
    firstDay: '2029-01-01',
    strike: ({ pair }) => pair.switchOver(),
  },
  {
    name: 'kill -9 of the postmaster',
    most: 6,
    watched: 15,
    firstDay: '2029-02-01',
    strike: ({ pair }) => pair.killPostmaster(),
  },
  {
    name: 'kill -9 of the whole leader, which comes back',
    most: TTL + 5,
    watched: 15,
    firstDay: '2029-03-01',
    strike: ({ pair }) => gone(pair, 'leader', TTL + 10),
  },
  {
    name: 'kill -9 of the whole standby, which comes back',
    most: 2 * LOOP + 2,
    watched: 15,
    firstDay: '2029-04-01',
    strike: ({ pair }) => gone(pair, 'standby', 10),
  },
];

async function gone(pair: Pair, role: 'leader' | 'standby', seconds: number): Promise<void> {
  const node = await pair.kill(role);
  await pause(seconds * 1_000);
  await pair.comeBack(node);
}

/** A pair of PostgreSQL under Patroni loses one or the other under load: nothing promised is lost, and the portal is whole by itself. */
export async function drillPatroni(): Promise<Finding[]> {
  const setting = await openSetting();
  try {
    const struck = [];
    for (const blow of BLOWS) struck.push(await struckBy(blow, setting));
    process.stdout.write(`${tableOf(struck)}\n`);
    return struck.flatMap(findingsOf);
  } finally {
    await setting.close();
  }
}

interface Struck {
  blow: Blow;
  came: Load;
  lost: number;
  twice: number;
  /** Until there was a standby in step again, after the load ended, s. */
  whole: number;
  isSame: boolean;
}

async function struckBy(blow: Blow, setting: Setting): Promise<Struck> {
  const { pair, portal, ask, cookies, service, owner } = setting;
  await pair.whole();
  const { firstDay } = blow;
  const load = underLoad({ ask, cookies, service, firstDay, patience: 60_000, breath: 20 });
  await pause(5_000);
  await blow.strike(setting);
  await pause(blow.watched * 1_000);
  const came = await load.stop();
  const whole = (await pair.whole()) / 1_000;
  const kept = await asOwner(owner, (db) =>
    db.query<{ insz: string; day: string; times: number }>(
      `select content -> 'worker' ->> 'insz' as insz, content ->> 'startDate' as day, count(*)::int as times
       from declarations where source_key like 'idem:%' and content ->> 'startDate' >= $1 group by 1, 2`,
      [firstDay],
    ),
  );
  const times = new Map(kept.rows.map((row) => [`${row.insz} ${row.day}`, row.times]));
  return {
    blow,
    came,
    lost: came.declared.filter(({ insz, day }) => !times.has(`${insz} ${day}`)).length,
    twice: [...times.values()].filter((n) => n > 1).length,
    whole,
    isSame: !hasEnded(portal),
  };
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

function tableOf(struck: Struck[]): string {
  return printed({
    title: 'two servers under Patroni, synchronous, HAProxy before them; one portal',
    columns: ['blow', 'acknowledged', 'lost', 'twice', 'write gap s', 'pages', 'refused', 'refused for s', 'faults'],
    rows: struck.map(({ blow, came, lost, twice }) => [
      blow.name,
      ...[came.declared.length, lost, twice, seconds(came.longestGap)],
      ...[came.pages, came.refused, seconds(came.longestRefusal), came.pageFaults.length],
    ]),
    notes: [
      'a gap is the longest time without a declaration answered with 201; a page is refused by 503 with Retry-After',
    ],
  });
}

function findingsOf({ blow, came, lost, twice, whole, isSame }: Struck): Finding[] {
  const { name, most } = blow;
  return [
    found(`${name}: of ${came.declared.length} declarations answered with 201 lost`, lost, 0),
    found(`${name}: in the ledger twice`, twice, 0),
    found(`${name}: refused for good, or with a fault (${came.retried} sent again)`, came.declarationFaults, []),
    found(
      `${name}: nothing acknowledged for ${seconds(came.longestGap)} s, at most ${most}`,
      came.longestGap <= most * 1_000,
      true,
    ),
    found(`${name}: pages neither given nor refused with a time`, came.pageFaults, []),
    found(
      `${name}: pages are given again by the same process`,
      isSame && came.longestRefusal <= (most + 5) * 1_000,
      true,
    ),
    found(`${name}: slowest answer of a page ${seconds(came.slowest)} s, below 2.5`, came.slowest < 2_500, true),
    { what: `${name}: a standby in step after the end`, came: `${whole.toFixed(1)} s`, isRight: true },
  ];
}
