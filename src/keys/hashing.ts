import { type Argon2Parameters, argon2, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Slow hashes of passwords and codes: argon2id with what OWASP asks for at least (19 MiB, two passes), off the main thread, and only a
 * few at once, so that a crowd at the door takes neither the memory nor the threads of everybody else.
 */
export interface Hashing {
  /** A text as its hash in the usual spelling, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hash(text: string): Promise<string>;
  /** Asked before a try is counted. @throws Crowded when as many wait as can be answered in time */
  admit(): void;
  /** Whether the text is what was hashed. Always one computation, whatever comes of it. */
  verify(kept: string, text: string): Promise<boolean>;
}

/** The door is full: 503, and nothing was counted or computed. */
export class Crowded extends Error {
  override name = 'Crowded';
  readonly statusCode = 503;
}

type Compute = (parameters: Argon2Parameters) => Promise<Buffer>;

const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const [SALT_BYTES, HASH_BYTES] = [16, 32];
const AT_ONCE = 2;
/** At some 50 ms each, two at once: nobody waits longer than a second. */
const MOST_WAITING = 40;
const SPELLING = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

/** A hash of which nobody knows the text: verified where there is none to verify, so that both take the same time. */
export const DECOY = spelt(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

/** Hashes with `compute`, Node's argon2 unless a test counts. */
export function hashing(compute: Compute = argon2id): Hashing {
  const { within, waiting } = lanes(AT_ONCE);
  return {
    admit() {
      if (waiting() >= MOST_WAITING) throw new Crowded(`${waiting()} wait at the door`);
    },

    async hash(text) {
      const nonce = randomBytes(SALT_BYTES);
      const made = await within(() => compute({ message: text, nonce, tagLength: HASH_BYTES, ...COST }));
      return spelt(COST, nonce, made);
    },
    async verify(kept, text) {
      const [, memory, passes, parallelism, salt = '', hash = ''] = SPELLING.exec(kept) ?? [];
      const expected = Buffer.from(hash, 'base64');
      if (expected.length === 0) throw new Error('a kept hash cannot be read');
      const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
      const nonce = Buffer.from(salt, 'base64');
      const made = await within(() => compute({ message: text, nonce, tagLength: expected.length, ...cost }));
      return timingSafeEqual(made, expected);
    },
  };
}

/**
 * What of a code is hashed: with 27 bits it could be guessed offline, so it is first keyed with a pepper that the database does not hold.
 * @param number of the code on its card, from 1
 */
export function codeText(pepper: string, cardId: string, number: number, code: string): string {
  return createHmac('sha256', pepper).update(`${cardId}|${number}|${code}`).digest('base64');
}

function argon2id(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, made) => (error ? reject(error) : resolve(made)));
  });
}

function spelt(cost: typeof COST, salt: Buffer, hash: Buffer): string {
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(salt)}$${bare(hash)}`;
}

/** Lets so many go at once; the others wait in line. */
function lanes(most: number): { within<T>(work: () => Promise<T>): Promise<T>; waiting(): number } {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    waiting: () => waiting.length,
    async within(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((go) => waiting.push(go));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
