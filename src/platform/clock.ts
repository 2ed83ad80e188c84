/** The one source of "now". Instants are ISO 8601 in UTC; days are calendar days in Belgium. */
export interface Clock {
  now(): string;
  today(): string;
}

const ZONE = 'Europe/Brussels';

/** The clock of the machine, or one that starts at `from` (demo and tests) and runs on. */
export function clockFrom(from?: string): Clock {
  const ahead = from === undefined ? 0 : Temporal.Instant.from(from).epochMilliseconds - Date.now();
  const instant = () => Temporal.Instant.fromEpochMilliseconds(Date.now() + ahead);
  let known = { until: 0, day: '' };
  return {
    now: () => instant().toString(),
    today() {
      const now = Date.now() + ahead;
      if (now >= known.until) {
        const zoned = instant().toZonedDateTimeISO(ZONE);
        known = { until: zoned.startOfDay().add({ days: 1 }).epochMilliseconds, day: zoned.toPlainDate().toString() };
      }
      return known.day;
    },
  };
}
