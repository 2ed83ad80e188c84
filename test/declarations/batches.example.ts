import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { inszNumber } from '../records.ts';
import type { Service } from '../rest/client.ts';

/** Forms of the DIMONA/SU message, as an agency's own program writes them. */

const HEAD = `<Identification>DIMONA</Identification><FormCreationDate>2026-11-20</FormCreationDate><FormCreationHour>08:00:00.000</FormCreationHour><AttestationStatus>0</AttestationStatus><TypeForm>SU</TypeForm>`;

export const reference = (number: string) =>
  `<Reference><ReferenceType>1</ReferenceType><ReferenceOrigin>1</ReferenceOrigin><ReferenceNbr>${number}</ReferenceNbr></Reference>`;
export const form = (block: string, more = '') => `<Form>${HEAD}${more}${block}</Form>`;

/** A week of temp work for the n-th person; the employer is left to the sender unless `employer` names one. */
export const xmlIn = (
  n: number,
  over: { start?: string; end?: string; employer?: string; more?: string; insz?: string } = {},
) =>
  form(
    `<DimonaIn><StartingDate>${over.start ?? '2026-11-23'}</StartingDate><EndingDate>${over.end ?? '2026-11-27'}</EndingDate>${over.employer ?? ''}<NaturalPerson><INSS>${over.insz ?? inszNumber(n)}</INSS><WorkerName>Dvořák</WorkerName><WorkerFirstName>Łukasz</WorkerFirstName></NaturalPerson><DimonaFeatures><JointCommissionNbr>322</JointCommissionNbr><WorkerType>OTH</WorkerType><UsingEmployer><JointCommissionNbr>XXX</JointCommissionNbr><UsingEmployerCompanyID>566988259</UsingEmployerCompanyID></UsingEmployer></DimonaFeatures></DimonaIn>`,
    over.more,
  );
export const xmlUpdate = (periodId: string, inner: string) =>
  form(`<DimonaUpdate><DimonaPeriodId>${periodId}</DimonaPeriodId>${inner}</DimonaUpdate>`);
export const xmlOut = (periodId: string, end: string) =>
  form(`<DimonaOut><DimonaPeriodId>${periodId}</DimonaPeriodId><EndingDate>${end}</EndingDate></DimonaOut>`);
export const xmlCancel = (periodId: string) =>
  form(`<DimonaCancel><DimonaPeriodId>${periodId}</DimonaPeriodId></DimonaCancel>`);
export const xml = (...forms: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Dimona>\n${forms.join('\n')}\n</Dimona>\n`;

/** What the service tells of a batch. */
export interface ToldBatch {
  href: string;
  batchId: string;
  state: 'declaring' | 'done';
  forms: number;
  answered: number;
  results: { A: number; W: number; B: number };
  receipt: { href: string };
  notifications: { href: string }[];
  declarations: { href: string };
}

/** Sends a file in small pieces, packed when asked. */
export function send(
  { call }: Pick<Service, 'call'>,
  file: string | Buffer,
  how: { packed?: boolean; type?: string; headers?: Record<string, string> } = {},
) {
  const bytes = how.packed ? gzipSync(file) : Buffer.from(file);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
    bytes.subarray(i * 1000, i * 1000 + 1000),
  );
  return call('POST', 'batches', Readable.from(pieces), {
    'content-type': how.type ?? 'application/xml',
    ...how.headers,
  });
}
