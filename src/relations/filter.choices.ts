import { z } from 'zod';

/**
 * What a worker narrows his relations by, any number of values each. Address, form, chips, sentence, data and its schema all read this list, in
 * this order. A new one is an entry here, its column in `filter.store` and its word in `filter` of the locales.
 */

interface Choice {
  /** What a value looks like: the shape and not a list of codes, so that a future code can be chosen too. */
  value: z.ZodType<string>;
  /** Where people find a value's name: among our words, or in the directory of companies. */
  named: 'types' | 'committees' | 'verdict' | 'directory';
}

export const VERDICTS = ['onTime', 'late', 'unknown', 'cancelled'] as const;
export type VerdictChoice = (typeof VERDICTS)[number];

const company = z.string().regex(/^([01]\d{9}|(?!\d{10}$)[a-z0-9-]{1,200})$/);

export const CHOICES = {
  type: { value: z.string().regex(/^[A-Z][A-Z0-9]{2}$/), named: 'types' },
  agency: { value: company, named: 'directory' },
  user: { value: company, named: 'directory' },
  committee: { value: z.string().regex(/^(\d{3}|XXX)$/), named: 'committees' },
  verdict: { value: z.enum(VERDICTS), named: 'verdict' },
} as const satisfies Record<string, Choice>;

export type ChoiceField = keyof typeof CHOICES;
export const CHOICE_FIELDS = Object.keys(CHOICES) as ChoiceField[];

/** The values chosen, a union within a field. */
export type Chosen = { [F in ChoiceField]: z.infer<(typeof CHOICES)[F]['value']>[] };

/** The same made for every field. */
export function eachChoice<T>(of: (field: ChoiceField) => T): Record<ChoiceField, T> {
  return Object.fromEntries(CHOICE_FIELDS.map((field) => [field, of(field)])) as Record<ChoiceField, T>;
}

/** Every chosen value with its field. */
export function chosenIn(chosen: Chosen): { field: ChoiceField; value: string }[] {
  return CHOICE_FIELDS.flatMap((field) => chosen[field].map((value) => ({ field, value })));
}

/** Without one value of a field. */
export function without(chosen: Chosen, field: ChoiceField, value: string): Partial<Chosen> {
  return { [field]: chosen[field].filter((other) => other !== value) };
}
