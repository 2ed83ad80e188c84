import { type SeenListPage, seenPage } from '../src/access/seen.pages.ts';
import type { Seen } from '../src/access/seen.ts';
import type { Lang } from '../src/web/language.ts';
import { TODAY } from './samples.relations.ts';

export function seen(over: Partial<Seen> = {}): Seen {
  return {
    id: '17',
    at: '2026-11-22T17:03:11Z',
    actor: 'worker',
    agencyName: null,
    agencyNumber: null,
    purpose: 'sign-in',
    channel: 'screen',
    detail: { method: 'eid', assurance: 500, certificate: '00' },
    people: 1,
    ...over,
  };
}

const TEMPO = { actor: 'agency', agencyName: 'Tempo Interim', agencyNumber: '0403449823', detail: {} } as const;

/** The page of who saw a worker's data: full, empty, and with a filter that finds nothing. */
export function seenSamples(lang: Lang): { 'access/list': SeenListPage[] } {
  const all = { kind: null, from: null, to: null, after: null };
  const rows = [
    seen(),
    seen({ ...TEMPO, purpose: 'agency-view', people: 25 }),
    seen({ ...TEMPO, agencyName: null, purpose: 'agency-view', channel: 'service' }),
    seen({ actor: 'support', purpose: 'support-lookup', detail: { reason: 'token', caseNumber: 'C-2026-118' } }),
    seen({ purpose: 'export', channel: 'pdf', detail: {} }),
    seen({ actor: 'system', purpose: 'access-export', detail: { reason: 'Question of a citizen' } }),
    seen({ actor: 'system', purpose: 'of a later version', channel: 'unheard-of', detail: { view: 'unheard-of' } }),
  ];
  const about = { today: TODAY, dropped: [] };
  return {
    'access/list': [
      seenPage(lang, { rows, more: true }, { ...all, after: { at: '2026-11-23T00:00:00Z', id: '3' } }, about),
      seenPage(lang, { rows: [], more: false }, all, about),
      seenPage(lang, { rows: [], more: false }, { ...all, kind: 'support' }, { ...about, dropped: ['from'] }),
    ],
  };
}
