import type { SignedInWorker } from '../identity/visitor.ts';
import { type Answer, NotFound, page, redirect } from '../web/answer.ts';
import type { Assets } from '../web/assets.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, forWorker, type Route } from '../web/route.ts';
import { codeFrom } from './code.ts';
import type { Verification } from './verification.actions.ts';
import { verifyFormPage, verifyPage } from './verify.pages.ts';

export interface VerifyTools {
  verification: Verification;
  assets: Assets;
}

/** Looks a minute and address: plenty for people, hopeless for who guesses at 96 bits. */
const PER_MINUTE = 60;

export function verifyRoutes({ verification, assets }: VerifyTools): Route[] {
  /** A typed code becomes an address of its own; one that cannot be a code is answered as one that nobody has. */
  function form({ lang, query }: Asked): Answer {
    const typed = textIn(query.code);
    const code = codeFrom(typed ?? '');
    if (code) return redirect(paths.verify(code));
    return page('overviews/verify', verifyFormPage(lang, typed), typed === null ? 200 : 404);
  }

  async function verify({ lang, now, params, query, request }: Asked): Promise<Answer> {
    const typed = params.code ?? '';
    const verified = await verification.verify(typed, { now, requestId: request.id });
    const code = codeFrom(typed);
    if (!verified || !code) return page('overviews/verify', verifyFormPage(lang, typed), 404);
    const file = { script: assets.href('verify.js'), pasted: textIn(query.sha256) };
    return page('overviews/verify', verifyPage(lang, code, verified, file));
  }

  async function revoke({ visitor, now, params }: Asked<SignedInWorker>): Promise<Answer> {
    const id = params.id ?? '';
    if (!(await verification.revoke(visitor, id, now))) throw new NotFound();
    return redirect(paths.overview(id));
  }

  return [
    forAll('GET', paths.VERIFY, form, { perMinute: PER_MINUTE }),
    forAll('GET', '/verify/:code', verify, { perMinute: PER_MINUTE }),
    forWorker('POST', '/overviews/:id/revocation', revoke, { comeBack: () => paths.OVERVIEWS }),
  ];
}

/** What a field holds, without what nobody would type; null when it is empty. */
function textIn(field: string | string[] | undefined): string | null {
  const text = String([field ?? ''].flat()[0])
    .trim()
    .slice(0, 200);
  return text === '' ? null : text;
}
