/** B blocks: the declaration is refused. NP does not: it is accepted with a warning. */
type Severity = 'B' | 'NP';

/** A code of the official glossary with short words of our own, and in English when it is given. */
export interface AnomalyMeaning {
  severity: Severity;
  nl: string;
  fr: string;
  de: string;
  en: string;
  when: string;
}
