import { anomaly } from '../declarations/anomalies.ts';
import { type Lang, type Words, words } from '../web/language.ts';

/** An anomaly with what to do about it. */
export interface AdvisedAnomaly {
  code: string;
  label: string;
  advice: string;
}

type Advice = keyof Words<'advice'>;

/** Code, or its kind of fault or its zone, → advice; the first that fits counts. Zones and kinds: RSZ glossary 2023/3. */
const ADVICE: [RegExp, Advice][] = [
  [/-460$/, 'late'],
  [/^(90373|90378)-333$/, 'duplicate'],
  [/^(90373|90378)-334$/, 'overlap'],
  [/-348$/, 'register'],
  [/^(00011|00014|90256)-/, 'employer'],
  [/^90017-369$/, 'quota'],
  [/^90017-(058|510|514|483)$|^90373-483$/, 'conditions'],
  [/^(00024|00028|90017)-/, 'person'],
  [/^(00131|90107)-/, 'user'],
  [/^00046-|^90374-349$/, 'committee'],
  [/^(00655)-|^90373-450$/, 'type'],
  [/^00910-005$|^00910-344$/, 'startFixed'],
  [/^00911-344$/, 'endFixed'],
  [/^00910-459$/, 'thirdDay'],
  [/^90373-341$/, 'day'],
  [/^90373-421$/, 'quarter'],
  [/^(00910|00911)-/, 'days'],
  [/^(00777|00778)-/, 'hours'],
  [/^01135-/, 'planned'],
  [/-368$/, 'reopen'],
  [/^00913-355$/, 'cancelled'],
  [/^00913-(003|354)$/, 'unknownPeriod'],
  [/^90378-(360|444)$/, 'nothing'],
];

/** Each code in words, and what to do. A code without advice of its own: look it up, mend, send again; harmless ones: nothing. */
export function advised(lang: Lang, codes: string[]): AdvisedAnomaly[] {
  const w = words(lang, 'advice');
  return codes.map((code) => {
    const meaning = anomaly(code);
    const found = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
    return { code, label: meaning[lang], advice: w[found ?? (meaning.severity === 'B' ? 'mend' : 'none')] };
  });
}
