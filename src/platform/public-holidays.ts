import { gregorianEaster } from 'date-easter';

/**
 * The ten public holidays of Belgium. Source: royal decree of 18 April 1974 on public holidays (article 1), which the act of 4 January 1974
 * rests on.
 */

export type HolidayLanguage = 'nl' | 'fr' | 'de' | 'en';
type Names = Record<HolidayLanguage, string>;

const named = (nl: string, fr: string, de: string, en: string): Names => ({ nl, fr, de, en });

/** Month and day of those that never move. */
const FIXED: Record<string, Names> = {
  '01-01': named('Nieuwjaar', 'Jour de l’an', 'Neujahr', 'New Year’s Day'),
  '05-01': named('Dag van de Arbeid', 'Fête du travail', 'Tag der Arbeit', 'Labour Day'),
  '07-21': named('Nationale feestdag', 'Fête nationale', 'Nationalfeiertag', 'National Day'),
  '08-15': named('Onze-Lieve-Vrouw-Hemelvaart', 'Assomption', 'Mariä Himmelfahrt', 'Assumption'),
  '11-01': named('Allerheiligen', 'Toussaint', 'Allerheiligen', 'All Saints’ Day'),
  '11-11': named('Wapenstilstand', 'Armistice', 'Waffenstillstand', 'Armistice Day'),
  '12-25': named('Kerstmis', 'Noël', 'Weihnachten', 'Christmas Day'),
};
/** Days after Easter of those that move with it. */
const MOVING: [after: number, Names][] = [
  [1, named('Paasmaandag', 'Lundi de Pâques', 'Ostermontag', 'Easter Monday')],
  [39, named('Hemelvaartsdag', 'Ascension', 'Christi Himmelfahrt', 'Ascension Day')],
  [50, named('Pinkstermaandag', 'Lundi de Pentecôte', 'Pfingstmontag', 'Whit Monday')],
];

/** Day (`YYYY-MM-DD`) → its names, of a year 1 to 9999. */
export function publicHolidays(year: number): Map<string, Names> {
  const days = new Map(Object.entries(FIXED).map(([day, names]) => [`${String(year).padStart(4, '0')}-${day}`, names]));
  const easter = gregorianEaster(year);
  for (const [after, names] of MOVING) {
    const day = new Date(0);
    day.setUTCFullYear(year, easter.month - 1, easter.day + after);
    days.set(day.toISOString().slice(0, 10), names);
  }
  return days;
}
