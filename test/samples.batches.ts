import { batchesPage, batchPage } from '../src/agency/batches.pages.ts';
import type { FormBatch } from '../src/declarations/batches.ts';
import { developersPage } from '../src/declarations/openapi.pages.ts';
import type { Lang } from '../src/web/language.ts';
import type { Views } from '../src/web/views.ts';
import { TODAY } from './samples.relations.ts';

/** Files of declarations: on their way, answered, refused whole. */

function batch(over: Partial<FormBatch> = {}): FormBatch {
  return {
    id: 'k3f9x2m7q8w1z5t4aBcD-_',
    agencyNumber: '0403449823',
    sender: 'staff:7',
    fileName: 'week-48.xml.gz',
    receivedAt: '2026-11-22T17:03:11Z',
    state: 'done',
    fileHash: 'ab'.repeat(32),
    forms: 12_000,
    results: { A: 11_996, W: 1, B: 3 },
    finishedAt: '2026-11-22T17:03:19Z',
    ...over,
  };
}

export function batchSamples(lang: Lang): {
  [V in 'agency/batches' | 'agency/batch' | 'declarations/developers']: Views[V][];
} {
  const underWay = batch({ state: 'declaring', fileName: null, finishedAt: null, results: { A: 1_999, W: 0, B: 1 } });
  const all = [batch(), underWay, batch({ forms: 1, results: { A: 1, W: 0, B: 0 } })];
  const list = { today: TODAY, mayDeclare: true, fault: null };
  const one = { today: TODAY, isKnown: false };
  return {
    'agency/batches': [
      batchesPage(lang, all, list),
      batchesPage(lang, [], { ...list, mayDeclare: false }),
      batchesPage(lang, [], { ...list, fault: 'missing' }),
      batchesPage(lang, [], { ...list, fault: { line: 9_004, column: 12, reason: 'unexpected close tag.' } }),
    ],
    'agency/batch': [
      batchPage(lang, batch(), one),
      batchPage(lang, underWay, one),
      batchPage(lang, batch({ forms: 2, results: { A: 2, W: 0, B: 0 } }), { ...one, isKnown: true }),
    ],
    'declarations/developers': [developersPage(lang)],
  };
}
