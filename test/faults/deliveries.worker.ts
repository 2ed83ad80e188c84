import type pg from 'pg';
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
import { drawing } from '../drawing.ts';

/**
 * A portal without a door, that only works jobs off, to be killed. `DIE_AT` names the step of a delivery at which it kills itself, as hard as
 * the operating system can: after a try began, when its message is out and that is not noted yet, or when it is noted and the job is not.
 */
const { DIE_AT, PLACE = '{}', ...environment } = process.env;
const house = buildHouse({
  drawing: drawing(),
  config: readConfig('demo', { EID_OCSP: 'off', ...environment }),
  connection: JSON.parse(PLACE) as pg.ClientConfig,
  publicUrl: 'http://localhost:3999',
  secret: 'a secret for tests, of 32 characters',
  trust: [],
  log: pino({ level: 'silent' }),
});
const die = () => process.kill(process.pid, 'SIGKILL');
const { begin, sent } = house.deliveriesStore;
house.deliveriesStore.begin = async (id) => {
  const parcel = await begin(id);
  if (DIE_AT === 'begun') die();
  return parcel;
};
house.deliveriesStore.sent = async (id, how) => {
  if (DIE_AT === 'out') die();
  await sent(id, how);
  if (DIE_AT === 'noted') die();
};
await house.jobs.start();
process.on('SIGTERM', () => void house.close().then(() => process.exit(0)));
process.stdout.write('working\n');
