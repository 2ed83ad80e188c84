import { buildApp } from '../app.ts';
import { ConfigFaults, readConfig } from '../config.ts';
import { buildHouse } from '../house.ts';
import { missingQueues } from '../platform/jobs.schema.ts';
import { pendingMigrations } from '../platform/migrate.ts';
import { isSetAside } from '../platform/set-aside.ts';
import { withClient } from './embedded.ts';
import { endWell, listen } from './running.ts';
import { configuredSeal } from './seal.ts';

/** Production: everything comes from the environment, nothing is made or migrated here. */
export async function run(): Promise<number> {
  const config = readConfig('serve');
  const { DATABASE_URL = '', SESSION_SECRET = '', PUBLIC_URL = '', EID_TRUST = '' } = config;
  const connection = { connectionString: DATABASE_URL };
  await withClient(connection, async (client) => {
    const pending = [...(await pendingMigrations(client)), ...(await missingQueues(client))];
    if (pending.length > 0)
      throw new ConfigFaults([`DATABASE_URL: migrations have not run: ${pending.join(', ')}; run "migrate" first`]);
    if (await isSetAside(client))
      throw new ConfigFaults([
        'DATABASE_URL: indexes are away since a “generate” was cut off; run it again, or “migrate”',
      ]);
    const { rowCount } = await client.query(`select from installation where purpose = 'demo'`);
    if (rowCount !== 0) throw new ConfigFaults(['DATABASE_URL: is the database of a demo']);
  });
  const seal = configuredSeal(config);
  const trust = [EID_TRUST];
  const secrets = { secret: SESSION_SECRET, pepper: config.TOKEN_PEPPER };
  const house = buildHouse({ config, connection, publicUrl: PUBLIC_URL, ...secrets, trust, seal });
  if (!seal) house.log.warn('overviews carry no seal: SEAL_KEY and SEAL_CERTIFICATE are not set');
  const app = await buildApp(house);
  const { end } = await listen(house, app, {
    host: config.HOST,
    port: config.PORT,
    metricsPort: config.METRICS_PORT ?? null,
  });
  endWell(house, end);
  house.log.info({ url: PUBLIC_URL, host: config.HOST, port: config.PORT }, 'portal ready');
  return 0;
}
