/** Who is here, as far as this request is concerned. */
export type Visitor = Anonymous | SignedInWorker;

export interface Anonymous {
  kind: 'anonymous';
}

export interface SignedInWorker {
  kind: 'worker';
  workerId: string;
  insz: string;
  givenName: string | null;
  familyName: string;
  /** How he proved who he is, and how strongly (FAS levels: eID 500). */
  method: string;
  assurance: number;
  /** Instant of the sign-in before this one; null at the first. */
  previousVisitAt: string | null;
}

export const ANONYMOUS: Anonymous = Object.freeze({ kind: 'anonymous' });

/**
 * Whose data may be read. Every read of a person's data takes a scope first, and scopes are made here only: no scope, no data.
 */
export type Scope = { kind: 'worker'; workerId: string };

export function scopeOf(visitor: SignedInWorker): Scope {
  return { kind: 'worker', workerId: visitor.workerId };
}

/** What a proof of identity tells, whatever the method. */
export interface VerifiedIdentity {
  insz: string;
  givenName: string | null;
  familyName: string;
  method: 'eid';
  assurance: 500;
  /** SHA-256 of the certificate, hex: told in the access row, never the number of the card. */
  certificateSha256: string;
}
