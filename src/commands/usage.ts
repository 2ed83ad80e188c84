/** The command line was not understood: exit 2, with these words. */
export class Usage extends Error {
  override name = 'Usage';
}

/** A whole number above zero from an option. @throws Usage */
export function wholeNumber(options: Record<string, string | boolean | undefined>, name: string): number {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value <= 0) throw new Usage(`--${name} must be a whole number above 0`);
  return value;
}
