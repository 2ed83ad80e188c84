import { type LookupScope, lookupScopeOf, type SupportAgent } from '../identity/visitor.ts';
import { type Answer, NotFound, type Page, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import type { Reading } from '../web/reading.ts';
import { type Asked, forSupport, type Route } from '../web/route.ts';
import { inside, lookingBar } from './inside.pages.ts';
import type { Acted, Support } from './support.actions.ts';
import { endedPage, lookUpPage, supportHelpPage } from './support.pages.ts';
import { type Lookup, SENDINGS, wantedOf } from './support.ts';

export interface SupportTools {
  support: Support;
  /** The pages of a worker that an agent may read inside a look-up. */
  readings: Reading[];
}

type Mine = Asked<SupportAgent>;

export function supportRoutes({ support, readings }: SupportTools): Route[] {
  async function desk(asked: Mine): Promise<Answer> {
    return page('support/look-up', lookUpPage(asked.lang, await support.standing(asked), asked.query.said));
  }

  /** Nothing of what was typed goes on in an address. */
  async function open(asked: Mine): Promise<Answer> {
    const wanted = wantedOf(asked.fields, asked.today);
    if (typeof wanted === 'string') return redirect(paths.support(wanted));
    const opened = await support.open(asked, wanted);
    return redirect(typeof opened === 'string' ? paths.support(opened) : paths.lookup(opened.id));
  }

  /** A page inside a look-up: its access row is written before anything is read, and the bar stands over it. */
  async function within<L extends Lookup>(
    asked: Mine,
    found: L | 'ended' | null,
    make: (scope: LookupScope, lookup: L) => Promise<Page> | Page,
  ): Promise<Answer> {
    const lookup = stillOpen(found);
    if (lookup === null) return page('support/ended', endedPage(asked.lang), 410);
    const made = await make(lookupScopeOf(asked.visitor, lookup), lookup);
    const path = asked.request.url.split('?', 1)[0] ?? '';
    return { ...made, model: inside(made.model, lookup.id), looking: lookingBar(asked.lang, lookup, path) };
  }

  const reading = ({ view, path, read }: Reading) =>
    forSupport('GET', `${paths.LOOKUPS}/:id${path === paths.HOME ? '' : path}`, async (asked) =>
      within(asked, await support.view(asked, idOf(asked), view), (scope) => read(asked, scope)),
    );

  async function help(asked: Mine): Promise<Answer> {
    return within(asked, await support.help(asked, idOf(asked)), (_, lookup) =>
      page('support/help', supportHelpPage(asked.lang, lookup, { done: asked.query.done, today: asked.today })),
    );
  }

  function afterwards(asked: Mine, acted: Acted): Answer {
    const lookup = stillOpen(acted);
    return redirect(
      lookup === null ? paths.lookup(idOf(asked)) : paths.lookup(lookup.id, 'help', `done=${lookup.done}`),
    );
  }

  const act = (kind: 'end-sessions' | 'unlock') => async (asked: Mine) =>
    afterwards(asked, await support.act(asked, idOf(asked), kind));

  async function resend(asked: Mine): Promise<Answer> {
    const { fields } = asked;
    const of = SENDINGS.find((one) => fields[one] !== undefined) ?? 'delivery';
    return afterwards(asked, await support.resend(asked, idOf(asked), { of, id: String(fields[of]) }));
  }

  async function close(asked: Mine): Promise<Answer> {
    await support.close(asked, idOf(asked));
    return redirect(paths.support('closed'));
  }

  return [
    forSupport('GET', paths.SUPPORT, desk),
    forSupport('POST', paths.LOOKUPS, open),
    ...readings.map(reading),
    forSupport('GET', `${paths.LOOKUPS}/:id/help`, help),
    forSupport('POST', `${paths.LOOKUPS}/:id/session-endings`, act('end-sessions')),
    forSupport('POST', `${paths.LOOKUPS}/:id/unlockings`, act('unlock')),
    forSupport('POST', `${paths.LOOKUPS}/:id/resendings`, resend),
    forSupport('POST', `${paths.LOOKUPS}/:id/closures`, close),
  ];
}

const idOf = ({ params }: Mine) => params.id ?? '';

/** null: over. @throws NotFound what is another agent's is not there */
function stillOpen<L extends Lookup>(found: L | 'ended' | null): L | null {
  if (found === null) throw new NotFound();
  return found === 'ended' ? null : found;
}
