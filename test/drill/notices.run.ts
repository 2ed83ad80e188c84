import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { startMailbox } from '../../src/stubs/mailbox.ts';
import { openCluster, until } from '../faults/cluster.ts';
import { inszNumber } from '../records.ts';
import type { Answer, Asked } from './notices.portal.ts';

/** What came of declarations with notices on: each worker hears at once, or once a day, and the portal is killed now and then. */
export interface Told {
  promised: number;
  /** Declarations that were told never, or more than once, mails of one Message-ID counted once. */
  lost: number;
  twice: number;
  /** Mails that a mail program would show once although they came twice. */
  repeated: number;
  /** Of what a digest tells, what was declared on another day of the Belgian calendar than it says. */
  misplaced: number;
  /** Digests before the morning. */
  early: number;
  kills: number;
  seconds: number;
}

const PORTAL = path.join(import.meta.dirname, 'notices.portal.ts');
/** The night in which summer time begins: half past eleven, ten past twelve, and seven on both mornings. */
const NIGHT = { evening: '2026-03-28T22:30:00Z', after: '2026-03-28T23:10:00Z' };
const MORNINGS = { first: '2026-03-29T05:00:05Z', second: '2026-03-30T05:00:05Z' };
const SUBJECT = { first: /28/, second: /29/ };
const TOGETHER = 10;

export async function tellMany(size: { declarations: number; workers: number; kills: number }): Promise<Told> {
  const began = performance.now();
  const cluster = await openCluster({ durable: true });
  const mailbox = await startMailbox({ host: '127.0.0.1', port: 0 });
  const owner = new pg.Client({ ...cluster.portal, user: 'postgres' });
  await owner.connect();
  try {
    await arrange(owner, size.workers);
    const promised = new Map<number, 'evening' | 'after'>();
    const at = (now: string) => opened(JSON.stringify(cluster.portal), mailbox.smtpUrl, now);
    const half = Math.ceil(size.declarations / 2);
    const night = {
      evening: askedFrom(0, half, size.workers),
      after: askedFrom(half, size.declarations, size.workers),
    };
    for (const phase of ['evening', 'after'] as const) {
      let portal = await at(NIGHT[phase]);
      const groups = grouped(night[phase]);
      const everyFew = Math.ceil(groups.length / (size.kills / 2 + 1));
      for (const [i, group] of groups.entries()) {
        if (portal.exitCode !== null || portal.signalCode !== null) portal = await at(NIGHT[phase]);
        const isKilled = i > 0 && i % everyFew === 0;
        const kept = declare(portal, group);
        const dead = isKilled && killedSoon(portal);
        if (!(await kept)) {
          // what was not promised is sent again, as a service would
          portal = await at(NIGHT[phase]);
          await declare(portal, group);
        }
        for (const { n } of group) promised.set(n, phase);
        await dead;
      }
      if (portal.exitCode !== null || portal.signalCode !== null) portal = await at(NIGHT[phase]);
      await idle(owner, 120_000 + size.declarations * 60);
      await ended(portal);
    }
    const digests = () => mailbox.arrived.filter(({ mail }) => mail.subject?.startsWith('Je dagoverzicht'));
    const watch = async (now: string, isDone: () => Promise<boolean>) => {
      const portal = await at(now);
      await until(isDone, 120_000, `the digests of ${now}`);
      await idle(owner, 120_000);
      await ended(portal);
    };
    const early = digests().length;
    const gone = async () => (await count(owner, 'notice_bundles where gone_at is null')) === 0;
    await watch(
      MORNINGS.first,
      async () => (await count(owner, `notice_bundles where gone_at is null and digest_day = '2026-03-28'`)) === 0,
    );
    await watch(MORNINGS.second, gone);

    const mails = new Map(mailbox.arrived.map(({ mail }) => [mail.messageId, mail]));
    const times = new Map<number, number>();
    let misplaced = 0;
    for (const mail of mails.values())
      for (const [, digits] of (mail.text ?? '').matchAll(/Firma (\d{6})/g)) {
        const n = Number(digits);
        times.set(n, (times.get(n) ?? 0) + 1);
        if (!mail.subject?.startsWith('Je dagoverzicht')) continue;
        const day = promised.get(n) === 'evening' ? SUBJECT.first : SUBJECT.second;
        if (!day.test(mail.subject)) misplaced++;
      }
    return {
      promised: promised.size,
      lost: [...promised.keys()].filter((n) => !times.has(n)).length,
      twice: [...times.values()].filter((found) => found > 1).length,
      repeated: mailbox.arrived.length - mails.size,
      misplaced,
      early,
      kills: size.kills,
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    await owner.end();
    await mailbox.close();
    await cluster.close();
  }
}

/** Workers with a confirmed address who hear of what is declared, every other one once a day. */
async function arrange(owner: pg.Client, workers: number): Promise<void> {
  const numbers = Array.from({ length: workers }, (_, i) => inszNumber(i + 1));
  await owner.query(
    `insert into enterprises (enterprise_number, name, kind) values ('0403449823', 'Tempo Interim', 'agency')`,
  );
  await owner.query(
    `with made as (insert into workers (insz, awaited) select unnest($1::text[]), true returning worker_id, insz),
      numbered as (insert into worker_numbers (insz, worker_id) select insz, worker_id from made returning worker_id),
      addressed as (insert into worker_addresses (worker_id, address, language, confirmed_at)
        select worker_id, 'w' || worker_id || '@example.be', 'nl', now() from made)
    insert into notice_choices (worker_id, kind, mail, ebox, daily) select worker_id, 'declared', true, false, worker_id % 2 = 0 from made`,
    [numbers],
  );
}

function askedFrom(from: number, to: number, workers: number): Asked[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const day = new Date(Date.UTC(2026, 3, 1) + Math.floor(n / workers) * 86_400_000).toISOString().slice(0, 10);
    return { n, insz: inszNumber((n % workers) + 1), day };
  });
}

function grouped(asked: Asked[]): Asked[][] {
  return Array.from({ length: Math.ceil(asked.length / TOGETHER) }, (_, i) =>
    asked.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
}

async function opened(connection: string, smtpUrl: string, now: string): Promise<ChildProcess> {
  const portal = fork(PORTAL, [], {
    execArgv: [],
    env: {
      DRILL_CONNECTION: connection,
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'Interim@work <no-reply@interim.example>',
      PORTAL_NOW: now,
      EID_OCSP: 'off',
    },
  });
  await once(portal, 'message');
  return portal;
}

/** @returns false when the portal died before it answered */
async function declare(portal: ChildProcess, group: Asked[]): Promise<boolean> {
  const first = String(group[0]?.n);
  return new Promise((resolve) => {
    const end = (isKept: boolean) => {
      portal.off('exit', died).off('message', heard);
      resolve(isKept);
    };
    const died = () => end(false);
    const heard = (answer: Answer) => answer !== 'ready' && String(answer.kept[0]) === first && end(true);
    portal.once('exit', died).on('message', heard);
    if (portal.connected) portal.send({ declare: group }, () => undefined);
    else end(false);
  });
}

/** Killed at some instant of the next 20 ms; resolves when it is dead. */
async function killedSoon(portal: ChildProcess): Promise<void> {
  await setTimeout(Math.random() * 20);
  await ended(portal);
}

async function ended(portal: ChildProcess): Promise<void> {
  const gone = once(portal, 'exit');
  portal.kill('SIGKILL');
  await gone;
}

/** Until every job was done: those that a killed portal held are taken up by themselves. */
function idle(owner: pg.Client, most: number): Promise<number> {
  return until(
    async () =>
      (await count(
        owner,
        `pgboss.job where state in ('created', 'retry', 'active') and name in ('tidings', 'mail')`,
      )) === 0,
    most,
    'every job done',
  );
}

async function count(owner: pg.Client, what: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return rows[0]?.n ?? 0;
}
