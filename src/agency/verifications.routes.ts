import type { AgencyStaff } from '../identity/visitor.ts';
import { queryOf } from '../relations/query.ts';
import { type Answer, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, type Fields, forAgency, type Route } from '../web/route.ts';
import type { Verifications } from './verifications.actions.ts';

/** How many of those that somebody else ticked off are named afterwards. */
const NAMED = 3;

export function verificationsRoutes({ verifications }: { verifications: Verifications }): Route[] {
  async function verify({ visitor, fields, now }: Asked<AgencyStaff>): Promise<Answer> {
    const { done, already } = await verifications.add(visitor, chosenOf(fields), now);
    const more = already.length - NAMED;
    return redirect(
      backWith(fields.back, [
        ['done', String(done)],
        ...already.slice(0, NAMED).map(({ declarationId }) => ['had', declarationId] as const),
        ...(more > 0 ? [['hadMore', String(more)] as const] : []),
      ]),
    );
  }

  async function withdraw({ visitor, fields, now }: Asked<AgencyStaff>): Promise<Answer> {
    const undone = await verifications.undo(visitor, chosenOf(fields), now);
    return redirect(backWith(fields.back, [['undone', String(undone)]]));
  }

  return [
    forAgency('view', 'POST', paths.VERIFICATIONS, verify),
    forAgency('view', 'POST', paths.WITHDRAWALS, withdraw),
  ];
}

/** One by its own button, the whole page by another, else what was ticked. */
function chosenOf({ one, all, page, declaration }: Fields): string[] {
  if (one !== undefined) return [one].flat().slice(0, 1);
  return [(all === undefined ? declaration : page) ?? []].flat();
}

/** Back to a page of the desk with word of what was done; anything else leads to the table. */
function backWith(back: string | string[] | undefined, told: (readonly [string, string])[]): string {
  const isOwn = typeof back === 'string' && /^\/agency\/(declarations|refused)([/?][\w\-./?&=%~]*)?$/.test(back);
  const [path = paths.DECLARATIONS, query = ''] = (isOwn ? back : paths.DECLARATIONS).split('?', 2);
  return `${path}?${[query, queryOf(told)].filter(Boolean).join('&')}`;
}
