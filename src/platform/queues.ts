/**
 * Every queue of jobs, and how it behaves. `migrate` makes them; a new queue is a line here and the shape of its jobs in `JobData`.
 * A job that fails is tried again after `firstWait` seconds, then after twice as long and so on up to `longestWait`; after `tries` tries, or
 * when its work says that trying on is of no use, it goes to the dead letters. Its data holds ids, never a person's particulars.
 */
export interface QueueRules {
  tries: number;
  firstWait: number;
  longestWait: number;
  /** Seconds after which one try counts as failed. */
  longestTry: number;
  /** Jobs worked on at once by one process. */
  atOnce: number;
}

/** Queue → the shape of its jobs; the room whose queue it is declares its line. */
export interface JobData {
  /** Accepted declarations of workers for whom somebody waits, and the instant of their intake. */
  tidings: { at: string; declarations: string[] };
}

/** Where jobs end that nobody could do. */
export const DEAD_LETTERS = 'dead-letters';

const MINUTES = 60;
const HOURS = 3600;

export const QUEUES: Record<keyof JobData, QueueRules> = {
  // some fourteen hours: a mail server that is mended by the next morning loses nothing
  mail: { tries: 20, firstWait: 30, longestWait: HOURS, longestTry: 2 * MINUTES, atOnce: 5 },
  // an eBox that is away for a day loses nothing, and a queue a channel keeps one from delaying the other
  'delivery-mail': { tries: 20, firstWait: 30, longestWait: HOURS, longestTry: 2 * MINUTES, atOnce: 5 },
  'delivery-ebox': { tries: 30, firstWait: 30, longestWait: HOURS, longestTry: 2 * MINUTES, atOnce: 5 },
  'notice-ebox': { tries: 30, firstWait: 30, longestWait: HOURS, longestTry: 2 * MINUTES, atOnce: 5 },
  // of no use once the code ran out
  'address-code': { tries: 8, firstWait: 15, longestWait: 10 * MINUTES, longestTry: 2 * MINUTES, atOnce: 5 },
  tidings: { tries: 12, firstWait: 5, longestWait: 900, longestTry: 60, atOnce: 10 },
};
