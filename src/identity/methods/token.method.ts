import { page, Refused, redirect } from '../../web/answer.ts';
import * as paths from '../../web/paths.ts';
import { ownPath } from '../sessions.ts';
import type { Attempt, NextStep, Outcome, SignInMethod, SignInRefused } from '../sign-in.method.ts';
import { tokenCodePage, tokenPage } from './token.pages.ts';
import { type At, type HalfWay, readHalfWay, type TokenDoor, type TokenRefusal } from './token.ts';

export interface TokenTools {
  keys: { tokens: TokenDoor };
  /** Address of the demo's virtual cards, which also shows the demo's paper tokens; null in production. */
  cardUrl: string | null;
}

/** The paper token, in two steps at one address: user name and password, then the code that the card asks for. */
export function tokenMethod({ keys: { tokens }, cardUrl }: TokenTools): SignInMethod {
  const demo = cardUrl && `${cardUrl}/tokens`;

  async function show({ kept, now, lang, query, visitor }: Attempt): Promise<Outcome> {
    const comeBack = ownPath(query.return);
    if (visitor.kind !== 'anonymous') return { answer: redirect(comeBack) };
    const saying = { said: query.said, minutes: query.minutes, comeBack, demo };
    const halfWay = query.again === undefined ? readHalfWay(kept) : null;
    const number = halfWay && (await tokens.asked(halfWay, now));
    if (halfWay && number !== null)
      return { answer: page('identity/token-code', tokenCodePage(lang, number, saying)), ...keeping(halfWay, now) };
    return { answer: page('identity/token', tokenPage(lang, saying)) };
  }

  async function take(attempt: Attempt): Promise<Outcome> {
    const typed = attempt.fields;
    const at = { address: attempt.request.ip, now: attempt.now, requestId: attempt.request.id };
    const comeBack = ownPath(typed.return);
    const halfWay = readHalfWay(attempt.kept);
    if (typed.userName !== undefined) return enter(typed, at, comeBack);
    if (!halfWay) return back({ kind: 'start' }, comeBack);
    return answer(halfWay, typed.code, at, comeBack);
  }

  async function enter(typed: Attempt['fields'], at: At, comeBack: string): Promise<Outcome> {
    const entered = await tokens.enter({ userName: typed.userName, password: typed.password }, at);
    if (entered.kind !== 'asks') return back(entered, comeBack);
    return { answer: redirect(address({}, comeBack)), ...keeping(entered.halfWay, at.now) };
  }

  async function answer(halfWay: HalfWay, code: unknown, at: At, comeBack: string): Promise<Outcome> {
    const answered = await tokens.answer(halfWay, code, at);
    if (answered.kind === 'proven') return { proven: answered.who, back: comeBack };
    const refusal = back(answered, comeBack);
    if (answered.kind === 'blocked') return { ...refusal, ...keeping(halfWay, at.now) };
    if (answered.kind !== 'wrong') return refusal;
    return {
      refused: 'wrong code',
      answer: redirect(address({ said: 'code' }, comeBack)),
      ...keeping(halfWay, at.now),
    };
  }

  return {
    assurance: 300,
    start: (comeBack) => address({}, comeBack),
    steps: [
      { method: 'GET', path: paths.TOKEN_SIGN_IN, goesOn: true, take: show },
      { method: 'POST', path: paths.TOKEN_SIGN_IN, goesOn: true, take },
    ],
  };
}

/** What is kept until the code comes, or until its time is over. */
function keeping(halfWay: HalfWay, now: string): Pick<NextStep, 'keep'> {
  const minutes = Math.ceil((Date.parse(halfWay.until) - Date.parse(now)) / 60_000);
  return minutes > 0 ? { keep: { text: JSON.stringify(halfWay), minutes } } : {};
}

function back(refusal: TokenRefusal, comeBack: string): SignInRefused {
  if (refusal.kind === 'flood') throw new Refused(429, 'too many failures from this address', refusal.seconds);
  const said =
    refusal.kind === 'blocked' ? { said: 'blocked', minutes: String(refusal.minutes) } : { said: refusal.kind };
  return { refused: `token: ${refusal.kind}`, answer: redirect(address(said, comeBack)) };
}

function address(said: Record<string, string>, comeBack: string): string {
  return paths.tokenSignIn(
    new URLSearchParams({ ...said, ...(comeBack === paths.HOME ? {} : { return: comeBack }) }).toString(),
  );
}
