import { readConfig } from '../config.ts';
import { enterpriseFrom } from '../enterprises/enterprise.ts';
import { upsertEnterprises } from '../enterprises/enterprises.store.ts';
import { inDatabase } from './embedded.ts';
import { Usage } from './usage.ts';

/** Puts an agency into the directory, or brings it up to date. */
export async function run(options: Record<string, string | boolean | undefined>, words: string[]): Promise<number> {
  const { number, name, nsso } = options;
  if (words.join(' ') !== 'add' || typeof number !== 'string' || typeof name !== 'string')
    throw new Usage('agency add needs --number and --name');
  const nssoNumber = typeof nsso === 'string' ? nsso : '';
  const enterprise = enterpriseFrom({ enterpriseNumber: number, name, kind: 'agency', nssoNumber });
  if ('fault' in enterprise) throw new Error(enterprise.fault);
  await inDatabase(readConfig('command'), (db) => db.transaction((tx) => upsertEnterprises(tx, [enterprise])));
  process.stdout.write(`${enterprise.enterpriseNumber} ${enterprise.name}\n`);
  return 0;
}
