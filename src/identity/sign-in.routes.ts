import type { Logger } from 'pino';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { type Answer, data, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, type Route } from '../web/route.ts';
import { sessionHash } from '../web/visit.ts';
import type { Certificate } from './methods/web-eid.certificate.ts';
import { BELGIAN_AUTHENTICATION_POLICIES, type Revocation, validateToken } from './methods/web-eid.ts';
import type { SessionsStore } from './sessions.store.ts';
import { CHALLENGE_MINUTES, cookieName, hashOf, newToken, ownPath } from './sessions.ts';
import { signIn } from './sign-in.actions.ts';
import { signedOutPage, signInPage } from './sign-in.pages.ts';

/** Above what the contract promises to a single address, and far above what a person does. */
const PER_MINUTE = 240;

export interface SignInTools {
  config: { EID_POLICIES?: string[] | undefined; mode: string };
  clock: Clock;
  log: Logger;
  db: Database;
  sessions: SessionsStore;
  publicUrl: string;
  secret: string;
  anchors: readonly Certificate[];
  revocation: Revocation;
  assets: { href(name: string): string };
  cardUrl: string | null;
}

export function signInRoutes(house: SignInTools): Route[] {
  const { config, sessions, clock, log, publicUrl, secret } = house;
  const challengeCookie = cookieName(publicUrl, 'challenge');
  const sessionCookie = cookieName(publicUrl, 'session');
  const policies = config.EID_POLICIES ?? BELGIAN_AUTHENTICATION_POLICIES;

  function choose({ lang, query, visitor }: Asked): Answer {
    const back = ownPath(query.return);
    if (visitor.kind !== 'anonymous') return redirect(back);
    const script = house.assets.href('web-eid.js');
    return page('identity/sign-in', signInPage(lang, { comeBack: back, script, demoCard: house.cardUrl }));
  }

  async function challenge({ now, request }: Asked): Promise<Answer> {
    const token = request.cookies[challengeCookie] ?? newToken();
    const nonce = newNonce();
    const expires = Temporal.Instant.from(now).add({ minutes: CHALLENGE_MINUTES }).toString();
    await sessions.putChallenge(hashOf(token, secret), nonce, expires, now);
    return data({ nonce }, { cookies: [{ name: challengeCookie, value: token, maxAge: CHALLENGE_MINUTES * 60 }] });
  }

  /** One neutral answer to every fault; the reason is for the log. */
  async function eid({ body, now, request }: Asked): Promise<Answer> {
    const { authToken, return: back } = (body ?? {}) as { authToken?: unknown; return?: unknown };
    const cookie = request.cookies[challengeCookie];
    const nonce = cookie ? await sessions.takeChallenge(hashOf(cookie, secret), now) : null;
    const checked = nonce
      ? await validateToken({
          authToken,
          nonce,
          policies,
          origin: publicUrl,
          at: Temporal.Instant.from(clock.now()),
          anchors: house.anchors,
          revocation: house.revocation,
          allowHttpLoopback: config.mode !== 'serve',
        })
      : { fault: 'nonce' };
    if ('fault' in checked) {
      log.info({ fault: checked.fault, requestId: request.id }, 'eID sign-in refused');
      return data({ error: 'sign-in-failed' }, { status: 401 });
    }
    const replaces = sessionHash(request, house);
    const { token, mayChoose } = await signIn(house.db, { who: checked, now, secret, replaces, requestId: request.id });
    const cookies = [
      { name: sessionCookie, value: token },
      { name: challengeCookie, value: null },
    ];
    const to = ownPath(back);
    return data({ location: mayChoose ? paths.capacity(to) : to }, { cookies });
  }

  async function signOut({ request }: Asked): Promise<Answer> {
    const hash = sessionHash(request, house);
    if (hash) await sessions.end(hash);
    return redirect('/signed-out', [{ name: sessionCookie, value: null }]);
  }

  return [
    forAll('GET', '/sign-in', choose),
    forAll('GET', '/sign-in/eid/challenge', challenge, { perMinute: PER_MINUTE }),
    forAll('POST', '/sign-in/eid', eid, { json: true, perMinute: PER_MINUTE }),
    forAll('POST', '/sign-out', signOut),
    forAll('GET', '/signed-out', ({ lang }) => page('identity/signed-out', signedOutPage(lang))),
  ];
}

/** 32 random bytes as base64: 44 characters, what the card application asks for at least. */
function newNonce(): string {
  return Buffer.from(newToken(), 'base64url').toString('base64');
}
