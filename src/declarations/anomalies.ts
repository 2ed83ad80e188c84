import { declarationAnomalies } from './anomalies.declaration.ts';
import { formAnomalies } from './anomalies.form.ts';
import type { AnomalyMeaning } from './anomalies.meaning.ts';
import { partyAnomalies } from './anomalies.parties.ts';
import { periodAnomalies } from './anomalies.period.ts';

export interface Anomaly extends AnomalyMeaning {
  code: string;
}

/** Every code that the portal gives or that comes with imported history; five digits of a zone or block, three of a kind of fault. */
export const ANOMALIES: Readonly<Record<string, AnomalyMeaning>> = {
  ...formAnomalies,
  ...partyAnomalies,
  ...periodAnomalies,
  ...declarationAnomalies,
};

/** Kinds of fault that never block, whatever the zone: data that differ from the National Register, late. */
const harmless = /-(348|460)$/;

/** The meaning of a code. One that is not known is its own label, and blocks unless its kind never does. */
export function anomaly(code: string): Anomaly {
  const known = Object.hasOwn(ANOMALIES, code) ? ANOMALIES[code] : undefined;
  if (known !== undefined) return { code, ...known };
  const severity = harmless.test(code) ? 'NP' : 'B';
  return { code, severity, nl: code, fr: code, de: code, en: code, when: 'The code is not known here.' };
}
