/**
 * Made-up numbers with right check digits, in ranges that nobody was given: day counters from 500 up (a day sees fewer births),
 * enterprise numbers that begin with 01 and NSSO numbers above 1 800 000.
 */

const two = (n: number) => String(n).padStart(2, '0');

/** Days and counters of an INSZ: how many different numbers one birth year has. */
export const COUNTERS = 498;

export interface Birth {
  year: number;
  month: number;
  day: number;
}

/**
 * An INSZ. Check digits: 97 less the first nine modulo 97, with a 2 before them for those born since 2000 (National Register).
 * @param serial the day counter, 500–997, odd for men
 * @param bis added to the month of a number outside the register: 0, 20 (sex not known) or 40
 */
export function makeInsz(birth: Birth, serial: number, bis: 0 | 20 | 40 = 0): string {
  const first = `${two(birth.year % 100)}${two(birth.month + bis)}${two(birth.day)}${String(serial).padStart(3, '0')}`;
  const base = birth.year >= 2000 ? 2_000_000_000 + Number(first) : Number(first);
  return first + two(97 - (base % 97));
}

/** The n-th made-up enterprise number (n below a million). */
export function enterpriseNumberOf(n: number): string {
  const first = 1_000_000 + n;
  return `0${first}${two(97 - (first % 97))}`;
}

/** The n-th made-up NSSO number (n below 200 000), without leading zeros. */
export function nssoNumberOf(n: number): string {
  const first = 1_800_000 + n;
  return `${first}${two(96 - ((first * 100) % 97))}`;
}

/** The id of a declaration or period as a source gives it: ten digits and those modulo 97. */
export function sourceIdOf(counter: number): string {
  return `${counter}${two(counter % 97)}`;
}

/** Hands out ids of a source, one after another. */
export interface SourceIds {
  next(): string;
  /** The one handed out last: those that come after it are the same whoever counts on. */
  last(): string;
}

/** Ids of made-up history begin with 2, 3 or 4: genuine ones seen begin with 5 and 6, the portal's own with 9. */
export const MADE_IDS = { from: '200000000000', before: '500000000000' };

/**
 * @param last the highest made-up id that is taken, null when none is
 * @param salt where ids begin when none is taken
 * @throws Error when the made-up ids are used up
 */
export function sourceIdsAfter(last: string | null, salt: number): SourceIds {
  let counter = last === null ? 2_000_000_000 + (salt % 500_000_000) : Number(last.slice(0, 10));
  return {
    next() {
      counter++;
      if (counter >= 5_000_000_000) throw new Error('the ids for made-up history are used up');
      return sourceIdOf(counter);
    },
    last: () => sourceIdOf(counter),
  };
}
