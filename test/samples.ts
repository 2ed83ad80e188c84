import { capacityPage } from '../src/identity/capacity.pages.ts';
import { signedOutPage, signInPage } from '../src/identity/sign-in.pages.ts';
import type { Overview } from '../src/overviews/overview.ts';
import { overviewPage, overviewsPage } from '../src/overviews/overviews.pages.ts';
import { patternsPage } from '../src/patterns/patterns.ts';
import { accessHelpPage, cardPage, pinPage } from '../src/web/help.pages.ts';
import { LANGS, type Lang } from '../src/web/language.ts';
import { accessibilityPage, errorPage, helpPage, landingPage, privacyPage } from '../src/web/public.pages.ts';
import type { View, Views } from '../src/web/views.ts';
import { seenSamples } from './samples.access.ts';
import { batchSamples } from './samples.batches.ts';
import { dashboards, deskDetails, deskTables, exportNotices, refusals } from './samples.desk.ts';
import { formSamples } from './samples.form.ts';
import { keysSamples } from './samples.keys.ts';
import { mailSamples } from './samples.mail.ts';
import { noticeSamples } from './samples.notices.ts';
import { calendars, details, homes, lists } from './samples.pages.ts';
import { TODAY } from './samples.relations.ts';
import { reportSamples } from './samples.reports.ts';
import { staffSamples } from './samples.staff.ts';
import { supportSamples } from './samples.support.ts';
import { takeHomeSamples } from './samples.take-home.ts';

const NOW = '2026-11-23T09:00:00Z';

/** Believable models for every template, in every language: for the guard that renders all of them, and for looking at pages. */

function overview(over: Partial<Overview>): Overview {
  return {
    id: 'k3f9x2m7q8w1z5t4',
    requestedAt: '2026-11-23T08:00:00Z',
    expiresAt: '2026-11-24T08:00:00Z',
    language: 'fr',
    state: 'ready',
    madeAt: '2026-11-23T08:00:01Z',
    relationCount: 41,
    verifiableUntil: '2028-11-22T08:00:01Z',
    revokedAt: null,
    ...over,
  };
}

function signIns(lang: Lang) {
  const eid = { name: 'eid', start: null } as const;
  const script = '/assets/web-eid.js';
  const others = (['mtls', 'csam', 'token'] as const).map((name) => ({ name, start: () => '/sign-in' }));
  return [
    signInPage(lang, { methods: [eid, ...others], comeBack: '/', script, demoCard: null }),
    signInPage(lang, { methods: [eid], comeBack: '/relations?type=EXT', script, demoCard: 'http://localhost:4000' }),
    signInPage(lang, { methods: [eid], comeBack: '/', script, demoCard: null, failed: 'passing' }),
    signInPage(lang, { methods: [eid], comeBack: '/', script, demoCard: null, failed: 'no', isAgain: true }),
  ];
}

export function samplesIn(lang: Lang): { [V in View]: Views[V][] } {
  const { years, months } = calendars(lang);
  const overviews = [
    overview({ state: 'preparing', madeAt: null, relationCount: null, verifiableUntil: null }),
    overview({}),
    overview({ state: 'failed', madeAt: null, relationCount: null, verifiableUntil: null }),
    overview({ revokedAt: '2026-11-23T08:30:00Z' }),
  ];
  return {
    'public/landing': [landingPage(lang)],
    'public/text': [helpPage, pinPage, accessHelpPage, privacyPage, accessibilityPage].map((make) => make(lang)),
    'public/card': [
      cardPage(lang, { script: '/assets/web-eid.js', demoCard: 'http://localhost:4000' }),
      cardPage(lang, { script: '/assets/web-eid.js', demoCard: null }),
    ],
    'public/error': [400, 401, 403, 404, 409, 410, 413, 415, 429, 500, 503].map((status) =>
      errorPage(lang, status, 'req-7f3k', status === 429 ? 3600 : 2),
    ),
    'identity/sign-in': [...signIns(lang)],
    'identity/capacity': [
      capacityPage(
        lang,
        [
          { agencyNumber: '0403449823', agencyName: 'Tempo Interim', right: 'manage' },
          { agencyNumber: '0407585882', agencyName: 'Randwerk', right: 'view' },
        ],
        { current: '0403449823', support: true, comeBack: '/agency', name: 'Łukasz Dvořák' },
      ),
    ],
    'identity/signed-out': [signedOutPage(lang)],
    'patterns/patterns': [patternsPage(lang)],
    ...formSamples(lang),
    ...batchSamples(lang),
    'overviews/overview': [
      ...overviews.map((one) => overviewPage(lang, one, false, TODAY)),
      overviewPage(lang, overview({}), true, TODAY),
    ],
    'overviews/list': [overviewsPage(lang, overviews, NOW, TODAY), overviewsPage(lang, [], NOW, TODAY)],
    ...takeHomeSamples(lang),
    'agency/dashboard': dashboards(lang),
    'agency/declarations': deskTables(lang),
    'agency/declaration': deskDetails(lang),
    'agency/refused': refusals(lang),
    'agency/export': exportNotices(lang),
    'relations/year': years,
    'relations/month': months,
    'relations/detail': details(lang),
    'relations/home': homes(lang),
    'relations/list': lists(lang),
    ...staffSamples(lang),
    ...mailSamples(lang),
    ...keysSamples(lang),
    ...reportSamples(lang),
    ...noticeSamples(lang),
    ...seenSamples(lang),
    ...supportSamples(lang),
  };
}

/** Every view with its models, all languages together. */
export const SAMPLES: { [V in View]: Views[V][] } = (() => {
  const each = LANGS.map(samplesIn);
  const views = Object.keys(each[0] ?? {}) as View[];
  return Object.fromEntries(
    views.map((view) => [view, each.flatMap((samples) => samples[view] as object[])]),
  ) as typeof SAMPLES;
})();
