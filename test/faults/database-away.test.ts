import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse, type House } from '../../src/house.ts';
import { signIn } from '../../src/identity/sign-in.actions.ts';
import { demoEid } from '../../src/stubs/eid-ca.ts';
import { EID_FOLDER } from '../demo.keys.ts';
import { drawing } from '../drawing.ts';
import { type Cluster, openCluster, until } from './cluster.ts';

const ON_LINUX = process.platform === 'linux';
const WHO = {
  insz: '85073003328',
  givenName: 'Łukasz',
  familyName: 'Dvořák',
  method: 'eid',
  assurance: 500,
  evidence: {},
} as const;

let cluster: Cluster;
let house: House;
let url: string;
let cookie: string;
let close: () => Promise<void>;

beforeAll(async () => {
  cluster = await openCluster();
  const eid = await demoEid(EID_FOLDER);
  house = buildHouse({
    drawing: drawing(),
    config: readConfig('demo', {}),
    connection: cluster.portal,
    publicUrl: 'http://localhost:3999',
    secret: 'a secret for tests, of 32 characters',
    trust: [eid.anchorsDir],
    log: pino({ level: 'silent' }),
  });
  const app = await buildApp(house);
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const { token } = await signIn(house, {
    who: WHO,
    now: house.clock.now(),
    secret: house.secret,
    replaces: null,
    requestId: 'test',
  });
  cookie = `interim-session=${token}`;
  close = () => app.close();
}, 60_000);
afterAll(async () => {
  await close();
  await house.close();
  await cluster.close();
});

interface Answer {
  at: number;
  path: string;
  status: number;
  ms: number;
  retryAfter: string | null;
  body: string;
}

async function ask(path: string): Promise<Answer> {
  const began = performance.now();
  const answer = await fetch(url + path, { headers: { cookie } });
  const body = await answer.text();
  const retryAfter = answer.headers.get('retry-after');
  return { at: began, path, status: answer.status, ms: performance.now() - began, retryAfter, body };
}

/** 50 requests a second, whatever the answers do, while something happens to the database. */
async function underLoad(happens: () => Promise<void>): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  let n = 0;
  const load = setInterval(() => answers.push(ask(n++ % 5 === 0 ? '/relations.json' : '/relations')), 20);
  await happens();
  clearInterval(load);
  return Promise.all(answers);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isReady = async () => (await ask('/health/ready')).status === 200;

function checked(answers: Answer[]): Answer[] {
  expect(new Set(answers.map(({ status }) => status)).difference(new Set([200, 503]))).toEqual(new Set());
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(2_500);
  const refused = answers.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThan(0);
  for (const { retryAfter, body, path } of refused) {
    expect(retryAfter).toBe('2');
    if (path.endsWith('.json')) expect(JSON.parse(body)).toMatchObject({ status: 503, title: expect.any(String) });
    else expect(body).toMatch(/<h1>[^<]{8,}<\/h1>/);
    expect(body).not.toMatch(/ECONN|postgres|timeout|\bat \//i);
  }
  return refused;
}

describe('PostgreSQL stops at once and comes back', () => {
  it('is answered with 503 and words, and the portal is whole again by itself', async () => {
    const before = cluster.postmaster();
    const answers = await underLoad(async () => {
      await pause(500);
      process.kill(before, 'SIGQUIT'); // immediate shutdown; the guardian starts another
      await until(() => cluster.postmaster() !== before, 10_000, 'a new postmaster').catch(() => undefined);
      await until(isReady, 10_000, 'ready again');
      await pause(1_500);
    });
    checked(answers);
    const last = answers.slice(-40);
    expect(last.filter(({ status }) => status !== 200)).toEqual([]);
  }, 60_000);
});

describe('PostgreSQL freezes for 5 seconds', () => {
  it.runIf(ON_LINUX)(
    'gives no answer slower than 2.5 s, and is whole again by itself',
    async () => {
      let thawed = 0;
      const readiness: number[] = [];
      const answers = await underLoad(async () => {
        await pause(500);
        const frozen = cluster.processes();
        for (const pid of frozen) process.kill(pid, 'SIGSTOP');
        await pause(2_500);
        readiness.push((await ask('/health/ready')).status);
        await pause(1_500);
        for (const pid of frozen) process.kill(pid, 'SIGCONT');
        thawed = performance.now();
        await until(isReady, 5_000, 'ready again');
        await pause(1_500);
      });
      checked(answers);
      expect(readiness).toEqual([503]);
      const late = answers.filter(({ at, status }) => at > thawed + 1_000 && status !== 200);
      expect(late).toEqual([]);
    },
    60_000,
  );
});
