import { createHash, randomBytes } from 'node:crypto';
import { type AgencyClient, type AgencyStaff, agencyScopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { ahead } from './ahead.ts';
import { unpackedOf, within } from './batches.file.ts';
import { notified } from './batches.read.actions.ts';
import type { BatchesStore } from './batches.store.ts';
import {
  answered,
  type Batches,
  type FormBatch,
  LIMITS,
  type SentFile,
  sourceKeyOf,
  type Taken,
  TooManyFiles,
} from './batches.ts';
import type { Intake } from './declarations.actions.ts';
import type { Received } from './declarations.batch.ts';
import { BrokenFile } from './intake.decode.ts';
import { namesEmployer } from './intake.parties.ts';
import { countForms, readForms } from './xml-form.ts';

export interface BatchTools {
  db: Database;
  store: BatchesStore;
  intake: Intake;
  clock: { now(): string };
  log: { error(detail: object, message: string): void };
  /** Forms judged and kept at once. */
  slice?: number;
}

const PART = 256 * 1024;
/** Files of one agency that may come in at the same moment. */
const COMING_IN = 4;
/** Batches that a portal declares at the same moment, so that a small one need not wait for a large one. */
const BESIDE = 3;
const SLICE = 1_000;

/** Files of declarations: kept as they come in, declared from what was kept, by whichever portal has a hand free. */
export function batchesActions({ db, store, intake, clock, log, slice = SLICE }: BatchTools): Batches {
  const portal = randomBytes(9).toString('base64url');
  const underWay = new Map<string, Promise<void>>();
  const comingIn = new Map<string, number>();
  let isClosing = false;

  return {
    async receive(visitor, file, now, patience) {
      const { agencyNumber } = visitor;
      const before = comingIn.get(agencyNumber) ?? 0;
      if (before >= COMING_IN) throw new TooManyFiles(`${before} files of ${agencyNumber} are coming in`);
      comingIn.set(agencyNumber, before + 1);
      const taken = await takenIn(visitor, file, now).finally(() => leave(agencyNumber));
      await work();
      if (underWay.has(taken.batch.id)) await Promise.race([underWay.get(taken.batch.id), pause(patience)]);
      const batch = await store.find(db, agencyScopeOf(visitor), { id: taken.batch.id });
      return { ...taken, batch: batch ?? taken.batch };
    },

    find: (scope, id) => store.find(db, scope, { id }),
    list: (scope, most) => store.list(db, scope, most),
    notified: (visitor, batch, which, act) => notified(db, visitor, batch, which, act),

    async sweep() {
      await store.sweep(db);
      await work();
    },

    async settled() {
      isClosing = true;
      await Promise.all(underWay.values());
    },
  };

  function leave(agencyNumber: string): void {
    const left = (comingIn.get(agencyNumber) ?? 1) - 1;
    if (left === 0) comingIn.delete(agencyNumber);
    else comingIn.set(agencyNumber, left);
  }

  /** Reads a file to its end while its bytes are kept; of one that is broken, too large or known nothing stays. */
  async function takenIn(visitor: AgencyClient | AgencyStaff, file: SentFile, now: string): Promise<Taken> {
    const id = randomBytes(16).toString('base64url');
    const { agencyNumber } = visitor;
    const sender = visitor.kind === 'client' ? `client:${visitor.clientId}` : `staff:${visitor.workerId}`;
    const fileName = file.name?.replace(/\p{Cc}/gu, '').slice(0, 200) || null;
    await store.begin(db, { id, agencyNumber, sender, fileName, receivedAt: now });
    try {
      const hash = createHash('sha256');
      const message = hashed(within(unpackedOf(kept(within(file.bytes, LIMITS.sent), id)), LIMITS.unpacked), hash);
      const forms = await countForms(message);
      if (forms === 0) throw new BrokenFile({ line: 1, column: 1 }, 'the message holds no form');
      const fileHash = hash.digest('hex');
      const isNew = await store.complete(db, id, fileHash, forms);
      const batch = await store.find(db, agencyScopeOf(visitor), { fileHash });
      if (!batch) throw new Error(`batch ${id} is not there`);
      if (!isNew) await store.forget(db, id);
      return { batch, isKnown: !isNew };
    } catch (error) {
      await store.forget(db, id).catch((err: Error) => log.error({ err }, 'a file that was refused is still kept'));
      throw error;
    }
  }

  async function* kept(bytes: AsyncIterable<Buffer>, id: string): AsyncGenerator<Buffer> {
    let waiting: Buffer[] = [];
    let size = 0;
    let part = 0;
    for await (const chunk of bytes) {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= PART) {
        await store.keepPart(db, id, part++, Buffer.concat(waiting));
        [waiting, size] = [[], 0];
      }
      yield chunk;
    }
    if (size > 0) await store.keepPart(db, id, part, Buffer.concat(waiting));
  }

  /** Takes up batches while there are any and a hand is free. */
  async function work(): Promise<void> {
    while (!isClosing && underWay.size < BESIDE) {
      const batch = await store.claim(db, portal);
      if (!batch) return;
      const done = declareAll(batch)
        .catch((err: Error) => log.error({ err, batch: batch.id }, 'a batch stopped; it is taken up again'))
        .finally(() => {
          underWay.delete(batch.id);
          // whatever waited for a free hand
          work().catch((err: Error) => log.error({ err }, 'no batch was taken up; the next sweep tries again'));
        });
      underWay.set(batch.id, done);
    }
  }

  /** Goes on behind the forms that have their answer. A slice that was kept but not noted is answered again, not declared again. */
  async function declareAll(batch: FormBatch): Promise<void> {
    const results = { ...batch.results };
    const about = {
      channel: 'batch',
      now: batch.receivedAt,
      sender: batch.sender,
      agencyNumber: batch.agencyNumber,
    } as const;
    for await (const received of ahead(slices(batch))) {
      for (const { result } of await intake.receive(received, about)) results[result]++;
      if (!(await store.progress(db, batch.id, portal, results))) return;
      if (isClosing) return store.release(db, batch.id, portal);
    }
    await store.finish(db, batch.id, portal, clock.now());
  }

  async function* slices(batch: FormBatch): AsyncGenerator<Received[]> {
    const done = answered(batch);
    let place = 0;
    let ready: Received[] = [];
    for await (const forms of readForms(unpackedOf(store.bytes(db, batch.id)), batch.receivedAt)) {
      for (const { declaration } of forms) {
        if (++place <= done) continue;
        // who names no employer means his own
        if (!namesEmployer(declaration.employer)) declaration.employer = { enterpriseNumber: batch.agencyNumber };
        ready.push({ declaration, sourceKey: sourceKeyOf(batch, place) });
        if (ready.length < slice) continue;
        yield ready;
        ready = [];
      }
    }
    if (ready.length > 0) yield ready;
  }
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: { update(chunk: Buffer): unknown }): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
