import type { AgencyClient } from '../identity/visitor.ts';
import * as paths from '../web/paths.ts';
import type { BatchRow } from './batches.rows.ts';
import { answered, type FormBatch, notificationFiles, placeOf } from './batches.ts';
import { declarationAnswer } from './rest.pages.ts';

/** A batch as the service tells it. `origin` is the portal's own address. */
export function batchAnswer(batch: FormBatch, origin: string): object {
  const href = origin + paths.restBatch(batch.id);
  const isDone = batch.state === 'done';
  return {
    href,
    batchId: batch.id,
    state: batch.state,
    ...(batch.fileName === null ? {} : { fileName: batch.fileName }),
    sha256: batch.fileHash,
    receivedAt: batch.receivedAt,
    ...(batch.finishedAt === null ? {} : { finishedAt: batch.finishedAt }),
    forms: batch.forms,
    answered: answered(batch),
    results: batch.results,
    receipt: { identification: 'ACRF001', resultCode: 1, href: `${href}/receipt` },
    notifications: isDone
      ? notificationFiles(batch).map(({ from, to }) => ({
          identification: 'NOTI001',
          from,
          to,
          href: `${href}/notifications?from=${from}`,
        }))
      : [],
    declarations: { href: `${href}/declarations` },
  };
}

/** The declaration of a form: the service's own answer to one, with its place in the file. */
export function formAnswer(row: BatchRow, client: AgencyClient, origin: string): object {
  const names = { given_name: null, family_name: null, birth_date: null };
  return { form: placeOf(row.source_key), ...declarationAnswer({ ...row, ...names }, client, origin) };
}
