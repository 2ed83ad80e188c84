import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { asOwner } from '../bench/database.ts';
import { type Finding, found } from './finding.ts';
import { underLoad } from './portals.load.ts';
import { openPortals, type Portals } from './portals.setting.ts';

/**
 * Two portals on one database behind HAProxy: one is killed, the other upgraded with a migration, while workers look and services declare.
 * Whatever was promised is there once, and nobody saw a fault that a retry of a safe request, or the same key again, does not mend.
 */
export async function drillPortals(): Promise<Finding[]> {
  const portals = await openPortals();
  try {
    return [...(await whatIsShared(portals)), ...(await whatBreaks(portals))];
  } finally {
    await portals.close();
  }
}

/** What one portal was told, the other knows. */
async function whatIsShared({ ask, cookies }: Portals): Promise<Finding[]> {
  const [cookie = ''] = cookies;
  const at = async (portal: 'a' | 'b', path: string) => (await ask(portal, path, { cookie })).status;
  const both = [await at('a', '/relations'), await at('b', '/relations')];
  await ask('a', '/sign-out', { cookie, method: 'POST' });
  const after = [await at('a', '/relations'), await at('b', '/relations')];
  return [
    found('a session opened once is one at both', both, [200, 200]),
    found('ended at one, it is ended at the other', after, [303, 303]),
    found('names that are guessed are counted together', await guessed(ask), true),
  ];
}

/** The limit of tries by one address holds over both. @returns whether the second portal says so although it was asked never before */
async function guessed(ask: Portals['ask']): Promise<boolean> {
  const from = { 'x-forwarded-for': '203.0.113.9' };
  const form = (n: number) =>
    ({ method: 'POST', headers: from, body: `userName=nobody-${n}&password=guessed-and-wrong` }) as const;
  for (let tries = 0; tries < 120; tries++) {
    const { status } = await ask('a', '/sign-in/token', form(tries));
    if (status === 429) break;
  }
  const there = await ask('b', '/sign-in/token', form(999));
  return there.status === 429;
}

async function whatBreaks(portals: Portals): Promise<Finding[]> {
  const before = await overviews(portals);
  const load = underLoad({
    ask: (path, asking) => portals.ask('front', path, asking),
    cookies: portals.cookies,
    service: portals.service,
    firstDay: '2029-01-01',
    patience: 10_000,
    breath: 5,
  });
  await pause(4_000);
  const ordered = await order(portals, 6);
  portals.a.kill('SIGKILL');
  await once(portals.a, 'exit');
  await pause(6_000);
  await portals.start('a', 'now');
  await pause(4_000);
  await portals.migrateNext();
  await pause(3_000);
  for (const which of ['b', 'a'] as const) {
    await portals.stop(which);
    await portals.start(which, 'next');
    await pause(4_000);
  }
  const came = await load.stop();
  const { rows } = await asOwner(portals.owner, (db) =>
    db.query<{ keys: string; twice: string }>(
      `select count(*) as keys, count(*) - count(distinct (content -> 'worker' ->> 'insz', content ->> 'startDate')) as twice
       from declarations where source_key like 'idem:%'`,
    ),
  );
  const made = await ready(portals, before + ordered);
  return [
    found(`${came.pages} pages of workers, of which refused`, came.refused, 0),
    found('of these not answered or with a fault', came.pageFaults, []),
    found(
      `${came.declared.length} declarations promised (${came.retried} sent again with their key), in the ledger`,
      Number(rows[0]?.keys),
      came.declared.length,
    ),
    found('of these twice', Number(rows[0]?.twice), 0),
    found('declarations refused or never answered', came.declarationFaults, []),
    found(`overviews ordered while a portal was killed: ${ordered}, made`, made, true),
    found(`slowest page ${Math.round(came.slowest)} ms: below 2.5 s`, came.slowest < 2_500, true),
  ];
}

async function order({ ask, cookies }: Portals, count: number): Promise<number> {
  const asked = cookies.slice(1, 1 + count).map((cookie) => ask('front', '/overviews', { cookie, method: 'POST' }));
  const came = await Promise.all(asked);
  return came.filter(({ status }) => status === 303).length;
}

const overviews = ({ owner }: Portals) =>
  asOwner(owner, async (db) =>
    Number((await db.query(`select count(*) as n from overviews where state = 'ready'`)).rows[0].n),
  );

async function ready(portals: Portals, count: number): Promise<boolean> {
  for (let tries = 0; tries < 120; tries++) {
    if ((await overviews(portals)) >= count) return true;
    await pause(500);
  }
  return false;
}
