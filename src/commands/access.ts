import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import { headOf, headText } from '../access/chain.ts';
import { LONGEST_REASON, recordAccessExport } from '../access/export.actions.ts';
import { type ExportedAccess, type ExportWanted, exportedAccess } from '../access/export.store.ts';
import { verifyAccess } from '../access/verify.store.ts';
import { readConfig } from '../config.ts';
import { dayOfInstant } from '../platform/calendar-days.ts';
import { clockFrom } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { bareNumber, typedInsz } from '../platform/ids.ts';
import { inDatabase } from './embedded.ts';
import { firstLine } from './standard-input.ts';
import { Usage } from './usage.ts';

type Options = Record<string, string | boolean | undefined>;

const VERBS: Record<string, (db: Database, options: Options, now: string) => Promise<number>> = {
  verify,
  export: take,
};
/** How long the rows are kept, as `keep_access` in the database does it. */
const YEARS = 10;

/** `access verify` tells whether the access rows are what they were; `access export` gives them to the data protection officer. */
export async function run(options: Options, words: string[]): Promise<number> {
  const name = words.join(' ');
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) throw new Usage('access needs one of verify, export');
  const config = readConfig('command');
  return inDatabase(config, (db) => verb(db, options, clockFrom(config.PORTAL_NOW).now()));
}

async function verify(db: Database, { head }: Options): Promise<number> {
  const noted = head === undefined ? null : headOf(String(head));
  if (head !== undefined && noted === null)
    throw new Usage('--head is what an earlier verify printed: MONTH:NUMBER:SEAL');
  const oldest = Temporal.Now.plainDateISO('UTC').subtract({ years: YEARS }).toString().slice(0, 7);
  const client = await db.connect();
  const found = await verifyAccess(client, { noted, oldest }).finally(() => client.end());
  if (!found.sound) {
    const { month, row, what } = found.broken;
    process.stderr.write(`broken in ${month}: ${row === null ? '' : `row ${row} `}${what}\n`);
    return 1;
  }
  for (const { month, number } of found.heads) process.stdout.write(`${month}: ${number} links, sound\n`);
  process.stdout.write(`${found.waiting} rows wait for their seal\n`);
  const last = found.heads.at(-1);
  if (last) process.stdout.write(`head ${headText(last)}\n`);
  return 0;
}

async function take(db: Database, options: Options, now: string): Promise<number> {
  const wanted = await wantedOf(options, now);
  const { reason } = options;
  if (typeof reason !== 'string' || reason.trim() === '') throw new Usage('--reason is who wants it, and why');
  if (reason.length > LONGEST_REASON || /\d{11}/.test(bareNumber(reason)))
    throw new Usage(`--reason has at most ${LONGEST_REASON} signs, and no national number: people may read it`);
  await recordAccessExport(db, wanted, { reason: reason.trim(), now });
  const isCsv = options.csv === true;
  if (isCsv) process.stdout.write(csvOf([COLUMNS]));
  const client = await db.connect();
  try {
    for await (const rows of exportedAccess(client, wanted)) {
      const text = isCsv ? csvOf(rows.map(cellsOf)) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    }
  } finally {
    await client.end();
  }
  return 0;
}

async function wantedOf({ from, to, insz }: Options, now: string): Promise<ExportWanted> {
  const day = (text: Options[string], otherwise: string) => {
    const read = /^\d{4}-\d\d-\d\d$/.test(String(text ?? otherwise)) ? String(text ?? otherwise) : 'no day';
    if (Number.isNaN(Date.parse(read))) throw new Usage('--from and --to are days, YYYY-MM-DD');
    return Temporal.PlainDate.from(read).toZonedDateTime('Europe/Brussels');
  };
  const typed = insz === '-' ? await firstLine() : insz;
  const subject = typedInsz(typed, Number(now.slice(0, 4)));
  if (typed !== undefined && subject === null) throw new Usage('--insz is no INSZ: 11 digits, the last two check them');
  const until = day(to, dayOfInstant(now)).add({ days: 1 });
  return { from: day(from, '2016-01-01').toInstant().toString(), to: until.toInstant().toString(), insz: subject };
}

const COLUMNS = [
  'id',
  'at',
  'actorKind',
  'actorInsz',
  'actorAgency',
  'actorClient',
  'subjects',
  'purpose',
  'channel',
  'detail',
  'resultCount',
  'requestId',
] as const;

function cellsOf(row: ExportedAccess): string[] {
  return COLUMNS.map((column) => {
    const value = row[column];
    if (value === null) return '';
    if (column === 'subjects') return row.subjects.join(' ');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** A cell that a spreadsheet would run as a formula is kept text. */
function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );
}
