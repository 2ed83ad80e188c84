import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * Structured log without national numbers: whatever a line holds, a run of 11 digits (also dotted as YY.MM.DD-SSS.CC) and secrets in
 * addresses are masked before it is written.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: mask },
    },
    destination ?? pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 250 }),
  );
}

/** What stands between the digits of a number as people write it, also in an address; a number begins after an escape such as %20, too. */
const GAP = '(?:[. /+_-]|%20|%2F)?';
const NATIONAL_NUMBER = new RegExp(
  `(?<=^|\\D|%[\\dA-F]{2})\\d{2}${GAP}\\d{2}${GAP}\\d{2}${GAP}\\d{3}${GAP}\\d{2}(?!\\d)`,
  'gi',
);
const SECRET_ADDRESS = /(\/|%2F)(feeds|verify|unsubscribe|overviews|lookups)(\/|%2F)[\w-]{12,}/gi;

/** Instants, ports and 12-digit period ids stay; anything that could be a national number does not. */
export function mask(line: string): string {
  return line.replace(NATIONAL_NUMBER, '•••').replace(SECRET_ADDRESS, '$1$2$3•••');
}
