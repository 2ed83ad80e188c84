/** An enterprise of the directory as one picks it from a list. */
export interface NamedEnterprise {
  number: string;
  name: string;
  city: string | null;
}

/** The directory of enterprises, to be asked. */
export interface Directory {
  /** @param number ten bare digits */
  find(number: string): Promise<NamedEnterprise | null>;
  /** At most ten whose name begins so, capitals or not, by name. */
  beginningWith(name: string): Promise<NamedEnterprise[]>;
}

/** 'Brouwerij De Zwaan, Aalst'. */
export function enterpriseLine({ name, city }: NamedEnterprise): string {
  return city === null ? name : `${name}, ${city}`;
}
