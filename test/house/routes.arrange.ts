import { seal } from '../../src/keys/print.ts';
import { hashOfCode, newCode } from '../../src/overviews/code.ts';
import { OWN, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';

/** Two people who have nothing to do with each other. */
export const OWNER = '85073003328';
export const STRANGER = '98472899765';

/** Declares a week of temp work for a worker, the way a file does. @returns its period. */
export async function declareFor(portal: TestApp, insz: string): Promise<string> {
  const { house, db } = portal;
  await db.query(
    `insert into enterprises (enterprise_number, name, kind) values ('0403449823', 'Tempo Interim', 'agency')`,
  );
  const about = { channel: 'import', now: house.clock.now() } as const;
  const [outcome] = await house.intake.receive([{ declaration: temp({ worker: { insz } }), sourceKey: null }], about);
  if (!outcome?.periodId) throw new Error(`the declaration was refused: ${outcome?.anomalies}`);
  return outcome.periodId;
}

/** Orders an overview as the visitor of the cookie and waits until it is made. @returns its id. */
export async function makeOverview({ app, house }: TestApp, cookie: string): Promise<string> {
  const { statusCode, headers } = await app.inject({ method: 'POST', url: '/overviews', headers: { ...OWN, cookie } });
  if (statusCode !== 303) throw new Error(`no overview: ${statusCode}`);
  await house.overviews.settled();
  return String(headers.location).split('/').at(-1) ?? '';
}

/** A user name and a card of a worker that waits to be fetched. @returns the card, and the cookie that its print asks for */
export async function makeCard({ db, house }: TestApp, insz: string): Promise<{ cardId: string; cookie: string }> {
  const { sealed, key } = seal(Buffer.from('%PDF-1.7'));
  const cardId = 'ACardOfSomebody-123456';
  await db.query(
    `with worker as (select worker_id from worker_numbers where insz = $1),
     account as (insert into key_accounts select worker_id, 'someone', 'someone', '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA', $2, $2 from worker)
     insert into token_cards (card_id, worker_id, state, asked, codes, issued_at, print)
     select $3, worker_id, 'issued', 1, array_fill('$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA'::text, array[24]), $2, $4 from worker`,
    [insz, house.clock.now(), cardId, sealed],
  );
  return { cardId, cookie: `interim-card=${key}` };
}

/** A feed of the worker's, with the secret that only its address tells. */
export async function makeFeed({ app, db }: TestApp, cookie: string): Promise<{ feedId: string; secret: string }> {
  const { headers } = await app.inject({ method: 'POST', url: '/feeds', headers: { ...OWN, cookie } });
  const secret = /feed=([\w-]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';
  const { rows } = await db.query('select feed_id from feeds order by made_at desc limit 1');
  return { feedId: rows[0].feed_id, secret };
}

/** Gives an overview a code that the test knows: the portal only keeps what a code hashes to. */
export async function codeFor({ db }: TestApp, id: string): Promise<string> {
  const code = newCode();
  const { rowCount } = await db.query('update overviews set code_hash = $1 where overview_id = $2', [
    hashOfCode(code),
    id,
  ]);
  if (rowCount !== 1) throw new Error(`no overview ${id}`);
  return code;
}

/** A report of the worker's, and one that he has not sent yet. */
export async function makeReport(
  { app }: TestApp,
  cookie: string,
): Promise<{ reportId: string; reportDraftId: string }> {
  const post = async (url: string, fields: Record<string, string>) => {
    const headers = { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const { headers: told } = await app.inject({
      method: 'POST',
      url,
      headers,
      payload: String(new URLSearchParams(fields)),
    });
    return String(told.location).split('/').at(-1) ?? '';
  };
  const told = { agency: 'Tempo Interim', company: 'De Zwaan', firstDay: '2026-11-18' };
  const sent = await post('/reports/drafts', told);
  return { reportId: await post('/reports', { draft: sent }), reportDraftId: await post('/reports/drafts', told) };
}

/** A sending of an overview that failed, as it stands in the database. @returns its id. */
export async function makeDelivery({ db }: TestApp, overviewId: string): Promise<string> {
  const { rows } = await db.query<{ delivery_id: string }>(
    `insert into deliveries (delivery_id, worker_id, overview_id, channel, attach, language, key, ordered_at, state, failure)
     select 'dddddddddddddddddddddddddd', worker_id, overview_id, 'ebox', false, 'nl', gen_random_uuid(), now(), 'failed', 'unavailable'
     from overviews where overview_id = $1 returning delivery_id`,
    [overviewId],
  );
  return rows[0]?.delivery_id ?? '';
}
