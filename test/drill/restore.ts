import { setTimeout as pause } from 'node:timers/promises';
import { asOwner } from '../bench/database.ts';
import { type Finding, found } from './finding.ts';
import { commanded, openPortalOn } from './portal.running.ts';
import { underLoad } from './portals.load.ts';
import { type Archived, openArchived } from './restore.cluster.ts';
import { momentOf, type State, stateOf } from './restore.state.ts';

/** A backup is taken under load, a moment noted, and later, in a second PostgreSQL, there is every row of that moment and none since. */
export async function drillRestore(): Promise<Finding[]> {
  const first = await openArchived();
  try {
    return await restored(first);
  } finally {
    await first.close();
  }
}

async function restored(first: Archived): Promise<Finding[]> {
  const at = (port: number) => ({ host: '127.0.0.1', port, ...first.superuser, database: 'interim' });
  await using standing = new AsyncDisposableStack();
  const running = await openPortalOn(first);
  standing.defer(() => running.close());
  const load = underLoad({ ...running, firstDay: '2029-01-01', patience: 30_000, breath: 20 });
  await pause(3_000);
  first.backUp();
  await pause(5_000);
  const { moment, state } = await asOwner(at(first.port), momentOf);
  await pause(5_000);
  const came = await load.stop();
  await first.archived();
  const since = await asOwner(at(first.port), stateOf);
  const { port, seconds, megabytes } = await first.restoreTo(moment);
  const second = await asOwner(at(port), stateOf);
  const command = (...words: string[]) => commanded({ port, folder: first.folder }, words);
  const rows = Object.values(state).reduce((sum, one) => sum + one.rows, 0);
  return [
    found(
      `${came.declared.length} declarations answered with 201 meanwhile; refused or with a fault`,
      came.declarationFaults,
      [],
    ),
    found(`${came.pages} pages of workers; neither given nor refused with a time`, came.pageFaults, []),
    found('changed in the first since the moment', differing(state, since).includes('public.declarations'), true),
    found(
      `${Object.keys(state).length} tables, ${rows} rows: not as they were at the moment`,
      differing(state, second),
      [],
    ),
    found('rebuild --check', await command('rebuild', '--check'), 0),
    found('access verify', await command('access', 'verify'), 0),
    { what: 'restored', came: `${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s`, isRight: true },
  ];
}

function differing(one: State, other: State): string[] {
  const all = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...all].filter((table) => one[table]?.rows !== other[table]?.rows || one[table]?.sum !== other[table]?.sum);
}
