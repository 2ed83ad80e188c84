import type { Channel, Declaration, Kind, Result } from './declaration.ts';

/**
 * The moment that orders an agency's declarations `d`, in SQL: of receipt, history without one first of all. Spelt as its indexes spell it; with
 * COALESCE no index would serve anybody whose rows a policy guards.
 */
export const RECEIPT = `case when d.received_at is null then timestamptz '-infinity' else d.received_at end`;

/**
 * Whether one of an agency's declarations `d`, in SQL, has no period of its own: what was refused, and daily registrations, which may name any
 * period and change none. Spelt as the index of its people spells it.
 */
export const APART = `(d.result = 'B' or d.kind = 'DAILY')`;

/** A ledger row as text and JSON, whatever read it. `received_at` is an ISO instant. */
export interface LedgerRow {
  declaration_id: string;
  period_id: string;
  kind: Kind;
  received_at: string | null;
  result: 'A' | 'W';
  anomalies: string[];
  agency_number: string;
  content: object;
}

/** An accepted ledger row as the declaration it was: `content` holds what has no column of its own. */
export function acceptedFrom(row: LedgerRow): Declaration & {
  declarationId: string;
  periodId: string;
  result: 'A' | 'W';
  anomalies: string[];
  agencyNumber: string;
} {
  return {
    ...(row.content as Pick<Declaration, 'employer'>),
    kind: row.kind,
    declarationId: row.declaration_id,
    periodId: row.period_id,
    receivedAt: row.received_at,
    result: row.result,
    anomalies: row.anomalies,
    agencyNumber: row.agency_number,
  };
}

/** What the ledger keeps of one declaration beside its content. */
export interface LedgerEntry {
  declaration: Declaration & { declarationId: string };
  sourceKey: string | null;
  agencyNumber: string | null;
  insz: string | null;
  channel: Channel;
  sender: string | null;
  fingerprint: string | null;
  result: Result;
  anomalies: string[];
}

/** `content` of a ledger row: the declaration as it was sent, without what stands in columns of its own. */
export function contentOf(declaration: Declaration): object {
  const { kind: _kind, declarationId: _id, periodId, receivedAt: _at, ...content } = declaration;
  return ownColumn(periodId) !== null || periodId === undefined ? content : { ...content, periodId };
}

/** A number as its column and index hold it; null for what is too long to be one, which stays in the content alone. */
export function ownColumn(number: string | undefined): string | null {
  return number !== undefined && number.length <= 40 ? number : null;
}
