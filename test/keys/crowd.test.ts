import { afterAll, beforeAll, expect, it } from 'vitest';
import { Crowded, hashing } from '../../src/keys/hashing.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';

let open: () => void = () => undefined;
const opened = new Promise<void>((resolve) => {
  open = resolve;
});
let computed = 0;
/** Argon2 that takes until the door opens. */
const slow = hashing(async ({ tagLength }) => {
  computed += 1;
  await opened;
  return Buffer.alloc(tagLength, 1);
});

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ hashing: slow });
});
afterAll(() => portal.close());

const enter = (n: number) =>
  portal.app.inject({
    method: 'POST',
    url: '/sign-in/token',
    headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
    remoteAddress: `192.0.2.${n}`,
    payload: `userName=nobody-${n}&password=wrong`,
  });

it('a crowd at the door is told to come back; nothing of it is counted, and those in line are answered', async () => {
  const line = Array.from({ length: 42 }, (_, n) => enter(n));
  while (!isFull()) await new Promise((resolve) => setTimeout(resolve, 5));
  const counted = async () => (await portal.db.query('select from attempts')).rowCount;
  const before = await counted();
  const turnedAway = await enter(200);
  expect(turnedAway.statusCode).toBe(503);
  expect(turnedAway.headers['retry-after']).toBe('2');
  expect(await counted()).toBe(before);
  expect(computed).toBe(2);
  open();
  for (const answer of await Promise.all(line)) expect(answer.statusCode).toBe(303);
  expect((await enter(200)).statusCode).toBe(303);
});

function isFull(): boolean {
  try {
    slow.admit();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(Crowded);
    return true;
  }
}
