import { parseArgs } from 'node:util';
import { told } from './commands/told.ts';
import { Usage } from './commands/usage.ts';

/** The command line. Exit 0 done, 1 failed, 2 not understood. */
interface Command {
  summary: string;
  usage: string;
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'];
  /** Whether words without dashes follow: files, or what to do. */
  words?: true;
  /** Loaded only when asked for: production never loads the demo. */
  load(): Promise<{ run(options: Record<string, string | boolean | undefined>, rest: string[]): Promise<number> }>;
}

const COMMANDS: Record<string, Command> = {
  serve: {
    summary: 'run the portal (production)',
    usage: 'serve',
    options: {},
    load: () => import('./commands/serve.ts'),
  },
  demo: {
    summary: 'run the portal with made-up people on an embedded PostgreSQL',
    usage: 'demo',
    options: {},
    load: () => import('./commands/demo.ts'),
  },
  migrate: {
    summary: 'bring the database up to date',
    usage: 'migrate',
    options: {},
    load: () => import('./commands/migrate.ts'),
  },
  import: {
    summary:
      'declare what files hold: DIMONA/SU XML or JSON lines, gzip too; IDFLUX XML: changes of number; --enterprises: the directory',
    usage: 'import FILE… [--received-at now|form] [--results FILE] | import --enterprises FILE.csv',
    options: { results: { type: 'string' }, 'received-at': { type: 'string' }, enterprises: { type: 'string' } },
    words: true,
    load: () => import('./commands/import.ts'),
  },
  generate: {
    summary: 'fill the database with made-up workers and periods',
    usage: 'generate --workers N --periods M [--seed TEXT]',
    options: { workers: { type: 'string' }, periods: { type: 'string' }, seed: { type: 'string' } },
    load: () => import('./commands/generate.ts'),
  },
  rebuild: {
    summary: 'make the relations anew from the ledger; --check only compares',
    usage: 'rebuild [--check]',
    options: { check: { type: 'boolean' } },
    load: () => import('./commands/rebuild.ts'),
  },
  agency: {
    summary: 'put an agency into the directory of enterprises',
    usage: 'agency add --number KBO --name NAME [--nsso NUMBER]',
    options: { number: { type: 'string' }, name: { type: 'string' }, nsso: { type: 'string' } },
    words: true,
    load: () => import('./commands/agency.ts'),
  },
  client: {
    summary: 'register a service of an agency, roll its keys, end it',
    usage:
      'client add --agency KBO --jwks FILE [--scopes declarant,consult] | client key --client ID --jwks FILE | client revoke --client ID',
    options: {
      agency: { type: 'string' },
      jwks: { type: 'string' },
      scopes: { type: 'string' },
      client: { type: 'string' },
    },
    words: true,
    load: () => import('./commands/client.ts'),
  },
  staff: {
    summary: 'who may act for an agency, or at the support desk; --insz - reads the number from standard input',
    usage:
      'staff add --agency KBO --insz N --right view|declare|manage [--given-name NAME] [--family-name NAME] | staff remove --agency KBO --insz N | staff list --agency KBO | staff add|remove|unlock --support --insz N | staff list --support',
    options: {
      agency: { type: 'string' },
      insz: { type: 'string' },
      right: { type: 'string' },
      'given-name': { type: 'string' },
      'family-name': { type: 'string' },
      support: { type: 'boolean' },
    },
    words: true,
    load: () => import('./commands/staff.ts'),
  },
  access: {
    summary: 'prove that nobody touched the access rows; give them to the data protection officer',
    usage:
      'access verify [--head MONTH:NUMBER:SEAL] | access export --reason TEXT [--from DAY] [--to DAY] [--insz N] [--csv]',
    options: {
      head: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      insz: { type: 'string' },
      reason: { type: 'string' },
      csv: { type: 'boolean' },
    },
    words: true,
    load: () => import('./commands/access.ts'),
  },
  'check-token': {
    summary: 'check an eID token by hand',
    usage: 'check-token FILE --anchors DIR [--at INSTANT]',
    options: { anchors: { type: 'string' }, at: { type: 'string' } },
    words: true,
    load: () => import('./commands/check-token.ts'),
  },
};

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Interim@work\n\nUsage: node src/main.ts COMMAND [--help]\n\n${lines.join('\n')}\n`;
}

async function main(argv: string[]): Promise<number> {
  const [name = 'serve', ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') return print(help());
  const command = COMMANDS[name];
  if (!command) throw new Usage(`there is no command ${name}\n\n${help()}`);
  if (rest.includes('--help') || rest.includes('-h'))
    return print(`${command.summary}\n\nUsage: node src/main.ts ${command.usage}\n`);
  const { values, positionals } = parse(command, rest);
  const { run } = await command.load();
  return run(values as Record<string, string | boolean | undefined>, positionals);
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: command.options ?? {}, allowPositionals: command.words ?? false });
  } catch (error) {
    throw new Usage(`${(error as Error).message}\n\nUsage: node src/main.ts ${command.usage}\n`);
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${told(error as Error)}\n`);
  process.exitCode = error instanceof Usage ? 2 : 1;
}
