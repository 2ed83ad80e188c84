import { fold } from '../relations/fold.ts';
import type { RelationState } from '../relations/relation.ts';
import type { Kind, Result } from './declaration.ts';
import type { Change } from './declarations.batch.ts';
import { acceptedFrom, type LedgerRow } from './ledger.ts';

/** A form's declaration as the ledger has it, with its key. */
export interface BatchRow {
  seq: string;
  source_key: string;
  declaration_id: string;
  kind: Kind;
  period_id: string | null;
  result: Result;
  anomalies: string[];
  content: object;
  /** Of a refused one as it was sent, since nobody else's number is told. */
  insz: string | null;
}

/** An accepted declaration of a period. */
export interface HistoryRow extends LedgerRow {
  seq: string;
}

/**
 * What each accepted declaration did to its period, by its `seq`: how the period stood before and after.
 * @param histories everything accepted of these periods, by period and in order of receipt
 */
export function changesIn(histories: HistoryRow[]): Map<string, Change> {
  const changes = new Map<string, Change>();
  let before: RelationState | null = null;
  for (const row of histories) {
    if (before?.periodId !== row.period_id) before = null;
    const after: RelationState = fold(before, acceptedFrom(row));
    changes.set(row.seq, { before, after });
    before = after;
  }
  return changes;
}
