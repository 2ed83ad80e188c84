import { dossierPage } from '../src/dossier/dossier.pages.ts';
import { feedsPage } from '../src/feeds/feeds.pages.ts';
import { composePage } from '../src/overviews/compose.pages.ts';
import type { Verified } from '../src/overviews/overview.ts';
import { verifyFormPage, verifyPage } from '../src/overviews/verify.pages.ts';
import { parseFilter } from '../src/relations/filter.ts';
import type { WorkRelation } from '../src/relations/relation.ts';
import type { Lang } from '../src/web/language.ts';
import { hotelAstrid, TODAY, workRelation } from './samples.relations.ts';

/** Models of what a worker takes home: an overview before it is made, and the page that verifies it. */

export const CODE = 'K7M2Q4XW9RT3Y5H8PB0D';
export const SHA256 = '3f0a9c51b7d2e4860f1c9a7b5d3e2f40816a9c0b7d5e3f21a4c6b8d0e2f41a53';

function verified(over: Partial<Verified> = {}): Verified {
  return {
    initials: 'Ł. D.',
    coversFrom: '2025-01-01',
    coversTo: '2027-12-31',
    relationCount: 41,
    madeAt: '2026-11-23T08:00:01Z',
    sha256: SHA256,
    revokedAt: null,
    ...over,
  };
}

export function takeHomeSamples(lang: Lang) {
  const many = Array.from({ length: 7 }, (_, i): WorkRelation => {
    return hotelAstrid({ periodId: `65630931491${i}`, startDate: `2026-0${i + 1}-02`, endDate: `2026-0${i + 1}-06` });
  });
  const compose = (found: WorkRelation[], query = {}, more = {}) => {
    const asked = { sections: ['list' as const], language: lang, fullInsz: false, ...more };
    return composePage(lang, { ...parseFilter(query, TODAY), ...asked }, found, TODAY);
  };
  const all = { sections: ['summary', 'list', 'calendar', 'timeline'] as const, language: 'fr' as const };
  const file = { script: '/assets/verify.js', pasted: null };
  return {
    'overviews/new': [
      compose([workRelation(), ...many], { from: 'soon' }, { ...all, fullInsz: true }),
      compose([workRelation({ cancelled: true, verdict: 'late' })]),
      compose([], {}, all),
    ],
    'dossier/dossier': [dossierPage(lang)],
    'feeds/list': [
      feedsPage(lang, [], { secret: null, publicUrl: 'https://interim.example.org', today: TODAY }),
      feedsPage(
        lang,
        Array.from({ length: 10 }, (_, i) => {
          const lastReadOn = i === 0 ? null : '2026-11-22';
          return { id: `feed${i}`, language: 'nl' as const, madeAt: '2026-11-20T08:00:00Z', lastReadOn };
        }),
        { secret: 'aVerySecretWord', publicUrl: 'https://interim.example.org', today: TODAY },
      ),
    ],
    'overviews/verify': [
      verifyFormPage(lang, null),
      verifyFormPage(lang, 'ABCD-EFGH'),
      verifyPage(lang, CODE, verified(), file),
      verifyPage(lang, CODE, verified({ coversFrom: null }), { ...file, pasted: SHA256.toUpperCase() }),
      verifyPage(lang, CODE, verified({ coversTo: null }), { ...file, pasted: SHA256.replace('3', '4') }),
      verifyPage(lang, CODE, verified({ coversFrom: null, coversTo: null }), { ...file, pasted: 'abc' }),
      verifyPage(lang, CODE, verified({ revokedAt: '2026-11-24T10:00:00Z' }), file),
    ],
  };
}
