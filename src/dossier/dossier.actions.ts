import { AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { ZipFile } from 'yazl';
import { recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { type Filter, parseFilter } from '../relations/filter.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { listCsv, listData } from '../relations/relations.data.ts';
import { relationsSchema } from '../relations/relations.schema.ts';
import { dossierStore } from './dossier.store.ts';
import type { DossierPart, DossierWish } from './dossier.ts';
import { FILES } from './dossier.ts';

export interface Dossier {
  /** Writes down that it is taken, then reads file after file while the archive is being sent. */
  take(visitor: SignedInWorker, wish: DossierWish): Promise<Readable>;
}

interface Tools {
  db: Database;
  log: Logger;
  relations(scope: WorkerScope, filter: Filter, today: string): Promise<WorkRelation[]>;
  /** What the files are, in words. */
  readme(lang: DossierWish['lang'], now: string): string;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;

export function dossierActions({ db, log, relations, readme }: Tools): Dossier {
  const store = dossierStore(db);
  function partsOf(scope: WorkerScope, { lang, now, today }: DossierWish): DossierPart[] {
    const { filter } = parseFilter({ year: 'all', pageSize: 'all', sort: 'start', dir: 'asc' }, today);
    const found = async () => {
      const sectors = ['temp', 'other'] as const;
      return (await Promise.all(sectors.map((sector) => relations(scope, { ...filter, sector }, today)))).flat();
    };
    const read = (file: (typeof FILES)[number]) => async () => {
      if (file === 'relations.csv') return listCsv(await found());
      if (file !== 'relations.json') return json(await store.rows(scope, file));
      const items = await found();
      return json(listData(items, items.length, filter));
    };
    return [
      { file: 'README.txt', read: async () => readme(lang, now) },
      { file: 'relations.schema.json', read: async () => json(relationsSchema()) },
      ...FILES.map((file) => ({ file, read: read(file) })),
    ];
  }

  return {
    async take(visitor, wish) {
      const { now: at, requestId } = wish;
      const row = {
        at,
        actor: actorOf(visitor),
        subject: visitor.insz,
        purpose: 'export',
        channel: 'zip',
        requestId,
      } as const;
      await db.transaction((tx) => recordAccess(tx, row));
      // read while it is being sent, still in the name of whoever asked
      const parts = partsOf(scopeOf(visitor), wish).map((part) => ({ ...part, read: AsyncResource.bind(part.read) }));
      return archive(parts, new Date(at), (error) => log.error({ err: error, requestId }, 'an archive broke off'));
    },
  };
}

/** A part that cannot be read breaks the stream off: no archive looks whole that is not. */
function archive(parts: DossierPart[], mtime: Date, onBreak: (error: Error) => void): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const breakOff = (error: Error) => {
    onBreak(error);
    output.destroy(error);
  };
  zip.on('error', breakOff);
  for (const { file, read } of parts)
    zip.addReadStreamLazy(file, { mtime, mode: 0o100644 }, (done) => {
      read().then((text) => done(null, Readable.from([Buffer.from(text)])), breakOff);
    });
  zip.end();
  return output;
}
