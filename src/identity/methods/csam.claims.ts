import { isInsz } from '../../platform/ids.ts';

/** What a token or an answer of CSAM says, by claim. */
export type Claims = Readonly<Record<string, unknown>>;

/** Under which names CSAM tells who somebody is; another provider may call them otherwise. */
export interface ClaimNames {
  insz: string;
  familyName: string;
  givenName: string;
  language: string;
}

export const FAS_CLAIMS: ClaimNames = {
  insz: 'egovNRN',
  familyName: 'surname',
  givenName: 'givenName',
  language: 'prefLanguage',
};

/** Who CSAM says that he is. */
export interface CsamPerson {
  insz: string;
  givenName: string | null;
  familyName: string;
  language?: 'nl' | 'fr' | 'de' | 'en';
  assurance: number;
}

export interface ClaimRules {
  names: ClaimNames;
  /** Levels of values that FAS does not know: `urn:be:vlaanderen:authmech:eid` → 500. */
  levels: ReadonlyMap<string, number>;
  /** The weakest level that is enough. */
  least: number;
}

const LEVEL = /^urn:be:fedict:iam:fas:(?:citizen:)?Level(\d{3})$/;
/** Means that FAS names without a level. */
const MEANS: ReadonlyMap<string, number> = new Map([
  ['eid', 500],
  ['bmid', 450],
  ['token', 300],
]);
const STRONGEST = 500;
const LANGUAGES = ['nl', 'fr', 'de', 'en'] as const;

/**
 * Who signed in and how strongly, or what is wrong with what CSAM told: a word for the log. `idToken` is signed; `userinfo` was asked with
 * the access token that came with it, for the same subject.
 */
export function personOf(
  told: { idToken: Claims; userinfo: Claims },
  { names, levels, least }: ClaimRules,
  thisYear: number,
): CsamPerson | { fault: string } {
  const { idToken, userinfo } = told;
  const insz = oneOf(idToken[names.insz], userinfo[names.insz]);
  if (insz === undefined) return { fault: 'no national number' };
  if (typeof insz !== 'string' || !isInsz(insz, thisYear)) return { fault: 'no right national number' };
  const familyName = nameIn(userinfo[names.familyName] ?? idToken[names.familyName]);
  const givenName = nameIn(userinfo[names.givenName] ?? idToken[names.givenName]);
  if (!familyName || givenName === undefined) return { fault: 'no right name' };
  const assurance = levelOf(told, levels);
  if (assurance === null) return { fault: 'no level that is known' };
  if (assurance < least) return { fault: 'level too low' };
  const language = languageIn(userinfo[names.language] ?? idToken[names.language]);
  return { insz, givenName, familyName, assurance, ...(language && { language }) };
}

/** What both say, or the one that says something; two that differ are as wrong as nonsense. */
function oneOf(first: unknown, second: unknown): unknown {
  if (first === undefined || second === undefined) return first ?? second;
  return first === second ? first : null;
}

/** null when nothing is said, undefined when it is no name that a screen can show. */
function nameIn(told: unknown): string | null | undefined {
  if (told === undefined || told === null || told === '') return null;
  const name = typeof told === 'string' ? told.normalize('NFC').trim() : '';
  return /^[^\p{Cc}\p{Cs}\uFFFD]{1,200}$/u.test(name) ? name : undefined;
}

/** The weakest of the levels that are named: nobody is taken for stronger than he proved. */
function levelOf({ idToken, userinfo }: { idToken: Claims; userinfo: Claims }, levels: ReadonlyMap<string, number>) {
  const of = (values: unknown[]) => values.map((value) => levelNamed(value, levels)).filter((level) => level !== null);
  const signed = of([idToken.acr, ...(Array.isArray(idToken.amr) ? idToken.amr : [idToken.amr])]);
  const found = signed.length > 0 ? signed : of([userinfo.assurance_level]);
  return found.length > 0 ? Math.min(...found) : null;
}

function levelNamed(value: unknown, levels: ReadonlyMap<string, number>): number | null {
  if (typeof value !== 'string') return null;
  const named = levels.get(value) ?? MEANS.get(value.replace(/^urn:be:fedict:iam:fas:citizen:/, ''));
  const level = named ?? Number(LEVEL.exec(value)?.[1] ?? 0);
  return level >= 100 && level <= STRONGEST ? level : null;
}

function languageIn(told: unknown) {
  const code = typeof told === 'string' ? told.slice(0, 2).toLowerCase() : '';
  return LANGUAGES.find((language) => language === code);
}
