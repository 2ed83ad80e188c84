/**
 * A person can get another INSZ: a BIS number becomes a national number, two numbers of one person become one. The old and the new number
 * then lead to one worker. Numbers are 11 bare digits; days are `YYYY-MM-DD`.
 * Source: message IDFLUX of the RSZ; domain rule "INSZ change".
 */
export interface NumberChange {
  oldInsz: string;
  newInsz: string;
  /** The day from which the new number counts, as told. */
  effectiveOn: string | null;
  /** What the message says of the person. */
  person: { givenName: string | null; familyName: string | null; birthDate: string | null };
}

/** Number → the number that replaced it: those of the workers that a change is about. */
export type Replacements = ReadonlyMap<string, string>;

/** What a change asks for: `link` joins two workers; `known`: they are one already; the others are refused. */
export type ChangeJudgement = 'link' | 'known' | 'circle' | 'contradiction';

/**
 * A number is replaced once, and never by one that it replaced itself. A change that says in another way what is known already (A became B,
 * B became C; now A became C) is known.
 */
export function judgeNumberChange(
  { oldInsz, newInsz }: Pick<NumberChange, 'oldInsz' | 'newInsz'>,
  replacements: Replacements,
): ChangeJudgement {
  if (follows(newInsz, replacements).includes(oldInsz)) return 'circle';
  if (follows(oldInsz, replacements).at(-1) === follows(newInsz, replacements).at(-1)) return 'known';
  return replacements.has(oldInsz) ? 'contradiction' : 'link';
}

/** A number and all that came after it; the last is the person's own. */
export function follows(insz: string, replacements: Replacements): string[] {
  const chain = [insz];
  for (let next = replacements.get(insz); next !== undefined && !chain.includes(next); next = replacements.get(next))
    chain.push(next);
  return chain;
}
