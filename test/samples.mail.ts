import { deliveryPage, newDeliveryPage } from '../src/deliveries/deliveries.pages.ts';
import { type Channel, type Delivery, FAILURES } from '../src/deliveries/delivery.ts';
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
  const delivery = (over: Partial<Delivery>): Delivery => ({
    id: 'p7x3k9m2q4w8z1t5v6n0r2y4h8',
    overviewId: 'k3f9x2m7q8w1z5t4',
    channel: 'mail',
    attach: false,
    orderedAt: '2026-11-23T08:00:00Z',
    state: 'waiting',
    tries: 0,
    nextTryAt: null,
    sentAt: null,
    failure: null,
    neverOpened: false,
    ...over,
  });
  const channels: Channel[] = ['mail', 'ebox'];
  const deliveries = channels.flatMap((channel) => [
    delivery({ channel }),
    delivery({ channel, tries: 3, nextTryAt: '2026-11-23T08:20:00Z' }),
    delivery({ channel, state: 'sending' }),
    delivery({ channel, state: 'sent', sentAt: '2026-11-23T08:00:02Z', neverOpened: channel === 'ebox' }),
    ...FAILURES.map((failure) => delivery({ channel, state: 'failed', failure })),
  ]);
  const ways = { channels, address: 'lukasz@example.be', mayAttach: true, sent: deliveries, today: TODAY };
  return {
    'deliveries/delivery': deliveries.map((one) => deliveryPage(lang, one, TODAY)),
    'deliveries/new': [
      newDeliveryPage(lang, 'k3f9x2m7q8w1z5t4', ways),
      newDeliveryPage(lang, 'k3f9x2m7q8w1z5t4', { ...ways, address: null, mayAttach: false, sent: [] }),
      newDeliveryPage(lang, 'k3f9x2m7q8w1z5t4', { ...ways, channels: [], sent: [] }),
    ],
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
