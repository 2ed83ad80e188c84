import { NoAgency, type StaffActions, staffActions } from '../agency/staff.actions.ts';
import { staffStore } from '../agency/staff.store.ts';
import { type Colleague, typedName } from '../agency/staff.ts';
import { readConfig } from '../config.ts';
import { type AgencyScope, operatorScope, STAFF_RIGHTS, type StaffRight } from '../identity/visitor.ts';
import { dayOfInstant } from '../platform/calendar-days.ts';
import { clockFrom } from '../platform/clock.ts';
import { openDatabase } from '../platform/db.ts';
import { isEnterpriseNumber, printedInsz, typedInsz } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { personStore } from '../workers/person.store.ts';
import { inDatabase, openGround, prepareGround } from './embedded.ts';
import { supportStaff } from './staff.support.ts';
import { firstLine } from './standard-input.ts';
import { Usage } from './usage.ts';

type Options = Record<string, string | boolean | undefined>;

interface Asked {
  actions: StaffActions;
  scope: AgencyScope;
  now: string;
  options: Options;
}

const VERBS: Record<string, (asked: Asked) => Promise<void>> = { add, remove, list };

/** Who may act for an agency, or at the support desk: `staff add`, `staff remove`, `staff list`. */
export async function run(options: Options, [verb = '', ...more]: string[]): Promise<number> {
  if (options.support === true) return runSupport(options, [verb, ...more].join(' '));
  const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!work || more.length > 0) throw new Usage('staff needs one of add, remove, list');
  if (typeof options.agency !== 'string') throw new Usage('--agency is the enterprise number of the agency');
  if (verb !== 'list' && typeof options.insz !== 'string')
    throw new Usage('--insz is the person’s number, or - to read it');
  if (verb === 'add' && !isRight(options.right)) throw new Usage(`--right is one of ${STAFF_RIGHTS.join(', ')}`);
  const agencyNumber = agencyOf(options.agency);
  const config = readConfig('command');
  const ground = await openGround(config);
  try {
    await prepareGround(config, ground);
    const db = openDatabase({ connection: ground.portal, log: createLog('warn') });
    const actions = staffActions(db, staffStore, personStore);
    const now = clockFrom(config.PORTAL_NOW).now();
    try {
      await work({ actions, scope: operatorScope(agencyNumber), now, options });
    } finally {
      await db.close();
    }
    return 0;
  } catch (error) {
    if (error instanceof NoAgency)
      throw new Error(`the directory has no agency ${agencyNumber}: add it first`, { cause: error });
    throw error;
  } finally {
    await ground.release();
  }
}

async function runSupport(options: Options, verb: string): Promise<number> {
  if (typeof options.agency === 'string') throw new Usage('--agency and --support do not go together');
  const config = readConfig('command');
  const now = clockFrom(config.PORTAL_NOW).now();
  const insz = () => {
    if (typeof options.insz !== 'string') throw new Usage('--insz is the person’s number, or - to read it');
    return typedNumber(options, now);
  };
  process.stdout.write(await inDatabase(config, (db) => supportStaff(verb, db, { now, insz })));
  return 0;
}

async function add({ actions, scope, now, options }: Asked): Promise<void> {
  const insz = await typedNumber(options, now);
  const right = options.right as StaffRight;
  const [givenName, familyName] = [typedName(options['given-name']), typedName(options['family-name'])];
  const outcome = await actions.add({ operator: scope, now }, { insz, right, givenName, familyName });
  process.stdout.write(`${printedInsz(insz, false)}: ${outcome}, may ${right}\n`);
}

async function remove({ actions, scope, now, options }: Asked): Promise<void> {
  const insz = await typedNumber(options, now);
  const outcome = await actions.remove({ operator: scope, now }, { insz });
  if (outcome === 'unknown') throw new Error(`${printedInsz(insz, false)} does not act for ${scope.agencyNumber}`);
  process.stdout.write(`${printedInsz(insz, false)}: ${outcome}\n`);
  const { staff } = await actions.listFor(scope);
  if (!staff.some((one) => one.right === 'manage'))
    process.stderr.write('nobody of this agency manages its staff any more\n');
}

async function list({ actions, scope }: Asked): Promise<void> {
  const { agencyName, staff } = await actions.listFor(scope);
  const lines = staff.map((one) => `  ${printedInsz(one.insz, false)}  ${one.right.padEnd(7)}  ${told(one)}\n`);
  process.stdout.write(`${agencyName}: ${staff.length === 0 ? 'nobody acts for it' : staff.length}\n${lines.join('')}`);
}

function told({ givenName, familyName, addedAt, addedBy }: Colleague): string {
  const name = [givenName, familyName].filter(Boolean).join(' ') || 'name not known';
  return `${name}, since ${dayOfInstant(addedAt)}, added by ${addedBy ?? 'the operator'}`;
}

function isRight(text: unknown): text is StaffRight {
  return STAFF_RIGHTS.includes(text as StaffRight);
}

function agencyOf(text: string): string {
  const number = text.replace(/^BE/i, '').replace(/[\s.]/g, '').padStart(10, '0');
  if (!isEnterpriseNumber(number))
    throw new Error(`${text} is no enterprise number: 10 digits, the last two check them`);
  return number;
}

/** A number on a command line stays in the shell's history: `-` reads it from standard input. */
async function typedNumber({ insz }: Options, now: string): Promise<string> {
  const typed = insz === '-' ? await firstLine() : String(insz);
  const number = typedInsz(typed, Number(now.slice(0, 4)));
  if (number === null) throw new Error('this is no INSZ: 11 digits, the last two check them');
  return number;
}
