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
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}

const NATIONAL_NUMBER = /(?<!\d)\d{2}[. -]?\d{2}[. -]?\d{2}[. -]?\d{3}[. -]?\d{2}(?!\d)/g;
const SECRET_ADDRESS = /\/(feeds|verify|unsubscribe|overviews)\/[\w-]{12,}/g;

/** Instants, ports and 12-digit period ids stay; anything that could be a national number does not. */
export function mask(line: string): string {
  return line.replace(NATIONAL_NUMBER, '•••').replace(SECRET_ADDRESS, '/$1/•••');
}
