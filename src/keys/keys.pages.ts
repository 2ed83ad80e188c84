import { dayOfInstant } from '../platform/calendar-days.ts';
import { moment, nearMoment, plainDay } from '../web/dates.ts';
import { knows, type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Account } from './account.ts';
import { type Card, ISSUED_DAYS, stateAt } from './card.ts';
import type { Happened } from './history.ts';
import { faultOf, type Saying, saidOf } from './said.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'keys/keys': KeysPage;
  }
}

interface Fact {
  label: string;
  value: string;
}

/** The form that asks for a code of the card. */
export interface CodeForm {
  action: string;
  text: Part[];
  label: string;
}

export interface KeysPage {
  title: string;
  w: Words<'keys'>;
  said: string | null;
  fault: string | null;
  /** He may look, but must prove himself by eID before he changes anything. */
  weak: boolean;
  card: {
    facts: Fact[];
    /** Download, while it is there. */
    print: string | null;
    activation: CodeForm | null;
    activateBy: string | null;
    request: { href: string; label: string };
    revoke: string | null;
  };
  account: { facts: Fact[]; href: string; label: string };
  sessions: { key: string; text: string; about: string; isThis: boolean; endOf: string }[];
  email: string;
  endings: string;
  alone: boolean;
  history: { at: string; what: string }[];
}

/** A session as this page shows it. */
export interface ShownSession {
  key: string;
  method: string;
  createdAt: string;
  lastSeenAt: string;
  agencyName: string | null;
  isThis: boolean;
}

export interface KeysFound {
  account: Account | null;
  cards: Card[];
  sessions: ShownSession[];
  history: Happened[];
}

/** The room's first page: what he has, what he can do with it. */
export function keysPage(
  lang: Lang,
  found: KeysFound,
  about: { now: string; today: string; fresh: boolean; saying: Saying },
): KeysPage {
  const w = words(lang, 'keys');
  const { account, sessions } = found;
  return {
    title: w.title,
    w,
    said: saidOf(lang, about.saying),
    fault: faultOf(lang, about.saying),
    weak: !about.fresh,
    card: cardOf(lang, found.cards[0] ?? null, about),
    account: {
      facts: account
        ? [
            { label: w.account.userName, value: account.userName },
            { label: w.account.passwordAt, value: plainDay(lang, dayOfInstant(account.passwordAt)) },
          ]
        : [],
      href: paths.KEYS_ACCOUNT,
      label: account ? w.account.change : w.account.make,
    },
    sessions: sessions.map((one) => sessionOf(lang, one, about.today)),
    email: paths.ADDRESS,
    endings: paths.KEYS_SESSIONS,
    alone: sessions.length < 2,
    history: found.history.map((one) => happenedOf(lang, one, about.today)),
  };
}

function cardOf(lang: Lang, card: Card | null, { now, today }: { now: string; today: string }): KeysPage['card'] {
  const w = words(lang, 'keys');
  const state = card && stateAt(card, now);
  const isOpen = state === 'issued' || state === 'active';
  return {
    facts: card && state ? factsOf(lang, card, state, today) : [],
    print: card && state === 'issued' && card.hasPrint ? paths.keysCardPdf(card.cardId) : null,
    activation: card && state === 'issued' ? codeForm(lang, card.asked) : null,
    activateBy: card && state === 'issued' ? activateBy(lang, card) : null,
    request: { href: paths.KEYS_NEW_CARD, label: isOpen ? w.card.replace : w.card.request },
    revoke: isOpen ? paths.KEYS_REVOCATIONS : null,
  };
}

function factsOf(lang: Lang, card: Card, state: Card['state'], today: string): Fact[] {
  const w = words(lang, 'keys');
  const facts = [
    { label: w.card.state, value: say(lang, `keys.card.stateOf.${state}`) },
    { label: w.card.requested, value: plainDay(lang, dayOfInstant(card.issuedAt)) },
  ];
  if (card.activatedAt === null) return facts;
  const used = card.lastUsedAt === null ? w.card.never : nearMoment(lang, card.lastUsedAt, today);
  return [
    ...facts,
    { label: w.card.activated, value: plainDay(lang, dayOfInstant(card.activatedAt)) },
    { label: w.card.used, value: used },
  ];
}

/** Asks for the code of one number. */
export function codeForm(lang: Lang, number: number): CodeForm {
  return {
    action: paths.KEYS_ACTIVATIONS,
    text: rich(lang, 'keys.card.activateText', { number }),
    label: say(lang, 'keys.card.code', { number }),
  };
}

/** The day from which a card that was not put into use counts no more, in words. */
export function activateBy(lang: Lang, { issuedAt }: Card): string {
  const end = Temporal.Instant.from(issuedAt)
    .add({ hours: 24 * ISSUED_DAYS })
    .toString();
  return say(lang, 'keys.card.activateBy', { day: plainDay(lang, dayOfInstant(end)) });
}

function sessionOf(lang: Lang, one: ShownSession, today: string): KeysPage['sessions'][number] {
  const key = `keys.method.${one.method}`;
  const method = say(lang, knows(lang, key) ? key : 'keys.method.other');
  const at = moment(lang, one.createdAt, today);
  const seen = say(lang, 'keys.sessions.seen', { at: nearMoment(lang, one.lastSeenAt, today) });
  const agency = one.agencyName === null ? [] : [say(lang, 'keys.sessions.agency', { agency: one.agencyName })];
  return {
    key: one.key,
    text: say(lang, 'keys.sessions.since', { at, method }),
    about: [...agency, seen].join(' · '),
    isThis: one.isThis,
    endOf: say(lang, 'keys.sessions.endOf', { at }),
  };
}

function happenedOf(lang: Lang, { at, act, by }: Happened, today: string): KeysPage['history'][number] {
  const w = words(lang, 'keys');
  const what = say(lang, `keys.act.${act}`);
  return {
    at: moment(lang, at, today),
    what: by === 'worker' ? what : `${what} (${by === 'support' ? w.history.support : w.history.system})`,
  };
}
