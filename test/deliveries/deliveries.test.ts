import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { declareFor, makeOverview, OWNER, STRANGER } from '../house/routes.arrange.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';

let near: Neighbours;
let portal: TestApp;
let cookie: string;
let overviewId: string;
beforeAll(async () => {
  near = await openNeighbours();
  portal = await openTestApp({ environment: near.environment });
  cookie = await portal.signInAs(OWNER);
  await declareFor(portal, OWNER);
  await confirmAddress();
});
afterEach(async () => {
  near.ebox.fail(null);
  near.mailbox.fail(null);
  near.ebox.book.stored.length = 0;
  await portal.db.query('delete from deliveries; delete from pgboss.job');
});
afterAll(async () => {
  await portal.close();
  await near.close();
});

const confirmAddress = () =>
  portal.db.query(
    `insert into worker_addresses (worker_id, address, language, confirmed_at)
    select worker_id, 'lukasz@example.be', 'fr', now() from worker_numbers where insz = $1`,
    [OWNER],
  );

async function order(fields: Record<string, string>, as = cookie) {
  overviewId ??= await makeOverview(portal, cookie);
  return portal.app.inject({
    method: 'POST',
    url: `/overviews/${overviewId}/deliveries`,
    headers: { ...OWN, cookie: as, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
}
async function ordered(fields: Record<string, string>): Promise<string> {
  const { statusCode, headers } = await order(fields);
  expect(statusCode).toBe(303);
  return String(headers.location);
}
const show = async (url: string, as = cookie) => portal.app.inject({ url, headers: { cookie: as } });
const stateOf = async (url: string) => (await show(url)).body.match(/data-state="(\w+)"/)?.[1];
const work = (early = false) => portal.house.jobs.workOff({ early });
const arrivedSince = (n: number) => near.mailbox.arrived.slice(n);

describe('to the eBox', () => {
  it('arrives once, and the page tells each state', async () => {
    const url = await ordered({ channel: 'ebox' });
    expect(await stateOf(url)).toBe('waiting');
    await work();
    expect(await stateOf(url)).toBe('sent');
    expect(near.ebox.book.stored).toHaveLength(1);
    expect(near.ebox.book.stored[0]?.subject).toEqual({ nl: expect.stringContaining('overzicht') });
    expect(near.ebox.book.stored[0]?.attachments[0]?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await ordered({ channel: 'ebox' })).toBe(url); // a second click
    await work();
    expect(near.ebox.book.stored).toHaveLength(1);
    const { rows } = await portal.db.query(
      `select channel from access_rows where subject_insz = $1 and channel = 'ebox'`,
      [OWNER],
    );
    expect(rows).toHaveLength(1);
  });

  it('arrives once when the eBox dies after it kept it', async () => {
    const url = await ordered({ channel: 'ebox' });
    near.ebox.fail('die-after', 1);
    await work();
    expect(await stateOf(url)).toBe('waiting');
    expect((await show(url)).body).toContain('antwoordt niet');
    await work(true);
    expect(await stateOf(url)).toBe('sent');
    expect(near.ebox.book.stored).toHaveLength(1);
  });

  it('is given up after a day, said so, and begun anew under the same key', async () => {
    const url = await ordered({ channel: 'ebox' });
    near.ebox.fail('die-after', 1);
    await work();
    near.ebox.fail('500');
    for (let tries = 0; tries < 40 && (await stateOf(url)) !== 'failed'; tries++) await work(true);
    expect(await stateOf(url)).toBe('failed');
    near.ebox.fail(null);
    const again = await portal.app.inject({ method: 'POST', url: `${url}/tries`, headers: { ...OWN, cookie } });
    expect(again.headers.location).toBe(url);
    await work(true);
    expect(await stateOf(url)).toBe('sent');
    expect(near.ebox.book.stored).toHaveLength(1);
  });

  it('that is refused fails at once, in words', async () => {
    const url = await ordered({ channel: 'ebox' });
    near.ebox.fail('digest', 1);
    await work();
    expect(await stateOf(url)).toBe('failed');
    expect((await show(url)).body).not.toMatch(/DIGEST|400/);
    await work(true);
    expect(near.ebox.book.stored).toEqual([]);
  });
});

describe('by mail', () => {
  it('is a link that asks to sign in', async () => {
    const n = near.mailbox.arrived.length;
    const url = await ordered({ channel: 'mail' });
    await work();
    expect(await stateOf(url)).toBe('sent');
    const [{ to, mail } = { to: [], mail: null }] = arrivedSince(n);
    expect(to).toEqual(['lukasz@example.be']);
    expect(mail?.text).toContain(`/overviews/${overviewId}`);
    expect(mail?.attachments).toEqual([]);
    expect(mail?.headers.get('content-language')).toBe('nl');
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/Dvořák|85073003328/);
  });

  it('is the PDF itself when he asks for it', async () => {
    const n = near.mailbox.arrived.length;
    await ordered({ channel: 'mail', attach: 'yes' });
    await work();
    const [file] = arrivedSince(n)[0]?.mail.attachments ?? [];
    expect(file?.content.subarray(0, 5).toString()).toBe('%PDF-');
    expect(file?.filename).toMatch(/^interim-at-work-20\d\d-\d\d-\d\d\.pdf$/);
  });

  it('never carries a whole national number', async () => {
    await portal.db.query('update overviews set full_insz = true');
    const n = near.mailbox.arrived.length;
    await ordered({ channel: 'mail', attach: 'yes' });
    await work();
    expect(arrivedSince(n)[0]?.mail.attachments).toEqual([]);
    await portal.db.query('update overviews set full_insz = false');
  });

  it('arrives at least once under one Message-ID when the line breaks', async () => {
    const n = near.mailbox.arrived.length;
    const url = await ordered({ channel: 'mail' });
    near.mailbox.fail('drop-after');
    await work();
    near.mailbox.fail('drop');
    await work(true);
    near.mailbox.fail(null);
    await work(true);
    expect(await stateOf(url)).toBe('sent');
    expect(new Set(arrivedSince(n).map(({ mail }) => mail.messageId)).size).toBe(1);
  });

  it('to an address that was removed meanwhile ends at once, and is not tried again', async () => {
    const n = near.mailbox.arrived.length;
    const url = await ordered({ channel: 'mail' });
    await portal.db.query('delete from worker_addresses');
    await work();
    await confirmAddress();
    expect(await stateOf(url)).toBe('failed');
    expect(await portal.house.jobs.depths()).toEqual([]);
    await work(true);
    expect(arrivedSince(n)).toEqual([]);
  });

  it('asks for an address first', async () => {
    const stranger = await portal.signInAs(STRANGER);
    const theirs = await makeOverview(portal, stranger);
    const { headers } = await portal.app.inject({
      method: 'POST',
      url: `/overviews/${theirs}/deliveries`,
      headers: { ...OWN, cookie: stranger },
      payload: { channel: 'mail' },
    });
    expect(headers.location).toBe(`/keys/email?return=${encodeURIComponent(`/overviews/${theirs}/deliveries`)}`);
  });
});

describe('an overview', () => {
  it('that is still being made is sent when it is', async () => {
    await order({ channel: 'ebox' });
    await portal.db.query(`update overviews set state = 'preparing' where overview_id = $1`, [overviewId]);
    await work();
    expect(near.ebox.book.stored).toEqual([]);
    await portal.db.query(`update overviews set state = 'ready' where overview_id = $1`, [overviewId]);
    await work(true);
    expect(near.ebox.book.stored).toHaveLength(1);
  });

  it('that expired is not sent, and one that waits to be sent does not lose its PDF', async () => {
    const url = await ordered({ channel: 'ebox' });
    await portal.db.query(`update overviews set expires_at = now() - interval '1 minute' where overview_id = $1`, [
      overviewId,
    ]);
    await portal.house.overviews.sweep();
    expect((await order({ channel: 'mail' })).statusCode).toBe(404);
    await work();
    expect(await stateOf(url)).toBe('sent');
    await portal.house.overviews.sweep();
    const { rows } = await portal.db.query('select pdf from overviews where overview_id = $1', [overviewId]);
    expect(rows).toEqual([{ pdf: null }]);
  });

  it('of somebody else is not found, nor its sendings', async () => {
    const stranger = await portal.signInAs(STRANGER);
    expect((await order({ channel: 'ebox' }, stranger)).statusCode).toBe(404);
  });
});
