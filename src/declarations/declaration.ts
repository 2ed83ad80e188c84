/**
 * A Dimona declaration as the portal understands it, whatever channel brought it (XML form, REST v2 body, web form).
 * Dates are `YYYY-MM-DD`, hours `HHMM` in Europe/Brussels, instants ISO 8601 in UTC, numbers are text without dots.
 * Fields hold what was sent, right or wrong: the intake rules judge it, nothing is mended silently.
 */

export type Kind = 'IN' | 'UPDATE' | 'OUT' | 'CANCEL' | 'DAILY';

/** A accepted, W accepted with a warning, B refused. S (waiting) exists at the source but is never answered here. */
export type Result = 'A' | 'W' | 'B';

export type Channel = 'import' | 'service' | 'batch' | 'form';

/** The declaring employer as named in the message: 10-digit enterprise number (a 9-digit one padded) or NSSO number without leading zeros. */
export interface Employer {
  enterpriseNumber?: string;
  nssoNumber?: string;
}

/** The person declared. `insz` has 11 digits when present; the identity fields only matter when it is absent. */
export interface Person {
  insz?: string;
  givenName?: string;
  familyName?: string;
  birthDate?: string;
}

export interface Address {
  street?: string;
  houseNumber?: string;
  postBox?: string;
  postCode?: string;
  city?: string;
  country?: string;
}

/** UsingEmployer (block 90107): named by enterprise number, or by name and address when it has none. */
export interface UsingEmployer {
  enterpriseNumber?: string;
  name?: string;
  address?: Address;
  jointCommittee?: string;
}

/** Reference (block 90082) with its number of at most 20 signs. */
export interface Reference {
  type: string;
  number: string;
}

/** What a declaration says of the period. An UPDATE names only what it replaces. */
export interface DeclaredPeriod {
  startDate?: string;
  startHour?: string;
  endDate?: string;
  endHour?: string;
  plannedHours?: number;
}

export interface Declaration extends DeclaredPeriod {
  kind: Kind;
  /** 12 digits from the source, else given at receipt. */
  declarationId?: string;
  /** IN: the id the source gave the period, else given at receipt. Other kinds: the period it speaks of. */
  periodId?: string;
  /** Instant of receipt; null when history came without one (timeliness is then unknown). */
  receivedAt: string | null;
  employer: Employer;
  worker?: Person;
  /** IN only: Dimona features (block 90374). */
  workerType?: string;
  jointCommittee?: string;
  userCompany?: UsingEmployer;
  /** What the sender calls his form, the employer or the worker, as the message has it: type 1 the form, 6 a refused one, 7, 8. */
  references?: Reference[];
  /** Faults of form that a message carried without being broken (e.g. an XML date that is not in the calendar): anomaly codes, all blocking. */
  formFaults?: string[];
}
