import type { AgencyStaff } from '../identity/visitor.ts';
import { type Answer, NotFound, page, redirect } from '../web/answer.ts';
import type { Assets } from '../web/assets.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAgency, type Route } from '../web/route.ts';
import type { Forms } from './form.actions.ts';
import { checkPage } from './form.check.pages.ts';
import type { Ended } from './form.judged.ts';
import { expiredPage, formPage } from './form.pages.ts';
import { receiptPage } from './form.receipt.pages.ts';
import { filledFrom, isFormKind } from './form.ts';

export interface FormTools {
  forms: Forms;
  assets: Assets;
}

type Staff = Asked<AgencyStaff>;

export function formRoutes({ forms, assets }: FormTools): Route[] {
  const script = () => assets.href('declare.js');

  async function begin({ visitor, lang, now, query, request }: Staff): Promise<Answer> {
    const kind = isFormKind(query.kind) ? query.kind : 'IN';
    const wish = {
      kind,
      periodId: textOf(query.period),
      again: query.again === undefined ? null : textOf(query.again),
      report: query.report === undefined ? null : textOf(query.report),
    };
    const opened = await forms.open(visitor, wish, { now, requestId: request.id });
    if (!opened) throw new NotFound();
    return page('declarations/form', formPage(lang, opened, script()));
  }

  /** Looking a company up keeps the form too, and comes back to it. */
  async function keep({ visitor, now, fields }: Staff): Promise<Answer> {
    const id = await forms.keep(visitor, filledFrom(fields), now);
    const isLookUp = fields.do === 'look-up';
    return redirect(isLookUp ? `${paths.draft(id, 'edit')}#userNumber` : paths.draft(id));
  }

  async function look({ visitor, lang, now, params, query, request }: Staff): Promise<Answer> {
    const id = params.draftId ?? '';
    const found = await forms.look(visitor, id, { now, requestId: request.id });
    if (!found) throw new NotFound();
    if ('ended' in found) return ended(found, lang);
    if (query.step === 'edit')
      return page('declarations/form', formPage(lang, { ...found, codes: [], faults: [] }, script()));
    const isRight = found.codes.length + found.faults.length === 0;
    return isRight
      ? page('declarations/check', checkPage(lang, id, found, now))
      : page('declarations/form', formPage(lang, found, script()));
  }

  async function send({ visitor, lang, now, fields }: Staff): Promise<Answer> {
    const id = textOf(fields.draft);
    const sent = await forms.send(visitor, id, now);
    if (sent === null) throw new NotFound();
    return sent ? ended(sent, lang) : redirect(paths.draft(id));
  }

  async function receipt({ visitor, lang, now, params, request }: Staff): Promise<Answer> {
    const found = await forms.receipt(visitor, params.declarationId ?? '', { now, requestId: request.id });
    if (!found) throw new NotFound();
    return page('declarations/receipt', receiptPage(lang, found, visitor.agencyName));
  }

  return [
    forAgency('declare', 'GET', '/agency/declarations/new', begin),
    forAgency('declare', 'POST', '/agency/drafts', keep),
    forAgency('declare', 'GET', '/agency/drafts/:draftId', look),
    forAgency('declare', 'POST', '/agency/declarations', send),
    forAgency('declare', 'GET', '/agency/declarations/:declarationId/receipt', receipt),
  ];
}

/** A draft that was sent leads to its receipt, also when it is sent again or looked up by going back. */
function ended(found: Ended, lang: Staff['lang']): Answer {
  if (found.ended === 'sent') return redirect(paths.receipt(found.declarationId));
  return page('declarations/expired', expiredPage(lang), 410);
}

/** What came twice, or not as text, is nothing. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
