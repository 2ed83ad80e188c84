import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

/** These few always are the same; `npm run drill -- fuzz` sends a million, and tells their seed. */
const { FUZZ_REQUESTS = '4000', FUZZ_SEED = '20261126' } = process.env;
const requests = Number(FUZZ_REQUESTS);

it(
  'whatever is sent is answered: no fault of ours, nothing unescaped, no number in the log',
  async () => {
    const began = performance.now();
    const told = (done: number) => {
      if (requests > 100_000 && done % 30_000 === 0) process.stderr.write(`${done} of ${requests}\n`);
    };
    const { statuses, routes, faults } = await fuzz(requests, Number(FUZZ_SEED), told);
    expect(faults).toEqual([]);
    expect(routes).toBeGreaterThan(100);
    for (const status of ['200', '303', '400', '403', '404']) expect(statuses[status], status).toBeGreaterThan(10);
    if (requests > 100_000)
      process.stdout.write(`${JSON.stringify(statuses)} in ${Math.round((performance.now() - began) / 1000)} s\n`);
  },
  60_000 + requests * 10,
);
