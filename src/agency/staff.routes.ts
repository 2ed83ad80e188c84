import { type AgencyStaff, STAFF_RIGHTS, type StaffRight } from '../identity/visitor.ts';
import { typedInsz } from '../platform/ids.ts';
import { type Answer, NotFound, page, Refused, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAgency, type Route } from '../web/route.ts';
import { type Doer, NoOfficer, type StaffActions } from './staff.actions.ts';
import { colleaguePage, colleaguesPage, removalPage, type Said } from './staff.pages.ts';
import { type Colleague, type StaffOutcome, typedName } from './staff.ts';

type Mine = Asked<AgencyStaff>;

/** The colleagues of an officer: whoever acts for his agency, by what right. */
export function staffRoutes({ staff }: { staff: StaffActions }): Route[] {
  async function all({ visitor, lang, today, now, query, request }: Mine): Promise<Answer> {
    const colleagues = await staff.list(visitor, now, request.id);
    const about = { me: visitor.workerId, agencyName: visitor.agencyName, today, said: query.said };
    return page('agency/colleagues', colleaguesPage(lang, colleagues, about));
  }

  async function one(asked: Mine): Promise<Answer> {
    const { found, all } = await find(asked);
    return page('agency/colleague', colleaguePage(asked.lang, found, all, asked.today));
  }

  async function removal(asked: Mine): Promise<Answer> {
    const { found } = await find(asked);
    return page('agency/removal', removalPage(asked.lang, found, asked.visitor.agencyName));
  }

  async function find({ visitor, now, params, request }: Mine): Promise<{ found: Colleague; all: Colleague[] }> {
    const all = await staff.list(visitor, now, request.id);
    const found = all.find(({ key }) => key === params.key);
    if (!found) throw new NotFound();
    return { found, all };
  }

  async function add(asked: Mine): Promise<Answer> {
    const { fields } = asked;
    const insz = typedInsz(fields.insz, Number(asked.today.slice(0, 4)));
    if (insz === null) return redirect(paths.colleagues('insz'));
    if (!isRight(fields.right)) return redirect(paths.colleagues('right'));
    const names = { givenName: typedName(fields.givenName), familyName: typedName(fields.familyName) };
    return goOn(await may(staff.add(doer(asked), { insz, right: fields.right, ...names })));
  }

  async function change(asked: Mine): Promise<Answer> {
    const { colleague, right } = asked.fields;
    if (!isRight(right)) throw new Refused(400, 'no such right');
    return goOn(await may(staff.setRight(doer(asked), String(colleague), right)));
  }

  async function remove(asked: Mine): Promise<Answer> {
    const { colleague } = asked.fields;
    return goOn(await may(staff.remove(doer(asked), { key: String(colleague) })));
  }

  return [
    forAgency('manage', 'GET', paths.COLLEAGUES, all),
    forAgency('manage', 'POST', paths.COLLEAGUES, add),
    forAgency('manage', 'POST', paths.COLLEAGUE_RIGHTS, change),
    forAgency('manage', 'POST', paths.COLLEAGUE_REMOVALS, remove),
    forAgency('manage', 'GET', `${paths.COLLEAGUES}/:key`, one),
    forAgency('manage', 'GET', `${paths.COLLEAGUES}/:key/removal`, removal),
  ];
}

const doer = ({ visitor, now, request }: Mine): Doer => ({ officer: visitor, now, requestId: request.id });

/** Whoever lost his right between page and button is turned away like anybody without it. */
async function may(changed: Promise<StaffOutcome>): Promise<StaffOutcome> {
  return changed.catch((error) => {
    if (error instanceof NoOfficer) throw new Refused(403, 'no longer an officer');
    throw error;
  });
}

/** Back to the list, which says what happened; who took his own right away chooses anew as what he acts. */
function goOn(outcome: StaffOutcome): Answer {
  if (outcome === 'unknown') throw new NotFound();
  return redirect(outcome === 'stepped-down' ? paths.CAPACITY : paths.colleagues(outcome satisfies Said));
}

function isRight(text: unknown): text is StaffRight {
  return STAFF_RIGHTS.includes(text as StaffRight);
}
