import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { type Portal, personCalled } from './portal.ts';

/** The agency of the demo that most of its people work for. */
export const TEMPO = String(FIRMS.tempo.enterpriseNumber);

/** A browser context of a demo person who may declare for the demo's first agency, and acts for it. */
export async function visitAsStaff(
  portal: Portal,
  familyName: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await portal.visit({ ...options, as: familyName });
  await portal.house.db.transaction(async (tx) => {
    const { worker_id } = await tx
      .selectFrom('worker_numbers')
      .select('worker_id')
      .where('insz', '=', personCalled(familyName).insz)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('agency_staff')
      .values({
        agency_number: TEMPO,
        worker_id,
        right_held: 'declare',
        added_at: portal.house.clock.now(),
        added_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const chosen = await fetch(`${portal.url}/capacity`, {
    method: 'POST',
    headers: { cookie: cookies, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: `capacity=${TEMPO}`,
    redirect: 'manual',
  });
  const [name = '', value = ''] = (chosen.headers.getSetCookie()[0] ?? '').split(';', 1)[0]?.split('=') ?? [];
  await context.addCookies([{ name, value, url: portal.url }]);
  return context;
}

/** The address of a form in a state: on a period, wrong, right, expired, or declared. `cookies` are those of staff. */
export async function formAddress(portal: Portal, state: string, cookies: string): Promise<string> {
  const headers = {
    cookie: cookies,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  };
  const post = async (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams(fields);
    const answer = await fetch(`${portal.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
    return portal.url + answer.headers.get('location');
  };
  const { db } = portal.house;
  if (state === 'UPDATE' || state === 'CANCEL') {
    const period = db.read.selectFrom('relations').select('period_id').where('agency_number', '=', TEMPO);
    const { period_id } = await period.where('cancelled', '=', false).limit(1).executeTakeFirstOrThrow();
    return `${portal.url}/agency/declarations/new?kind=${state}&period=${period_id}`;
  }
  const today = portal.house.clock.today();
  const wrong = {
    kind: 'IN',
    insz: '123',
    workerType: 'EXT',
    userName: 'x'.repeat(99),
    startDate: 'noon',
    endHour: '8',
  };
  const right = {
    kind: 'IN',
    insz: personCalled('Willems').insz,
    workerType: 'OTH',
    jointCommittee: '322',
    userNumber: '0778899013', // in no directory
    userCommittee: 'XXX',
    startDate: today,
    endDate: today,
  };
  const draft = await post('/agency/drafts', state === 'wrong' ? wrong : right);
  const id = draft.split('/').at(-1) ?? '';
  if (state === 'expired')
    await db.read.updateTable('drafts').set({ fields: null }).where('draft_id', '=', id).execute();
  return state === 'receipt' ? post('/agency/declarations', { draft: id }) : draft;
}
