import { isInsz } from '../../platform/ids.ts';
import type { VerifiedIdentity } from '../visitor.ts';
import type { Certificate } from './web-eid.certificate.ts';

const SERIAL_NUMBER = '2.5.4.5';
const SURNAME = '2.5.4.4';
const GIVEN_NAME = '2.5.4.42';

/**
 * The person of a Belgian authentication certificate: national number as 11 bare digits in the subject's serialNumber, names
 * from SN and GN. null when it does not name exactly one person. Source: Belgian eID certificate profile.
 */
export function identityOf({ subject, sha256 }: Certificate, at: Temporal.Instant): VerifiedIdentity | null {
  const [insz, ...otherNumbers] = subject.get(SERIAL_NUMBER) ?? [];
  const [familyName, ...otherNames] = (subject.get(SURNAME) ?? []).map(cleaned);
  const [givenName = null, ...otherGivenNames] = (subject.get(GIVEN_NAME) ?? []).map(cleaned);
  if (otherNumbers.length + otherNames.length + otherGivenNames.length > 0) return null;
  if (insz === undefined || !isInsz(insz, at.toZonedDateTimeISO('Europe/Brussels').year)) return null;
  if (!isName(familyName) || (givenName !== null && !isName(givenName))) return null;
  return { insz, givenName, familyName, method: 'eid', assurance: 500, evidence: { certificate: sha256 } };
}

function cleaned(name: string): string {
  return name.normalize('NFC').trim();
}

/** A name a screen can show: not empty, no control or undecodable characters. */
function isName(name: string | undefined): name is string {
  return name !== undefined && /^[^\p{Cc}\p{Cs}\uFFFD]+$/u.test(name);
}
