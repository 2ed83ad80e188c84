import { type Lang, type Part, rich, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Account, PASSWORD, USER_NAME } from './account.ts';
import { type Card, stateAt } from './card.ts';
import { activateBy, type CodeForm, codeForm } from './keys.pages.ts';
import { faultOf, type KeysFault, type Saying, saidOf } from './said.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'keys/account': AccountPage;
    'keys/request': RequestPage;
    'keys/made': MadePage;
    'keys/revocation': RevocationPage;
  }
}

interface Form {
  w: Words<'keys'>;
  title: string;
  back: string;
}

export interface AccountPage extends Form {
  said: string | null;
  /** The field that is wrong, and why. */
  fault: { field: 'userName' | 'password'; text: string } | null;
  /** His user name; null while he has none. */
  userName: string | null;
  make: string;
  rename: string;
  setPassword: string;
  longest: { userName: number; password: number };
}

const OF_NAME: readonly (KeysFault | string)[] = ['form', 'number', 'taken'];

/** User name and password: the first ones, or others. */
export function accountPage(lang: Lang, account: Account | null, saying: Saying): AccountPage {
  const w = words(lang, 'keys');
  const text = faultOf(lang, saying);
  return {
    w,
    title: account ? w.account.title : w.account.makeTitle,
    back: paths.KEYS,
    said: saidOf(lang, saying),
    fault: text === null ? null : { field: OF_NAME.includes(String(saying.said)) ? 'userName' : 'password', text },
    userName: account?.userName ?? null,
    make: paths.KEYS_ACCOUNT,
    rename: paths.KEYS_NAMES,
    setPassword: paths.KEYS_PASSWORDS,
    longest: { userName: USER_NAME.longest, password: PASSWORD.longest },
  };
}

export interface RequestPage extends Form {
  action: string;
  text: Part[];
  /** He has a card that ends with this. */
  old: string | null;
  fault: string | null;
  terms: string[];
}

/** The wish for a card, with what he agrees to. */
export function requestPage(lang: Lang, card: Card | null, now: string, saying: Saying): RequestPage {
  const w = words(lang, 'keys');
  const state = card && stateAt(card, now);
  return {
    w,
    title: w.new.title,
    back: paths.KEYS,
    action: paths.KEYS_CARDS,
    text: rich(lang, 'keys.new.text'),
    old: state === 'issued' || state === 'active' ? w.new.old : null,
    fault: faultOf(lang, saying),
    terms: [w.new.terms1, w.new.terms2, w.new.terms3, w.new.terms4],
  };
}

export interface MadePage extends Form {
  /** Where the print is; null once it was fetched. */
  print: string | null;
  activateBy: string;
  activation: CodeForm;
}

/** A card that was just asked for: fetch it, put it into use. */
export function madePage(lang: Lang, card: Card): MadePage {
  const w = words(lang, 'keys');
  return {
    w,
    title: w.made.title,
    back: paths.KEYS,
    print: card.hasPrint ? paths.keysCardPdf(card.cardId) : null,
    activateBy: activateBy(lang, card),
    activation: codeForm(lang, card.asked),
  };
}

export interface RevocationPage extends Form {
  action: string;
}

/** Asks once more before the card ends. */
export function revocationPage(lang: Lang): RevocationPage {
  const w = words(lang, 'keys');
  return { w, title: w.revocation.title, back: paths.KEYS, action: paths.KEYS_REVOCATIONS };
}
