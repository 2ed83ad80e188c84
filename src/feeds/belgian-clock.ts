/** Belgian days and hours as ical-generator wants them: a date that knows its zone, whatever the machine's own. */

export const ZONE = 'Europe/Brussels';

/** What Belgian clocks show on a day (`YYYY-MM-DD`) at an hour (`HHMM`); kept as if it were UTC, told as the zone's own. */
export class BelgianClock extends Date {
  readonly internal: Date;
  readonly timeZone = ZONE;

  constructor(day: string, hour: string) {
    super(`${day}T${hour.slice(0, 2)}:${hour.slice(2)}:00Z`);
    this.internal = new Date(this.getTime());
  }
  withTimeZone(): this {
    return this;
  }
  tzComponents(): [string, string, string] {
    return ['+', '00', '00'];
  }
  override getFullYear = () => this.getUTCFullYear();
  override getMonth = () => this.getUTCMonth();
  override getDate = () => this.getUTCDate();
  override getHours = () => this.getUTCHours();
  override getMinutes = () => this.getUTCMinutes();
  override getSeconds = () => this.getUTCSeconds();
}

/** The rules of the zone since 1996, for readers that do not know them (RFC 5545, 3.6.5). */
export function timeZone(zone: string): string | null {
  if (zone !== ZONE) return null;
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${ZONE}`,
    'BEGIN:DAYLIGHT',
    'TZNAME:CEST',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'DTSTART:19960331T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'TZNAME:CET',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'DTSTART:19961027T030000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');
}
