import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const VIEWS = path.join(import.meta.dirname, '../../views');

/** Stands between angle brackets in what is sent: a page that shows it so did not escape it. */
export const MARK = '<x7fz';

/** What nobody should send. */
export const HOSTILE: readonly string[] = [
  '',
  ' ',
  'x',
  'a'.repeat(5_000),
  `${MARK} onload=alert(1)>`,
  `"${MARK}>`,
  `'${MARK}>`,
  `</script>${MARK}>`,
  '\0',
  'a\0b',
  '\u001f\u007f',
  '\r\nX-Evil: 1',
  '\ud800',
  '\u202eabc',
  '🦊',
  'İıẞß',
  "' or '1'='1",
  '"; drop table workers; --',
  '../../etc/passwd',
  '\u0024{7*7}',
  '<%= 7*7 %>',
  '__proto__',
  'constructor',
  'toString',
  'javascript:alert(1)',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '-1',
  '0',
  '1',
  '2147483648',
  '9223372036854775808',
  '99999999999999999999999',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '2026-02-30',
  '2026-13',
  '0000-00-00',
  '9999-12-31',
  '-271821-04-20',
  '+275760-09-13',
  '2026-11-23',
  '25:61',
  '08:00',
  '١٢٣',
  '85073003328',
  '00000000000',
  '0403449823',
  'nl',
  'OTH',
  'late',
  'an@example.be',
  'an@example.be\nBcc: x@y.z',
];

/** Chance that can be had again: a linear congruential generator over 32 bits. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Whole, from 0 up to and without `end`. */
  below(end: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * end);
  }

  chance(share: number): boolean {
    return this.below(1_000_000) < share * 1_000_000;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (list.length === 0) throw new Error('nothing to pick from');
    return one as T;
  }

  bytes(most: number): Buffer {
    return Buffer.from(Array.from({ length: this.below(most) }, () => this.below(256)));
  }
}

/** Percent-encoded as a browser does, or nearly so. */
export function encodedLoosely(dice: Dice, word: string): string {
  if (dice.chance(0.05)) return dice.pick(['%', '%zz', '%00', '%ff', '%c0%ae', '%2e%2e%2f', '%u0041']);
  return encodeURIComponent(whole(word));
}

export const whole = (word: string) => word.toWellFormed();

/** What the forms and links of the pages call their fields. */
export function fieldNames(): string[] {
  const files = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eta'));
  const texts = files.map((name) => readFileSync(path.join(VIEWS, name), 'utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/name="([a-zA-Z][\w-]*)"/g)].map(([, name = '']) => name));
  return [
    ...new Set([...named, 'page', 'sort', 'dir', 'year', 'type', 'after', 'pageSize', 'return', 'lang', 'day', 'x']),
  ];
}
