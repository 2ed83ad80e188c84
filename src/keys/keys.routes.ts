import { cookieName } from '../identity/sessions.ts';
import { isFresh, type SignedInWorker } from '../identity/visitor.ts';
import { type Answer, document, NotFound, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import { sessionHash } from '../web/visit.ts';
import type { accountsActions } from './accounts.actions.ts';
import { cardPrint } from './card.pages.ts';
import type { CardPrint } from './card.pdf.ts';
import { stateAt } from './card.ts';
import type { Activated, cardsActions } from './cards.actions.ts';
import { PRINT_MINUTES } from './cards.store.ts';
import { accountPage, madePage, requestPage, revocationPage } from './forms.pages.ts';
import { keysPage } from './keys.pages.ts';
import type { Doer } from './note.actions.ts';

type Mine = Asked<SignedInWorker>;

export interface KeysRoutesTools {
  accounts: ReturnType<typeof accountsActions>;
  cards: ReturnType<typeof cardsActions>;
  pdf: { renderCard(print: CardPrint): Promise<Uint8Array> };
  publicUrl: string;
  secret: string;
}

/** A worker's digital keys. Everybody sees his own; changing them takes a fresh proof by eID. */
export function keysRoutes(house: KeysRoutesTools): Route[] {
  const { accounts, cards, publicUrl } = house;
  const printCookie = cookieName(publicUrl, 'card');
  const doer = ({ visitor, now, request }: Mine): Doer => {
    return { visitor, now, requestId: request.id, session: sessionHash(request, house) ?? Buffer.alloc(0) };
  };

  async function all(asked: Mine): Promise<Answer> {
    const { visitor, lang, now, today, query } = asked;
    const [account, held, sessions, history] = await Promise.all([
      accounts.account(visitor),
      cards.cards(visitor),
      accounts.sessions(visitor, doer(asked).session, now),
      accounts.history(visitor),
    ]);
    const about = { now, today, fresh: isFresh(visitor, now), saying: { said: query.said, minutes: query.minutes } };
    return page('keys/keys', keysPage(lang, { account, cards: held, sessions, history }, about));
  }

  async function account({ visitor, lang, query }: Mine): Promise<Answer> {
    const saying = { said: query.said, minutes: query.minutes };
    return page('keys/account', accountPage(lang, await accounts.account(visitor), saying));
  }

  async function make(asked: Mine): Promise<Answer> {
    const { userName, password, again } = asked.fields;
    if (password !== again) return redirect(paths.keysAccount('differs'));
    const outcome = await accounts.make(doer(asked), { userName, password });
    return redirect(outcome === 'made' ? paths.keys('made') : paths.keysAccount(outcome));
  }

  async function rename(asked: Mine): Promise<Answer> {
    const outcome = await accounts.rename(doer(asked), asked.fields.userName);
    if (outcome === 'none') return redirect(paths.keysAccount('first'));
    return redirect(outcome === 'renamed' ? paths.keys('renamed') : paths.keysAccount(outcome));
  }

  async function setPassword(asked: Mine): Promise<Answer> {
    const { password, again } = asked.fields;
    if (password !== again) return redirect(paths.keysAccount('differs'));
    const outcome = await accounts.setPassword(doer(asked), password);
    if (outcome === 'none') return redirect(paths.keysAccount('first'));
    return redirect(outcome === 'password' ? paths.keys('password') : paths.keysAccount(outcome));
  }

  /** Shutting others out needs no fresh proof: whoever sees a stranger's session acts at once. */
  async function endSessions(asked: Mine): Promise<Answer> {
    const ended = await accounts.endSessions(doer(asked), String(asked.fields.session));
    return redirect(paths.keys(ended > 0 ? 'ended' : ''));
  }

  async function request({ visitor, lang, now, query }: Mine): Promise<Answer> {
    const [account, held] = await Promise.all([accounts.account(visitor), cards.cards(visitor)]);
    if (!account) return redirect(paths.keysAccount('first'));
    return page('keys/request', requestPage(lang, held[0] ?? null, now, { said: query.said, minutes: query.minutes }));
  }

  async function order(asked: Mine): Promise<Answer> {
    if (asked.fields.terms !== 'yes') return redirect(`${paths.KEYS_NEW_CARD}?said=terms`);
    const { visitor, lang, now } = asked;
    const name = `${visitor.givenName ?? ''} ${visitor.familyName}`.trim();
    const draw = (codes: string[]) => house.pdf.renderCard(cardPrint(lang, { codes, name, now, address: publicUrl }));
    const made = await cards.request(doer(asked), draw);
    if (made === 'none') return redirect(paths.keysAccount('first'));
    return redirect(paths.keysCard(made.cardId), [{ name: printCookie, value: made.key, maxAge: PRINT_MINUTES * 60 }]);
  }

  async function made({ visitor, lang, now, params }: Mine): Promise<Answer> {
    const card = (await cards.cards(visitor)).find(({ cardId }) => cardId === params.cardId);
    if (!card) throw new NotFound();
    return stateAt(card, now) === 'issued' ? page('keys/made', madePage(lang, card)) : redirect(paths.KEYS);
  }

  /** The print, once: whoever only looks whether it is there (HEAD) does not take it. */
  async function print(asked: Mine): Promise<Answer> {
    const { params, request: asking } = asked;
    const cardId = params.cardId ?? '';
    if (asking.method === 'HEAD') return redirect(paths.keysCard(cardId));
    const found = await cards.print(doer(asked), cardId, asking.cookies[printCookie]);
    if (found === 'unknown') throw new NotFound();
    return found === 'gone' ? redirect(paths.keysCard(cardId)) : document('application/pdf', found, PRINT_NAME);
  }

  async function activate(asked: Mine): Promise<Answer> {
    return redirect(after(await cards.activate(doer(asked), asked.fields.code)));
  }

  async function revoke(asked: Mine): Promise<Answer> {
    return redirect(paths.keys((await cards.revoke(doer(asked))) === 'revoked' ? 'revoked' : ''));
  }

  const toKeys = { fresh: true, comeBack: () => paths.KEYS };
  const toAccount = { fresh: true, comeBack: () => paths.KEYS_ACCOUNT };
  return [
    forWorker('GET', paths.KEYS, all),
    forWorker('GET', paths.KEYS_ACCOUNT, account, { fresh: true }),
    forWorker('POST', paths.KEYS_ACCOUNT, make, toAccount),
    forWorker('POST', paths.KEYS_NAMES, rename, toAccount),
    forWorker('POST', paths.KEYS_PASSWORDS, setPassword, toAccount),
    forWorker('POST', paths.KEYS_SESSIONS, endSessions, { comeBack: () => paths.KEYS }),
    forWorker('GET', paths.KEYS_NEW_CARD, request, { fresh: true }),
    forWorker('POST', paths.KEYS_CARDS, order, { fresh: true, comeBack: () => paths.KEYS_NEW_CARD }),
    forWorker('GET', `${paths.KEYS_CARDS}/:cardId`, made),
    forWorker('GET', `${paths.KEYS_CARDS}/:cardId/card.pdf`, print),
    forWorker('POST', paths.KEYS_ACTIVATIONS, activate, toKeys),
    forWorker('GET', paths.KEYS_REVOCATIONS, ({ lang }) => page('keys/revocation', revocationPage(lang)), {
      fresh: true,
    }),
    forWorker('POST', paths.KEYS_REVOCATIONS, revoke, toKeys),
  ];
}

/** Where an entered code leads. */
function after(activated: Activated): string {
  if (activated.kind === 'blocked') return paths.keys('blocked', activated.minutes);
  const said = { active: 'active', wrong: 'code', ended: 'card-ended', none: '' } as const;
  return paths.keys(said[activated.kind]);
}

const PRINT_NAME = 'interim-at-work-token.pdf';
