import { dayOfInstant } from '../platform/calendar-days.ts';
import type { Database } from '../platform/db.ts';
import { printedInsz } from '../platform/ids.ts';
import { type Agents, agentsActions } from '../support/agents.actions.ts';
import { supportStore } from '../support/support.store.ts';
import { personStore } from '../workers/person.store.ts';
import { Usage } from './usage.ts';

interface Asked {
  agents: Agents;
  now: string;
  /** Asks for the number only where it is needed. */
  insz(): Promise<string>;
}

const VERBS: Record<string, (asked: Asked) => Promise<string>> = { add, remove, unlock, list };

/** Who is an agent of the support desk: `staff add|remove|unlock|list --support`. @returns what to print */
export async function supportStaff(verb: string, db: Database, asked: Omit<Asked, 'agents'>): Promise<string> {
  const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!work) throw new Usage('staff --support needs one of add, remove, unlock, list');
  return work({ ...asked, agents: agentsActions(db, supportStore, personStore) });
}

async function add({ agents, now, insz }: Asked): Promise<string> {
  const number = await insz();
  const isNew = await agents.add(number, now);
  return `${printedInsz(number, false)}: ${isNew ? 'added' : 'known'}, support agent\n`;
}

async function remove({ agents, now, insz }: Asked): Promise<string> {
  return done(await insz(), 'removed', (number) => agents.remove(number, now));
}

async function unlock({ agents, now, insz }: Asked): Promise<string> {
  return done(await insz(), 'unlocked', (number) => agents.unlock(number, now));
}

async function done(number: string, what: string, work: (number: string) => Promise<boolean>): Promise<string> {
  if (!(await work(number))) throw new Error(`${printedInsz(number, false)} is no support agent`);
  return `${printedInsz(number, false)}: ${what}\n`;
}

async function list({ agents }: Asked): Promise<string> {
  const all = await agents.list();
  const lines = all.map(({ insz, name, addedAt, isLocked }) => {
    const since = `${name ?? 'name not known'}, since ${dayOfInstant(addedAt)}`;
    return `  ${printedInsz(insz, false)}  ${since}${isLocked ? ', locked' : ''}\n`;
  });
  return `support agents: ${all.length === 0 ? 'nobody' : all.length}\n${lines.join('')}`;
}
