import { tokenCodePage, tokenPage } from '../src/identity/methods/token.pages.ts';
import type { Account } from '../src/keys/account.ts';
import type { Card } from '../src/keys/card.ts';
import { accountPage, madePage, requestPage, revocationPage } from '../src/keys/forms.pages.ts';
import { ACTS, type Happened } from '../src/keys/history.ts';
import { type KeysFound, keysPage } from '../src/keys/keys.pages.ts';
import type { Lang } from '../src/web/language.ts';
import { TODAY } from './samples.relations.ts';

const NOW = '2026-11-23T09:00:00Z';

const account: Account = {
  workerId: '7',
  userName: 'lukasz.d',
  userKey: 'lukasz.d',
  password: '',
  passwordAt: '2026-09-01T08:00:00Z',
};

function card(over: Partial<Card> = {}): Card {
  return {
    cardId: 'k3f9x2m7q8w1z5t4abcdef',
    workerId: '7',
    state: 'active',
    asked: 13,
    wrong: 0,
    issuedAt: '2026-11-20T08:00:00Z',
    activatedAt: '2026-11-20T08:10:00Z',
    lastUsedAt: '2026-11-23T07:12:00Z',
    endedAt: null,
    hasPrint: false,
    ...over,
  };
}

const issued = card({ state: 'issued', activatedAt: null, lastUsedAt: null, hasPrint: true });

const session = (over: object = {}) => ({
  key: '0b6c5a0e6c1f4a579d3e0d8f5f0b8d11',
  method: 'eid',
  createdAt: '2026-11-23T08:55:00Z',
  lastSeenAt: '2026-11-23T08:59:00Z',
  agencyName: null,
  isThis: true,
  ...over,
});

const history: Happened[] = ACTS.map((act, at) => {
  const by = (['worker', 'system', 'support'] as const)[at % 3] ?? 'worker';
  return { at: '2026-11-20T08:10:00Z', act, by };
});

/** Models of the digital keys and of signing in with a token. */
export function keysSamples(lang: Lang) {
  const empty: KeysFound = { account: null, cards: [], sessions: [session()], history: [] };
  const full: KeysFound = {
    account,
    cards: [card()],
    sessions: [
      session(),
      session({ method: 'token', isThis: false }),
      session({ method: 'wand', agencyName: 'Tempo' }),
    ],
    history,
  };
  const founds = [
    empty,
    full,
    { ...full, cards: [issued] },
    { ...full, cards: [card({ state: 'revoked' })] },
    { ...full, cards: [card({ lastUsedAt: null })] },
  ];
  const saying = (said?: unknown) => ({ said, minutes: '15' });
  const faults = ['form', 'taken', 'number', 'short', 'long', 'common', 'own', 'differs', 'first', undefined];
  const comeBack = '/relations?type=EXT';
  return {
    'keys/keys': [
      ...founds.map((found) => keysPage(lang, found, { now: NOW, today: TODAY, fresh: true, saying: saying('made') })),
      ...['code', 'blocked', 'card-ended', ['no', 'such']].map((said) =>
        keysPage(lang, { ...full, cards: [issued] }, { now: NOW, today: TODAY, fresh: false, saying: saying(said) }),
      ),
    ],
    'keys/account': faults.flatMap((said) => [
      accountPage(lang, account, saying(said)),
      accountPage(lang, null, saying(said)),
    ]),
    'keys/request': [
      requestPage(lang, null, NOW, saying()),
      requestPage(lang, card(), NOW, saying('terms')),
      requestPage(lang, card({ state: 'expired' }), NOW, saying()),
    ],
    'keys/made': [madePage(lang, issued), madePage(lang, { ...issued, hasPrint: false })],
    'keys/revocation': [revocationPage(lang)],
    'identity/token': ['wrong', 'blocked', 'card', 'start', 'ended', undefined].map((said) =>
      tokenPage(lang, { ...saying(said), comeBack, demo: 'http://localhost:4000/tokens' }),
    ),
    'identity/token-code': ['code', 'blocked', undefined].map((said) =>
      tokenCodePage(lang, 13, { ...saying(said), comeBack, demo: null }),
    ),
  };
}
