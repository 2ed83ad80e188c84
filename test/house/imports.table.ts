import type { Import } from './sources.ts';

/**
 * Who may import whom. A room is the first folder under src; the kind of a file stands in its name. What is not allowed here is refused:
 * a new need is a new line, with its reason.
 */
export type Kind =
  | 'rules'
  | 'pages'
  | 'store'
  | 'actions'
  | 'routes'
  | 'method'
  | 'web'
  | 'platform'
  | 'stub'
  | 'patterns'
  | 'command'
  | 'config'
  | 'house'
  | 'app'
  | 'main';

export function roomOf(file: string): string {
  const [, room = '', rest] = file.split('/');
  return rest === undefined ? '' : room;
}

export function kindOf(file: string): Kind {
  const room = roomOf(file);
  if (room === '') return file.slice('src/'.length).split('.')[0] as Kind; // `house.cards.ts` is a part of the house
  if (room === 'web' || room === 'platform') return room;
  if (room === 'stubs') return 'stub';
  if (room === 'patterns') return 'patterns';
  if (room === 'commands') return 'command';
  const told = file.match(/\.(store|actions|pages|routes|method)s?\.ts$/)?.[1];
  return (told as Kind | undefined) ?? 'rules';
}

/** An import seen from the file that has it. */
interface Seen {
  kind: Kind | null;
  isOwnRoom: boolean;
  isType: boolean;
  target: string;
}

const PURE_PLATFORM = ['src/platform/ids.ts', 'src/platform/calendar-days.ts'];
const WORDS = ['src/web/paths.ts', 'src/web/language.ts', 'src/web/dates.ts'];
const DATABASE = ['db', 'db.records', 'set-aside', 'tables', 'tables.notices', 'tables.reports', 'tables.support'].map(
  (noun) => `src/platform/${noun}.ts`,
);
const VISITOR = 'src/identity/visitor.ts';

/**
 * Shared furniture of pages: the names of codes and companies, a filter as people read it, and a relation's verdict and timeline, which worker and
 * agency read alike.
 */
const SHARED_PAGES = ['names', 'filter', 'timeline', 'verdict'].map((noun) => `src/relations/${noun}.pages.ts`);
/** One write = state + access row: whoever writes about somebody's data writes its row in the same transaction. */
const ACCESS = 'src/access/access.store.ts';
/** How an accepted declaration lies in the ledger: the rooms that read the ledger in SQL unfold it with this. */
const LEDGER = 'src/declarations/ledger.ts';

/** Packages that reach the network, the database or the log: never for rules and pages. */
const OUTSIDE = /^(fastify|@fastify\/.*|kysely|pg|pg-copy-streams|pino|node:(http|https|net|tls|dns)(\/.*)?)$/;
const HTTP = /^(fastify|@fastify\/.*|eta|node:https?)$/;
const SQL = /^(kysely|pg|pg-copy-streams)$/;

const isRules = ({ kind }: Seen) => kind === 'rules';
const isLangType = ({ target, isType }: Seen) => isType && target === 'src/web/language.ts';

/** Which own files a kind may import. */
const OWN: Record<Kind, (seen: Seen) => boolean> = {
  rules: (seen) => isRules(seen) || PURE_PLATFORM.includes(seen.target) || isLangType(seen),
  pages: (seen) =>
    isRules(seen) ||
    [...PURE_PLATFORM, ...WORDS, ...SHARED_PAGES].includes(seen.target) ||
    (seen.kind === 'pages' && seen.isOwnRoom),
  store: (seen) =>
    (isRules(seen) && (seen.isOwnRoom || seen.isType || seen.target === LEDGER)) ||
    (seen.kind === 'store' && seen.isOwnRoom) ||
    [...PURE_PLATFORM, ...DATABASE].includes(seen.target) ||
    isLangType(seen),
  actions: (seen) =>
    isRules(seen) ||
    (seen.isOwnRoom && (seen.kind === 'store' || seen.kind === 'actions')) ||
    [...PURE_PLATFORM, ACCESS, VISITOR].includes(seen.target) ||
    (seen.isType && ['store', 'platform'].includes(seen.kind ?? '')) ||
    isLangType(seen),
  routes: (seen) =>
    isRules(seen) ||
    (seen.isOwnRoom && seen.kind !== 'routes') ||
    seen.kind === 'web' ||
    PURE_PLATFORM.includes(seen.target) ||
    (seen.isType && seen.kind === 'platform'),
  // a sign-in method knows of HTTP what it is asked and what it answers
  method: (seen) =>
    isRules(seen) ||
    (seen.isOwnRoom && seen.kind !== 'routes') ||
    ['src/web/paths.ts', 'src/web/answer.ts', ...PURE_PLATFORM].includes(seen.target) ||
    (seen.isType && ['web', 'platform'].includes(seen.kind ?? '')),
  web: (seen) =>
    seen.kind === 'web' ||
    seen.kind === 'platform' ||
    [VISITOR, 'src/identity/sessions.ts'].includes(seen.target) ||
    (seen.isType && seen.target === 'src/identity/sessions.store.ts') ||
    seen.target.startsWith('locales/'),
  platform: (seen) => seen.kind === 'platform',
  // the demo's page of every part: it is made by the pages that have the parts
  patterns: (seen) =>
    ['rules', 'pages', 'web', 'patterns'].includes(seen.kind ?? '') || PURE_PLATFORM.includes(seen.target),
  stub: (seen) => ['rules', 'store', 'actions', 'platform', 'stub'].includes(seen.kind ?? ''),
  config: ({ kind, target }) => kind === 'config' || target === 'package.json',
  house: ({ kind }) => !['main', 'app', 'command', 'stub', 'routes'].includes(kind ?? ''),
  app: ({ kind }) => !['main', 'command', 'stub'].includes(kind ?? ''),
  command: ({ kind }) => !['main', 'routes', 'pages', 'stub'].includes(kind ?? ''),
  main: ({ kind }) => kind === 'command' || kind === 'config',
};

/** Which packages a kind may never import; a type is what somebody is handed. */
const PACKAGES: Partial<Record<Kind, (name: string, isType: boolean) => boolean>> = {
  rules: (name) => !OUTSIDE.test(name),
  pages: (name) => !OUTSIDE.test(name),
  store: (name) => !HTTP.test(name),
  actions: (name, isType) => !HTTP.test(name) && (isType || !SQL.test(name)),
  method: (name, isType) => !SQL.test(name) && (isType || !HTTP.test(name)),
  routes: (name, isType) => !SQL.test(name) && (isType || !HTTP.test(name)),
  web: (name) => !SQL.test(name),
  platform: (name) => !HTTP.test(name) || name === 'node:http',
  config: (name) => name === 'zod' || name.startsWith('node:'),
};

export function mayImport(file: string, { target, isOwn, isTypeOnly: isType }: Import): boolean {
  const kind = kindOf(file);
  if (!isOwn) return PACKAGES[kind]?.(target, isType) ?? true;
  if (/^src\/commands\/demo\b/.test(file) && /^src\/(stubs|patterns)\//.test(target)) return true;
  const isSource = target.startsWith('src/');
  return OWN[kind]({
    kind: isSource ? kindOf(target) : null,
    isOwnRoom: isSource && roomOf(file) === roomOf(target),
    isType,
    target,
  });
}
