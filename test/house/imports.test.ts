import { describe, expect, it } from 'vitest';
import { kindOf, mayImport, roomOf } from './imports.table.ts';
import { filesUnder, importsOf, textOf, withoutComments } from './sources.ts';

const SOURCES = filesUnder('src', '.ts');
const GRAPH = new Map(SOURCES.map((file) => [file, importsOf(file)]));

describe('the imports table', () => {
  it('finds the imports it judges', () => {
    const found = (file: string) =>
      importsOf(file).map(
        ({ target, isTypeOnly, isStarted }) => `${isTypeOnly ? 'type ' : ''}${isStarted ? 'thread ' : ''}${target}`,
      );
    expect(found('src/app.ts')).toEqual(expect.arrayContaining(['src/web/hall.ts', 'type src/house.ts', 'fastify']));
    expect(found('src/main.ts')).toContain('src/commands/demo.ts');
    expect(found('src/overviews/pdf.pool.ts')).toContain('thread src/overviews/pdf.worker.ts');
  });

  it('every file imports only what its kind may', () => {
    const refused = [...GRAPH].flatMap(([file, imports]) =>
      imports
        .filter((one) => !mayImport(file, one))
        .map(({ target, isTypeOnly }) => `${kindOf(file)} ${file} → ${isTypeOnly ? 'type ' : ''}${target}`),
    );
    expect(refused).toEqual([]);
  });

  it('every own import exists', () => {
    const known = new Set([...SOURCES, ...filesUnder('locales', '.json'), ...filesUnder('src', '.js'), 'package.json']);
    const missing = [...GRAPH].flatMap(([file, imports]) =>
      imports.filter(({ isOwn, target }) => isOwn && !known.has(target)).map(({ target }) => `${file} → ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no cycles', () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, trail: string[]) => {
      if (trail.includes(file)) return void cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      if (done.has(file)) return;
      for (const { target, isOwn, isTypeOnly, isStarted } of GRAPH.get(file) ?? [])
        if (isOwn && !isTypeOnly && !isStarted) walk(target, [...trail, file]);
      done.add(file);
    };
    for (const file of SOURCES) walk(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('the shape of the code', () => {
  const WRITTEN = [...SOURCES, ...filesUnder('src', '.js'), ...filesUnder('test', '.ts'), ...filesUnder('bin', '.mjs')];

  it('knows every room', () => {
    const rooms = [
      'declarations',
      'relations',
      'dossier',
      'feeds',
      'overviews',
      'keys',
      'agency',
      'workers',
      'mail',
      'deliveries',
      'enterprises',
      'access',
      'support',
      'identity',
      'generate',
      'reports',
      'notices',
      'shifts',
    ];
    const rest = ['web', 'platform', 'stubs', 'patterns', 'commands', ''];
    expect([...new Set(SOURCES.map(roomOf))].filter((room) => ![...rooms, ...rest].includes(room))).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    const names = /^(utils?|commons?|shared|services?|helpers?|types?|index|misc|lib)$/;
    const drawers = WRITTEN.filter((file) => file.split('/').some((part) => names.test(part.replace(/\..*$/, ''))));
    expect(drawers).toEqual([]);
  });

  it('keeps every source file within 200 lines; a test may hold a longer table of cases', () => {
    const long = WRITTEN.map((file) => ({ file, lines: textOf(file).trimEnd().split('\n').length }));
    expect(long.filter(({ file, lines }) => lines > (file.startsWith('src/') ? 200 : 320))).toEqual([]);
  });

  it('leaves nothing for later and hides nothing', () => {
    const marks =
      /\b(TODO|FIXME|XXX:|HACK)\b|@ts-(ignore|nocheck|expect-error)|\b(it|test|describe)\.(skip|todo|only)\b/;
    const guards = 'test/house/'; // name the marks
    expect(WRITTEN.filter((file) => !file.startsWith(guards) && marks.test(textOf(file)))).toEqual([]);
  });

  it('makes a scope without a visitor only where the portal or its operator is at work', () => {
    const makers = (name: string) => SOURCES.filter((file) => new RegExp(`\\b${name}\\(`).test(textOf(file)));
    expect(makers('ownerScope')).toEqual([
      'src/feeds/feeds.actions.ts',
      'src/house.sending.ts',
      'src/identity/visitor.ts',
      'src/mail/mail.actions.ts',
      'src/notices/told.actions.ts',
      'src/overviews/overviews.actions.ts',
    ]);
    expect(makers('operatorScope')).toEqual(['src/commands/staff.ts', 'src/identity/visitor.ts']);
    const forced = /\bas (Scope|PersonScope|WorkerScope|AgencyScope|LookupScope)\b/;
    expect(SOURCES.filter((file) => forced.test(textOf(file)))).toEqual(['src/identity/visitor.ts']);
  });

  it('reads the environment in one place', () => {
    // PostgreSQL's guardian is a process of its own that hands nothing on but the search path for programs
    const read = (file: string) => withoutComments(textOf(file)).match(/process\.env(\.\w+)?/g) ?? [];
    const readers = Object.fromEntries(SOURCES.map((file) => [file, read(file)]).filter(([, found]) => found?.length));
    expect(readers).toEqual({
      'src/config.ts': ['process.env'],
      'src/platform/postgres.guardian.ts': ['process.env.PATH', 'process.env.PATH'],
    });
  });
});
