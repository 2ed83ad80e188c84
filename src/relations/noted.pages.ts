import { type Shift, shiftQuery, standingOf } from '../shifts/shift.ts';
import { hour } from '../web/dates.ts';
import { type Lang, say } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { CalendarRow } from './found.ts';

/** A worker's own note on a day of the calendar. */
export interface Noted {
  href: string;
  text: string;
  isLate: boolean;
}

/** What he noted of a day, each beside what is declared: where something is missing or differs, the way leads to a report. */
export function notedOn(lang: Lang, day: string, shifts: Shift[], rows: CalendarRow[], today: string): Noted[] {
  return shifts
    .filter((shift) => shift.day === day)
    .map((shift) => {
      const standing = standingOf(shift, rows);
      const what = [shift.startHour === null ? '' : hour(lang, shift.startHour), shift.company]
        .filter(Boolean)
        .join(' ');
      if (standing.state === 'missing') {
        const isDue = day <= today;
        const href = isDue ? paths.newReport(shiftQuery(shift)) : paths.SHIFTS;
        return { href, text: say(lang, 'calendar.notedMissing', { what }), isLate: isDue };
      }
      const isDifferent = standing.state === 'differs';
      return {
        href: paths.relation(standing.periodId),
        text: say(lang, isDifferent ? 'calendar.notedDiffers' : 'calendar.noted', { what }),
        isLate: isDifferent,
      };
    });
}
