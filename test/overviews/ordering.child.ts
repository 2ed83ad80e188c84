import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
import type { SignedInWorker } from '../../src/identity/visitor.ts';
import { parseFilter } from '../../src/relations/filter.ts';

/** A portal that orders an overview, says its id, and is killed while it makes it. */
const { connection, at, workerId, insz } = JSON.parse(process.argv[2] ?? '');
const house = buildHouse({
  config: readConfig('command', { PORTAL_NOW: at, LOG_LEVEL: 'silent' }),
  connection,
  publicUrl: 'http://localhost:3999',
  secret: 'a secret for tests, of 32 characters',
  trust: [],
});
const { filter } = parseFilter({}, house.clock.today());
const wish = { filter, language: 'nl', sections: ['list'], fullInsz: false, requestId: 'test' } as const;
const visitor = { kind: 'worker', workerId, insz } as SignedInWorker;
process.stdout.write(await house.overviews.order(visitor, { ...wish, sections: [...wish.sections] }));
