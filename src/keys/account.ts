import { isInsz } from '../platform/ids.ts';
import { bareOf, isCommon, isOnlyOf } from './passwords.ts';

/** What a user name and a password of the paper token must look like. */

export const USER_NAME = { shortest: 5, longest: 40 };
/** No rules on kinds of characters: length is what helps (NIST SP 800-63B, ASVS 5 V6.2). Counted in characters as people see them. */
export const PASSWORD = { shortest: 10, longest: 128 };

export type UserNameFault = 'form' | 'number' | 'taken';
export type PasswordFault = 'short' | 'long' | 'common' | 'own';

/** What a user name is known by: people type capitals as they like. */
export function userKeyOf(userName: string): string {
  return userName.normalize('NFKC').trim().toLowerCase();
}

/** A user name as somebody typed it, or what is wrong with it. A national number is none: it would stand on paper and in cookies of browsers. */
export function readUserName(typed: unknown): { userName: string } | { fault: Exclude<UserNameFault, 'taken'> } {
  const userName = typeof typed === 'string' ? typed.normalize('NFKC').trim() : '';
  const digits = userName.replace(/[.\-_@ ]/g, '');
  if (/\d{11}/.test(digits) && holdsNumber(digits)) return { fault: 'number' };
  const fits = userName.length >= USER_NAME.shortest && userName.length <= USER_NAME.longest;
  return fits && /^[\p{L}\p{N}._@-]+$/u.test(userName) ? { userName } : { fault: 'form' };
}

function holdsNumber(text: string): boolean {
  for (const run of text.match(/\d{11,}/g) ?? [])
    for (let at = 0; at + 11 <= run.length; at++) if (isInsz(run.slice(at, at + 11))) return true;
  return false;
}

/** A password in the one spelling that is hashed and compared. */
export function plainPassword(typed: unknown): string {
  return typeof typed === 'string' ? typed.normalize('NFKC') : '';
}

/**
 * What is wrong with a new password, or null.
 * @param own words that others know of him: his user name, his names, where he works
 */
export function passwordFault(password: string, own: readonly (string | null)[]): PasswordFault | null {
  const length = [...password].length;
  if (length < PASSWORD.shortest) return 'short';
  if (length > PASSWORD.longest) return 'long';
  if (new Set(bareOf(password)).size < 4 || isCommon(password)) return 'common';
  const words = own.filter((word) => word !== null);
  return isOnlyOf(password, words) ? 'own' : null;
}

/** A user name with its password; `password` is a hash. Instants are ISO 8601. */
export interface Account {
  workerId: string;
  userName: string;
  userKey: string;
  password: string;
  passwordAt: string;
}
