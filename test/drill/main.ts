import { drillDeliveries } from './deliveries.ts';
import type { Finding } from './finding.ts';
import { drillFuzz } from './fuzz.ts';
import { drillNginx } from './nginx.ts';
import { drillNotices } from './notices.ts';
import { drillOverload } from './overload.ts';
import { drillPatroni } from './patroni.ts';
import { drillPortals } from './portals.ts';
import { drillRestore } from './restore.ts';

/**
 * `npm run drill [-- NAME…] [--short]`: long drills with real programs beside the portal (they come from Debian's packages where the machine
 * has none, as root). Prints what was tried and what came of it; exit 1 when anything was not as it should be.
 */
const DRILLS: Record<string, () => Promise<Finding[]>> = {
  nginx: drillNginx,
  deliveries: drillDeliveries,
  notices: drillNotices,
  fuzz: drillFuzz,
  portals: drillPortals,
  patroni: drillPatroni,
  restore: drillRestore,
  overload: drillOverload,
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = wanted.find((name) => !DRILLS[name]);
if (unknown) {
  process.stderr.write(`there is no drill ${unknown}: ${Object.keys(DRILLS).join(', ')}\n`);
  process.exit(2);
}
let failed = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(DRILLS)) {
  process.stdout.write(`\n${name}\n`);
  for (const { what, came, isRight } of (await DRILLS[name]?.()) ?? []) {
    process.stdout.write(`  ${isRight ? 'right' : 'WRONG'}  ${what}: ${came}\n`);
    if (!isRight) failed++;
  }
}
process.stdout.write(failed === 0 ? '\nall right\n' : `\n${failed} not as it should be\n`);
process.exitCode = failed === 0 ? 0 : 1;
