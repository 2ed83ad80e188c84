/** A company of the directory as one picks it from a list. */
export interface Company {
  number: string;
  name: string;
  city: string | null;
}

/** The directory of enterprises, to be asked. */
export interface Directory {
  /** @param number ten bare digits */
  find(number: string): Promise<Company | null>;
  /** At most ten whose name begins so, capitals or not, by name. */
  beginningWith(name: string): Promise<Company[]>;
}

/** 'Brouwerij De Zwaan, Aalst'. */
export function companyLine({ name, city }: Company): string {
  return city === null ? name : `${name}, ${city}`;
}
