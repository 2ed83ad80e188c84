import type { Channel, Declaration, Kind, Result } from '../declarations/declaration.ts';
import type { WorkRelation } from '../relations/relation.ts';

/** What the desk sees of the agency's own declarations. Days `YYYY-MM-DD` and hours `HHMM` in Belgium, instants ISO 8601 in UTC. */

/** Rows of a page of the table. */
export const PAGE = 50;
/** Counts go no further: beyond, the desk says '1,000+'. */
export const COUNTED = 1_000;
/** Declarations that one press ticks off, and that one file takes along. */
export const MOST_VERIFIED = 200;
export const MOST_EXPORTED = 50_000;
/** A name that more people bear than this says too little to search by. */
export const MOST_NAMESAKES = 500;

/** Codes of a declaration that was accepted after the work began. */
export const LATE = ['90373-460', '90378-460'];

export function isLate({ anomalies, result }: { anomalies: string[]; result: Result }): boolean {
  return result !== 'B' && anomalies.some((code) => LATE.includes(code));
}

/** A person of a declaration: the name the agency may know, which is that of its own workers, or else what it sent itself. */
export interface DeclaredPerson {
  /** null where the agency sent none and none is known from a period of its own. */
  insz: string | null;
  givenName: string | null;
  familyName: string | null;
  /** null: nobody whom this agency has declared. */
  workerId: string | null;
}

export interface DeclaredUser {
  key: string | null;
  number: string | null;
  /** Name in the directory, else as declared. */
  name: string | null;
}

/** Who ticked it off, and when. */
export interface Verified {
  by: string;
  at: string;
}

export interface DeskRow {
  seq: string;
  declarationId: string;
  kind: Kind;
  result: Result;
  receivedAt: string | null;
  anomalies: string[];
  /** Of a refused IN there is none. */
  periodId: string | null;
  person: DeclaredPerson;
  user: DeclaredUser;
  workerType: string | null;
  /** The days it names; where it names none, those of the period as it stands. */
  days: { startDate: string | null; startHour: string | null; endDate: string | null; endHour: string | null };
  verified: Verified | null;
}

/** A page of the table; `total` counts every row of the filter, at most one more than COUNTED. */
export interface DeskTable {
  rows: DeskRow[];
  isLast: boolean;
  total: number;
}

/** One declaration, whole: what was sent and by which way. */
export interface DeskDeclaration extends DeskRow {
  sent: Declaration;
  channel: Channel;
  /** 'client:…' or 'staff:…' as the ledger keeps it; null for what came by file. */
  sender: string | null;
  /** Name of the colleague who sent it by form. */
  senderName: string | null;
}

/** Another declaration of the same period, refused ones too. */
export interface OfSamePeriod {
  declarationId: string;
  kind: Kind;
  result: Result;
  receivedAt: string | null;
  anomalies: string[];
}

/** A week of the picture; `from` is its Monday. */
export interface Week {
  from: string;
  declared: number;
  late: number;
  refused: number;
}

/** Values that the agency's newest declarations carry: what a filter offers. */
export interface DeskChoices {
  types: string[];
  users: { value: string; label: string | null }[];
  anomalies: string[];
}

/** Names for what a filter holds by key. */
export interface Chosen {
  /** The worker that was chosen; null where nobody was. */
  person: { insz: string; givenName: string | null; familyName: string | null } | null;
  users: Map<string, string>;
  /** More people bear the name than are shown. */
  isCut: boolean;
}

export interface OneDeclaration {
  declaration: DeskDeclaration;
  /** Its period as it stands, with what was accepted; null where the agency has none. */
  relation: WorkRelation | null;
  samePeriod: OfSamePeriod[];
  /** The accepted declaration that put a refused one right. */
  again: string | null;
}
