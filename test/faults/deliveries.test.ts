import { expect, it } from 'vitest';
import { deliverThroughFaults } from './deliveries.ts';

const MANY = 60;

it('every delivery arrives, whatever dies: in the eBox once, by mail under one Message-ID, and its state says so', async () => {
  const { kills, restarts, seconds: _, ...outcome } = await deliverThroughFaults(MANY, 150_000);
  expect(outcome).toEqual({
    ordered: MANY,
    sent: MANY,
    ebox: { once: MANY / 2, oftener: 0, never: 0 },
    mail: { arrived: MANY / 2, lost: 0, torn: 0 },
  });
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(restarts).toBeGreaterThanOrEqual(1);
}, 200_000);
