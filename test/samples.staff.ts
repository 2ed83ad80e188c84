import { colleaguePage, colleaguesPage, removalPage } from '../src/agency/staff.pages.ts';
import type { Colleague } from '../src/agency/staff.ts';
import type { Lang } from '../src/web/language.ts';
import { TODAY } from './samples.relations.ts';

export function colleague(over: Partial<Colleague> = {}): Colleague {
  return {
    key: '0b6c5a0e-6c1f-4a57-9d3e-0d8f5f0b8d11',
    workerId: '7',
    insz: '85073003328',
    givenName: 'An',
    familyName: 'Peeters',
    right: 'manage',
    addedAt: '2026-09-01T08:00:00Z',
    lastActedAt: '2026-11-23T07:12:00Z',
    addedBy: null,
    ...over,
  };
}

const nameless = colleague({
  key: '6f2d1c52-9f1f-4d0e-8f2e-3c6a6f0a5f22',
  workerId: '8',
  insz: '98472899765',
  givenName: null,
  familyName: null,
  right: 'view',
  lastActedAt: null,
  addedBy: 'An Peeters',
});

/** Models of the officer's pages. */
export function staffSamples(lang: Lang) {
  const staff = [colleague(), nameless];
  const about = { me: '7', agencyName: 'Tempo Interim', today: TODAY };
  const said = ['added', 'changed', 'removed', 'known', 'insz', 'right', 'last', ['no', 'such'], undefined];
  return {
    'agency/colleagues': said.map((one) => colleaguesPage(lang, staff, { ...about, said: one })),
    'agency/colleague': [colleaguePage(lang, nameless, staff, TODAY), colleaguePage(lang, colleague(), staff, TODAY)],
    'agency/removal': [removalPage(lang, colleague(), 'Tempo Interim'), removalPage(lang, nameless, 'Tempo Interim')],
  };
}
