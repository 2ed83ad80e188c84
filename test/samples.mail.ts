import { addressPage } from '../src/mail/address.pages.ts';
import type { Lang } from '../src/web/language.ts';
import { TODAY } from './samples.relations.ts';

/** Models of the page of the e-mail address. */
export function mailSamples(lang: Lang) {
  const confirmed = { address: 'lukasz@example.be', language: lang, confirmedAt: '2026-11-20T08:00:00Z' };
  const pending = {
    id: '5b1d5c8e-7f0c-4a52-9a8e-2f1f4e1f7c11',
    address: 'lukasz.dvorak@example.org',
    language: lang,
    expiresAt: '2026-11-23T09:30:00Z',
    triesLeft: 3,
  };
  const about = { confirmed: null, pending: null, isOn: true, said: undefined, comeBack: '/', today: TODAY };
  return {
    'mail/address': [
      addressPage(lang, about),
      addressPage(lang, { ...about, isOn: false }),
      addressPage(lang, { ...about, pending }),
      addressPage(lang, { ...about, pending, confirmed, said: 'wrong' }),
      addressPage(lang, { ...about, confirmed, said: 'confirmed', comeBack: '/overviews' }),
      ...['invalid', 'too-many', 'expired', 'removed', ['no', 'such'], 'wrong'].map((said) =>
        addressPage(lang, { ...about, said }),
      ),
    ],
  };
}
