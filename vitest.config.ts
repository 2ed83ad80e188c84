import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const EVERY = 'test/**/*.test.ts';
/** Tests that hold a limit of time, or stop and freeze what they work with: they run at the end, no more than the machine has processors. */
const IN_PEACE = [
  'test/faults/database-away.test.ts',
  'test/keys/oracle.test.ts',
  'test/overviews/pool.free.test.ts',
  'test/platform/db.test.ts',
  'test/relations/thousand.test.ts',
  'test/rest/fresh.test.ts',
];
/** The long ones, the longest first: begun last, one of them would be waited for by two idle workers. */
const LONG = [
  'test/journeys/accessibility.test.ts',
  'test/faults/deliveries.test.ts',
  'test/faults/notices.test.ts',
  'test/web/wrong-input.test.ts',
  'test/journeys/taking-home.test.ts',
  'test/journeys/token.test.ts',
  'test/journeys/sending.test.ts',
  'test/agency/staff.command.test.ts',
  'test/journeys/csam.test.ts',
  'test/journeys/worker.test.ts',
  'test/journeys/batch.test.ts',
];
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000, restoreMocks: true };

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => LONG.findIndex((file) => moduleId.endsWith(file)) >>> 0;
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    globalSetup: ['test/setup.ts'],
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'together',
          isolate: false, // what a file loaded serves the next: a fifth of the run's time
          include: [EVERY],
          exclude: IN_PEACE,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...LIMITS,
          name: 'in peace',
          isolate: false,
          include: IN_PEACE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
