import { readConfig } from '../config.ts';
import { migrate } from '../platform/migrate.ts';
import { openGround, withClient } from './embedded.ts';

export async function run(): Promise<number> {
  const config = readConfig('command');
  const ground = await openGround(config);
  try {
    const ran = await withClient(ground.owner, (client) => migrate(client, ground.role));
    process.stdout.write(ran.length > 0 ? `${ran.join('\n')}\n` : 'nothing to migrate\n');
    return 0;
  } finally {
    await ground.release();
  }
}
