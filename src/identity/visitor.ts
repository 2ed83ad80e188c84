/** Who is here, as far as this request is concerned. */
export type Visitor = Anonymous | SignedIn | AgencyClient;
export type SignedIn = SignedInWorker | AgencyStaff | SupportAgent;

export interface Anonymous {
  kind: 'anonymous';
}

/** A person who signed in, whatever he acts as. */
interface Person {
  workerId: string;
  insz: string;
  givenName: string | null;
  familyName: string;
  /** How he proved who he is, how strongly (FAS levels: eID 500), and when. */
  method: string;
  assurance: number;
  provenAt: string;
  /** Instant of the sign-in before this one; null at the first. */
  previousVisitAt: string | null;
  /** Whether he had, at sign-in, a choice of capacities. */
  mayChoose: boolean;
}

/** As the worker himself. */
export interface SignedInWorker extends Person {
  kind: 'worker';
}

/** On behalf of an agency. */
export interface AgencyStaff extends Person {
  kind: 'agency';
  agencyNumber: string;
  agencyName: string;
  right: StaffRight;
}

/** At the support desk: sees nobody but whom he looked up, with a reason. */
export interface SupportAgent extends Person {
  kind: 'support';
}

/** The capacity of a support agent, where those of staff are the numbers of their agencies. */
export const SUPPORT = 'support';

/** What somebody may do for his agency; each holds the ones before it. */
export const STAFF_RIGHTS = ['view', 'declare', 'manage'] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];

export function holds(right: StaffRight, needed: StaffRight): boolean {
  return STAFF_RIGHTS.indexOf(right) >= STAFF_RIGHTS.indexOf(needed);
}

/** An agency's own service, known by its bearer token. */
export interface AgencyClient {
  kind: 'client';
  clientId: string;
  agencyNumber: string;
  /** Of the agency, without leading zeros; null where the directory does not have it. */
  nssoNumber: string | null;
  scopes: ClientScope[];
}

/** What a client may be given: to declare for its agency, to read what its agency declared. */
export const CLIENT_SCOPES = ['scope:dimona:declaration:declarant', 'scope:dimona:declaration:consult'] as const;
export type ClientScope = (typeof CLIENT_SCOPES)[number];

/** Acting for an agency takes a strong proof of identity (FAS levels). */
export const STAFF_ASSURANCE = 400;

/** What changes keys takes a proof as strong as the eID, and a fresh one: then he signs in again and comes back. */
export const STEP_UP = { assurance: 500, minutes: 15 } as const;

/** Whether he proved strongly, and not long before `now`, who he is. */
export function isFresh(visitor: Pick<SignedIn, 'assurance' | 'provenAt'>, now: string): boolean {
  const age = Date.parse(now) - Date.parse(visitor.provenAt);
  return visitor.assurance >= STEP_UP.assurance && age <= STEP_UP.minutes * 60_000;
}

export const ANONYMOUS: Anonymous = Object.freeze({ kind: 'anonymous' });

/** What nobody else can name, nobody else can make: scopes are made in this file only. It is there for the compiler alone. */
declare const made: unique symbol;
interface Made {
  readonly [made]: true;
}

/** Whose data may be read. Every read of a person's data takes a scope first: no scope, no data. */
export type Scope = PersonScope | AgencyScope;

/** Everything of one person: read by himself, or by a support agent who looked him up. */
export type PersonScope = WorkerScope | LookupScope;

/** Everything declared of one worker, by whatever agency. */
export interface WorkerScope extends Made {
  kind: 'worker';
  workerId: string;
}

/** Everything one agency declared, of whatever worker. */
export interface AgencyScope extends Made {
  kind: 'agency';
  agencyNumber: string;
}

/** Everything of the person who was looked up, for as long as the look-up is open. */
export interface LookupScope extends Made {
  kind: 'lookup';
  id: string;
  workerId: string;
}

/** A look-up that counts at this moment, and whose access row is written: what its scope is made of. */
export interface OpenLookup {
  id: string;
  agentId: string;
  workerId: string;
}

export function scopeOf(visitor: SignedInWorker): WorkerScope {
  return ownerScope(visitor.workerId);
}

/** Of the worker whose feed, notice, overview or letter the portal is at work on, while he is not there himself. */
export function ownerScope(workerId: string): WorkerScope {
  return { kind: 'worker', workerId } as WorkerScope;
}

/** @throws when the look-up is another agent's */
export function lookupScopeOf(visitor: SupportAgent, { id, agentId, workerId }: OpenLookup): LookupScope {
  if (agentId !== visitor.workerId) throw new Error('a look-up of another agent');
  return { kind: 'lookup', id, workerId } as LookupScope;
}

/** Of a member of staff, or of a client that an agency registered. */
export function agencyScopeOf(visitor: AgencyStaff | AgencyClient): AgencyScope {
  return operatorScope(visitor.agencyNumber);
}

/** Of the agency for which an operator gives a command at the machine. */
export function operatorScope(agencyNumber: string): AgencyScope {
  return { kind: 'agency', agencyNumber } as AgencyScope;
}

/** The name in which the database is asked for what a scope opens: the policies of its tables read it. */
export function nameOf(scope: Scope): string {
  return scope.kind === 'agency' ? `agency ${scope.agencyNumber}` : `worker ${scope.workerId}`;
}

/** Of a visitor with a scope of his own; a support agent has none until he looked somebody up. */
export function ownNameOf(visitor: Visitor): string | null {
  if (visitor.kind === 'anonymous' || visitor.kind === 'support') return null;
  return nameOf(visitor.kind === 'worker' ? scopeOf(visitor) : agencyScopeOf(visitor));
}

/** Names of the sign-in methods, as in `SIGN_IN`. */
export type MethodName = 'eid' | 'mtls' | 'token' | 'csam';

/** What a proof of identity tells, whatever the method. */
export interface VerifiedIdentity {
  insz: string;
  givenName: string | null;
  familyName: string;
  /** The language he speaks with the government, where the method tells it. */
  language?: 'nl' | 'fr' | 'de' | 'en';
  method: MethodName;
  /** As FAS counts: eID 500, itsme 450, paper token 300. */
  assurance: number;
  /** What the proof leaves behind, for the access row: the hash of a certificate, never a number of a person or a card. */
  evidence: Readonly<Record<string, string>>;
  /** What the one who vouched wants to see at sign-out, without a number of a person; kept with the session. */
  signOutHint?: string;
}

/** 'Ł. D.' of a name in full, as far as it is known. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => `${[...(word ?? '')][0]}.`).join(' ');
}
