import { defineConfig } from 'vitest/config';

const EVERY = 'test/**/*.test.ts';
/** Tests that hold a limit of time, or stop and freeze what all others use the processor for: they run by themselves. */
const BY_THEMSELVES = [
  'test/faults/database-away.test.ts',
  'test/keys/oracle.test.ts',
  'test/overviews/pool.test.ts',
  'test/platform/db.test.ts',
  'test/relations/thousand.test.ts',
  'test/rest/fresh.test.ts',
];
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000, restoreMocks: true };

export default defineConfig({
  test: {
    globalSetup: ['test/setup.ts'],
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'together',
          isolate: false, // what a file loaded serves the next: a fifth of the run's time
          include: [EVERY],
          exclude: BY_THEMSELVES,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...LIMITS, name: 'alone', include: BY_THEMSELVES, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
