import type { Logger } from 'pino';
import type { Clock } from '../platform/clock.ts';
import { type Answer, data, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, type Route } from '../web/route.ts';
import { sessionHash } from '../web/visit.ts';
import type { SessionsStore } from './sessions.store.ts';
import { cookieName, hashOf, newToken, ownPath } from './sessions.ts';
import { type SigningIn, signIn } from './sign-in.actions.ts';
import type { NextStep, Proven, SignInRefused, Step } from './sign-in.method.ts';
import { type MethodTools, type OfferedMethod, offeredMethods } from './sign-in.methods.ts';
import { type Failed, signedOutPage, signInPage } from './sign-in.pages.ts';
import { isFresh, STEP_UP } from './visitor.ts';

/** Above what the contract promises to a single address, and far above what a person does. */
const PER_MINUTE = 240;
/** What a script is told to wait where something could not be asked, in seconds. */
const ASK_AGAIN = 30;

export type SignInTools = MethodTools &
  SigningIn & {
    clock: Clock;
    log: Logger;
    sessions: SessionsStore;
    publicUrl: string;
    secret: string;
    assets: { href(name: string): string };
    cardUrl: string | null;
  };

export function signInRoutes(house: SignInTools): Route[] {
  const { sessions, log, publicUrl, secret } = house;
  const stepCookie = cookieName(publicUrl, 'challenge');
  const sessionCookie = cookieName(publicUrl, 'session');
  const methods = offeredMethods(house);

  function choose(asked: Asked): Answer {
    const { query, visitor, now } = asked;
    const failed = FAILED.find((how) => how === query.failed);
    if (!('provenAt' in visitor)) return choice(asked, failed ? { failed } : {});
    const isAgain = query.again !== undefined && !isFresh(visitor, now);
    return isAgain ? choice(asked, { isAgain }) : redirect(ownPath(query.return));
  }

  type Why = { isAgain?: boolean; failed?: Failed; back?: unknown };

  function choice({ lang, query }: Asked, why: Why, status = 200): Answer {
    const offered = methods.filter(({ assurance }) => !why.isAgain || assurance >= STEP_UP.assurance);
    const script = house.assets.href('web-eid.js');
    const comeBack = ownPath(why.back ?? query.return);
    const model = signInPage(lang, { ...why, methods: offered, comeBack, script, demoCard: house.cardUrl });
    return page('identity/sign-in', model, status);
  }

  /** One step of a method: what it proves, refuses or asks next becomes an answer here, alike for all. */
  function route(method: OfferedMethod, step: Step): Route {
    const handle = async (asked: Asked): Promise<Answer> => {
      const cookie = asked.request.cookies[stepCookie];
      const at = (token: string) => hashOf(`${method.name}:${token}`, secret);
      const kept = step.goesOn && cookie ? await sessions.takeStep(at(cookie), asked.now) : null;
      const outcome = await step.take({ ...asked, kept });
      if ('proven' in outcome) return signedIn(asked, step, outcome);
      if ('refused' in outcome) {
        const answer = refused(asked, { method, step, outcome });
        return outcome.keep ? goesOn(asked, at, { answer, keep: outcome.keep }) : answer;
      }
      return goesOn(asked, at, outcome);
    };
    return forAll(step.method, step.path, handle, { json: step.json ?? false, perMinute: PER_MINUTE });
  }

  async function signedIn({ now, request }: Asked, step: Step, { proven: who, back }: Proven): Promise<Answer> {
    const replaces = sessionHash(request, house);
    const given = { who, now, secret, replaces, requestId: request.id };
    const { token, mustChoose } = await signIn(house, given);
    const cookies = [
      { name: sessionCookie, value: token },
      { name: stepCookie, value: null },
      ...(who.language && !request.cookies.lang ? [{ name: 'lang', value: who.language, maxAge: LANGUAGE_KEPT }] : []),
    ];
    const location = mustChoose ? paths.capacity(ownPath(back)) : ownPath(back);
    return step.json ? data({ location }, { cookies }) : redirect(location, cookies);
  }

  /** One neutral answer to every fault; the reason is for the log. */
  function refused(asked: Asked, at: { method: OfferedMethod; step: Step; outcome: SignInRefused }): Answer {
    const { method, step, outcome } = at;
    const { refused: fault, isPassing = false, isAway, back } = outcome;
    log.info({ method: method.name, fault, requestId: asked.request.id }, 'sign-in refused');
    if (step.json)
      return data({ error: 'sign-in-failed' }, { status: 401, ...(isPassing ? { retryAfter: ASK_AGAIN } : {}) });
    const failed = isAway ? 'away' : isPassing ? 'passing' : 'no';
    return outcome.answer ?? choice(asked, { failed, back }, 401);
  }

  async function goesOn({ now, request }: Asked, at: (token: string) => Buffer, next: NextStep): Promise<Answer> {
    if (!next.keep) return next.answer;
    const token = request.cookies[stepCookie] ?? newToken();
    const { text, minutes } = next.keep;
    await sessions.keepStep(at(token), text, Temporal.Instant.from(now).add({ minutes }).toString(), now);
    return { ...next.answer, cookies: [{ name: stepCookie, value: token, maxAge: minutes * 60 }] } as Answer;
  }

  async function signOut({ request }: Asked): Promise<Answer> {
    const hash = sessionHash(request, house);
    const ended = hash ? await sessions.end(hash) : null;
    const elsewhere = ended?.sign_out_hint ? await leaving(ended.method, ended.sign_out_hint, request.id) : null;
    return redirect(elsewhere ?? paths.SIGNED_OUT, [{ name: sessionCookie, value: null }]);
  }

  /** Our own session has ended, whatever comes of the other. */
  async function leaving(name: string, hint: string, requestId: string): Promise<string | null> {
    const method = methods.find((one) => one.name === name);
    try {
      return (await method?.leave?.(hint, publicUrl + paths.SIGNED_OUT)) ?? null;
    } catch (error) {
      log.warn({ method: name, fault: (error as Error).message, requestId }, 'sign-out where he signed in failed');
      return null;
    }
  }

  return [
    forAll('GET', paths.SIGN_IN, choose),
    ...methods.flatMap((method) => method.steps.map((step) => route(method, step))),
    forAll('POST', paths.SIGN_OUT, signOut),
    forAll('GET', paths.SIGNED_OUT, ({ lang }) => page('identity/signed-out', signedOutPage(lang))),
  ];
}

/** What a method on another host may say of a try that failed. */
const FAILED = ['no', 'passing'] as const;
const LANGUAGE_KEPT = 365 * 24 * 3600;
