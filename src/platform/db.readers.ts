import { Socket } from 'node:net';
import pg from 'pg';
import { behalf } from './behalf.ts';
import { ask, DatabaseUnavailable, isSpentBy, named, replanned, translate } from './db.statements.ts';
import type { DatabaseOptions } from './db.ts';

const IN_NAME = "select set_config('portal.behalf', $1, false)";

/** Pipelined connections, round robin: what is asked while others wait goes out at once. */
export class Readers {
  #config: pg.ClientConfig;
  #slots: (Promise<pg.Client> | undefined)[];
  #sockets = new WeakMap<Promise<pg.Client>, Socket>();
  #next = 0;
  #waiting = 0;
  #bound: number;
  #log: DatabaseOptions['log'];
  #isOfOne: boolean;
  #patience: number;

  /** @param options `isOfOne`: its connections are in one name for good; `patience`: milliseconds for each question */
  constructor(
    config: pg.ClientConfig,
    options: DatabaseOptions & { readers: number; isOfOne: boolean; patience: number },
  ) {
    this.#config = { ...config, pipeline: true } as pg.ClientConfig;
    this.#isOfOne = options.isOfOne;
    this.#patience = options.patience;
    this.#slots = new Array(options.readers).fill(undefined);
    this.#bound = options.inFlight ?? 200;
    this.#log = options.log;
  }

  async query(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#waiting >= this.#bound) throw new DatabaseUnavailable('too many reads under way');
    this.#waiting++;
    try {
      const slot = this.#next++ % this.#slots.length;
      const opened = this.#slots[slot] ?? this.#open(slot);
      this.#slots[slot] = opened;
      const client = await opened;
      return await replanned(() => this.#ask(client, sql, parameters)).catch((error) => {
        if (isSpentBy(error)) this.#leave(slot, opened);
        throw error;
      });
    } catch (error) {
      return translate(error);
    } finally {
      this.#waiting--;
    }
  }

  /** The name goes ahead of every question on the same line; where it could not be said, nothing that was answered counts. */
  async #ask(client: pg.Client, sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#isOfOne) return ask(client, named(sql, parameters), this.#patience);
    const [, result] = await Promise.all([
      ask(client, named(IN_NAME, [behalf()]), this.#patience),
      ask(client, named(sql, parameters), this.#patience),
    ]);
    return result;
  }

  #open(slot: number): Promise<pg.Client> {
    const socket = new Socket();
    const client = new pg.Client({ ...this.#config, stream: () => socket });
    const opened = client.connect().then(() => client);
    this.#sockets.set(opened, socket);
    // its end may be told late, when another holds the slot already
    const forget = () => {
      if (this.#slots[slot] === opened) this.#slots[slot] = undefined;
    };
    client.on('error', (error) => {
      this.#log.warn({ err: error.message }, 'a reading connection was lost');
      forget();
    });
    client.on('end', forget);
    opened.catch(forget);
    return opened;
  }

  /** Whoever asks next gets a new connection; those under way on this one hear that it ended. */
  #leave(slot: number, opened: Promise<pg.Client>): void {
    if (this.#slots[slot] === opened) this.#slots[slot] = undefined;
    this.#sockets.get(opened)?.destroy();
  }

  async close(): Promise<void> {
    const open = this.#slots.filter((slot) => slot !== undefined);
    this.#slots.fill(undefined);
    await Promise.all(
      open.map((slot) =>
        slot.then(
          (client) => client.end(),
          () => undefined,
        ),
      ),
    );
  }
}
