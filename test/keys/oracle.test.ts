import { argon2 } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attemptsStore } from '../../src/identity/attempts.store.ts';
import { ownSessionsStore } from '../../src/identity/own-sessions.store.ts';
import { DECOY, type Hashing, hashing } from '../../src/keys/hashing.ts';
import { keysOn } from '../../src/keys/keys.actions.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { inszNumber } from '../records.ts';
import { countedHashing, NOW } from './keys.example.ts';

const TRIES = 400;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const kept = await countedHashing().hash('a password');
  for (let n = 0; n < TRIES; n++)
    await database.db.query(
      `with worker as (insert into workers (insz, family_name) values ($1, 'Maes') returning worker_id)
       insert into key_accounts select worker_id, $2, $2, $3, $4, $4 from worker`,
      [inszNumber(1000 + n), `known-${n}`, kept, NOW],
    );
}, 60_000);
afterAll(() => database.close());

/** Argon2 itself, with less memory than in earnest, so that 400 tries do not take minutes: about the cost of everything else together. */
const light = hashing(
  (parameters) =>
    new Promise((resolve, reject) => {
      const cost = { memory: 2_048, passes: 1 };
      argon2('argon2id', { ...parameters, ...cost }, (error, made) => (error ? reject(error) : resolve(made)));
    }),
);

let round = 0;
/** Enters known and unknown names in turn, each once; @returns the milliseconds of each. */
async function timesOf(with_: Hashing): Promise<{ known: number[]; unknown: number[] }> {
  const { tokens } = keysOn({
    db: database.portal,
    sessions: ownSessionsStore(database.portal),
    attempts: attemptsStore,
    tell: async () => undefined,
    worksFor: async () => [],
    secret: `round ${round++}`,
    pepper: 'a pepper',
    hashing: with_,
  });
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < TRIES; n++) {
    const kind = (['known', 'unknown'] as const)[n % 2] ?? 'known';
    const at = { address: `192.0.2.${n % 200}`, now: NOW, requestId: 'oracle' };
    const begun = performance.now();
    const outcome = await tokens.enter({ userName: `${kind}-${n}`, password: 'wrong' }, at);
    times[kind].push(performance.now() - begun);
    expect(outcome).toEqual({ kind: 'wrong' });
  }
  return times;
}

/** How far the ranks of two samples lie apart, in standard deviations (Mann and Whitney). */
function apart({ known, unknown }: { known: number[]; unknown: number[] }): number {
  const all = [...known.map((ms) => ({ ms, of: 0 })), ...unknown.map((ms) => ({ ms, of: 1 }))].sort(
    (a, b) => a.ms - b.ms,
  );
  const ranks = all.reduce((sum, { of }, at) => (of === 0 ? sum + at + 1 : sum), 0);
  const [n, m] = [known.length, unknown.length];
  const u = ranks - (n * (n + 1)) / 2;
  return Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

it('a name that exists takes as long as one that does not; a door without the decoy would be told at once', async () => {
  // a machine that is busy with others may push one round apart, hardly three; a real difference shows in each
  const rounds: number[] = [];
  while (rounds.length < 3 && !(Number(rounds.at(-1)) < 3)) rounds.push(apart(await timesOf(light)));
  expect(Math.min(...rounds)).toBeLessThan(3);
  const careless: Hashing = {
    ...light,
    verify: (kept, text) => (kept === DECOY ? Promise.resolve(false) : light.verify(kept, text)),
  };
  expect(apart(await timesOf(careless))).toBeGreaterThan(6);
}, 300_000);

it('and costs the same argon2 work: one computation for each try, known or not, whatever the password', async () => {
  const counted = countedHashing();
  await timesOf(counted);
  expect(counted.count).toBe(TRIES);
});

it('and meets the same counters: what blocks one blocks the other, at the same try, with the same words', async () => {
  const { tokens } = keysOn({
    db: database.portal,
    sessions: ownSessionsStore(database.portal),
    attempts: attemptsStore,
    tell: async () => undefined,
    worksFor: async () => [],
    secret: 'another',
    pepper: 'a pepper',
    hashing: countedHashing(),
  });
  const story = async (userName: string) => {
    const told: object[] = [];
    for (let n = 0; n < 12; n++) {
      const at = { address: '192.0.2.1', now: n < 8 ? NOW : '2026-11-23T09:20:00Z', requestId: 'oracle' };
      told.push(await tokens.enter({ userName, password: n === 6 ? 'right' : 'wrong' }, at));
    }
    return told;
  };
  expect(await story('nobody-at-all')).toEqual(await story('known-7'));
});
