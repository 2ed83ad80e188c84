import { benchCountry } from './country.ts';
import { benchImport } from './import.ts';
import { benchIntake } from './intake.ts';
import { benchList } from './list.ts';
import { benchPdf } from './pdf.ts';
import { benchBeside } from './pdf-beside.ts';
import { machine, printed, type Table } from './table.ts';

/**
 * `npm run bench -- [list] [import] [intake] [pdf] [--keep] [--short] [--profile FOLDER]`: each beside a bare reference in the same run; no name
 * means all these. `npm run bench -- country [--data FOLDER | --periods N] [--plans] [--keep] [--short]`: a whole country beside a small one.
 * Ratios are medians of each round's own, because a machine's speed drifts between rounds.
 */
const BENCHES: Record<string, () => Promise<Table[]>> = {
  list: benchList,
  import: benchImport,
  intake: benchIntake,
  pdf: async () => [await benchPdf(), await benchBeside()],
};
/** Only when it is named: it fills a disk. */
const NAMED: typeof BENCHES = { country: benchCountry };
const VALUED = ['--profile', '--data', '--periods'];

const wanted = process.argv
  .slice(2)
  .filter((word, i, all) => !word.startsWith('--') && !VALUED.includes(all[i - 1] ?? ''));
const known = { ...BENCHES, ...NAMED };
const unknown = wanted.find((name) => !known[name]);
if (unknown) {
  process.stderr.write(`there is no benchmark ${unknown}: ${Object.keys(known).join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(`${machine()}\n`);
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
  for (const table of (await known[name]?.()) ?? []) process.stdout.write(`\n${printed(table)}\n`);
}
