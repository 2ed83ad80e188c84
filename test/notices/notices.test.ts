import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailboxStub, startMailbox } from '../../src/stubs/mailbox.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { inszNumber } from '../records.ts';

const NOW = '2026-11-23T09:00:00Z';
const TEMPO = '0403449823';
const [ME, OTHER] = [inszNumber(41), inszNumber(42)];

let mailbox: MailboxStub;
let portal: TestApp;
let cookie: string;

beforeAll(async () => {
  mailbox = await startMailbox({ host: '127.0.0.1', port: 0 });
  portal = await openTestApp({
    at: NOW,
    environment: { SMTP_URL: mailbox.smtpUrl, MAIL_FROM: 'Interim@work <no-reply@interim.example>' },
  });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency')`,
    [TEMPO],
  );
  cookie = await portal.signInAs(ME);
  await portal.db.query(
    `insert into worker_addresses (worker_id, address, language, confirmed_at)
     select worker_id, 'lukasz@example.be', 'nl', now() from worker_numbers where insz = $1`,
    [ME],
  );
});
afterEach(async () => {
  await portal.db.query('delete from pgboss.job');
});
afterAll(async () => {
  await portal.close();
  await mailbox.close();
});

const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = { ...OWN, cookie }) =>
  portal.app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
const choose = (fields: Record<string, string>) => post('/notices', fields);
let days = 0;
const nextDay = () => new Date(Date.UTC(2026, 11, 1 + days++)).toISOString().slice(0, 10);

async function declare(over: object = {}, insz = ME, now = NOW) {
  const day = nextDay();
  const declaration = temp({
    employer: { enterpriseNumber: TEMPO },
    worker: { insz },
    startDate: day,
    endDate: day,
    receivedAt: now,
    ...over,
  });
  const [outcome] = await portal.house.intake.receive([{ declaration, sourceKey: null }], { channel: 'service', now });
  if (!outcome) throw new Error('no outcome');
  return { ...outcome, day };
}
const mailed = async () => {
  const before = mailbox.arrived.length;
  while ((await portal.house.jobs.workOff()) > 0);
  return mailbox.arrived.slice(before).map(({ mail }) => mail);
};

describe('without a confirmed address', () => {
  it('nothing can be chosen by mail', async () => {
    const other = await portal.signInAs(OTHER);
    const answer = await post('/notices', { 'mail-declared': 'yes' }, { ...OWN, cookie: other });
    expect(answer.headers.location).toBe('/notices?said=nowhere');
    expect((await portal.db.query('select from notice_choices')).rowCount).toBe(0);
  });
});

describe('at once', () => {
  it('nobody who did not ask hears anything, and nothing is staged for him', async () => {
    await declare({}, OTHER);
    expect((await portal.db.query('select from pgboss.job')).rowCount).toBe(0);
  });

  it('what is declared, changed and cancelled is mailed, each in its words, without a national number', async () => {
    await choose({ 'mail-declared': 'yes', 'mail-changed': 'yes', 'mail-cancelled': 'yes' });
    const { periodId, day } = await declare();
    const [mail, second] = await mailed();
    expect(second).toBeUndefined();
    expect(mail?.subject).toBe('Er is een nieuwe aangifte voor jou');
    expect(mail?.text).toContain('Tempo Interim gaf je aan bij');
    expect(mail?.text).toContain(`/relations/${periodId}`);
    expect(mail?.text).not.toContain(ME);
    const employer = { enterpriseNumber: TEMPO };
    const on = { periodId: periodId ?? '', employer, receivedAt: NOW };
    for (const declaration of [
      {
        kind: 'UPDATE' as const,
        ...on,
        startDate: day,
        endDate: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10),
      },
      { kind: 'CANCEL' as const, ...on },
    ])
      await portal.house.intake.receive([{ declaration, sourceKey: null }], { channel: 'service', now: NOW });
    days++;
    const texts = (await mailed()).map(({ text }) => text ?? '');
    expect(texts).toHaveLength(2);
    expect(texts.some((text) => /wijzigde je aangifte/.test(text))).toBe(true);
    expect(texts.some((text) => /annuleerde je aangifte/.test(text))).toBe(true);
  });

  it('the same declaration is told once, however often its job runs', async () => {
    const { declarationId } = await declare();
    await mailed();
    for (let i = 0; i < 2; i++)
      await portal.house.db.transaction((tx) => portal.house.notices.declared(tx, [declarationId], NOW));
    expect(await mailed()).toEqual([]);
  });

  it('two jobs for one declaration at the same moment tell it once', async () => {
    const { declarationId } = await declare();
    const tell = () => portal.house.db.transaction((tx) => portal.house.notices.declared(tx, [declarationId], NOW));
    await Promise.all([tell(), tell(), tell()]);
    expect(await mailed()).toHaveLength(1);
  });

  it('imported history is no news', async () => {
    await declare({ receivedAt: '2026-11-01T09:00:00Z' });
    await declare({ receivedAt: null });
    expect(await mailed()).toEqual([]);
  });

  it('what a mail server refuses for now arrives later, under the same Message-ID', async () => {
    mailbox.fail('drop-after');
    await declare();
    await mailed();
    mailbox.fail(null);
    await portal.house.jobs.workOff({ early: true });
    const ids = mailbox.arrived.slice(-2).map(({ mail }) => mail.messageId);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('once a day', () => {
  it('the digest holds its own day, before and after midnight, and what came too late for it', async () => {
    await choose({ 'mail-declared': 'yes', 'pace-declared': 'daily' });
    await declare({}, ME, '2026-11-23T22:59:00Z'); // 23.59 in Belgium
    await declare({}, ME, '2026-11-23T23:01:00Z'); // 00.01
    expect(await mailed()).toEqual([]);
    await portal.house.notices.sweep('2026-11-24T05:59:00Z');
    expect(await mailed()).toEqual([]);
    await portal.house.notices.sweep('2026-11-24T06:00:00Z');
    const [first, none] = await mailed();
    expect(none).toBeUndefined();
    expect(first?.subject).toBe('Je dagoverzicht van maandag 23 november');
    expect(first?.text).toContain('Er is 1 bericht voor jou');
    expect(first?.text).toContain('23.59: Tempo Interim');
    await portal.house.notices.sweep('2026-11-25T06:00:00Z');
    const [second] = await mailed();
    expect(second?.subject).toBe('Je dagoverzicht van dinsdag 24 november');
    expect(second?.text).toContain('00.01: Tempo Interim');
    await portal.house.notices.sweep('2026-11-26T06:00:00Z');
    expect(await mailed()).toEqual([]);
  });
});

describe('the eve of a shift', () => {
  it('tells from six in the evening, once, of work for which nothing is declared', async () => {
    await choose({ 'mail-missing': 'yes' });
    const noted = (day: string) =>
      post('/shifts', { day, agency: 'Tempo Interim', company: 'De Zwaan', startHour: '8:00' });
    expect((await noted('2026-11-24')).headers.location).toBe('/shifts?said=noted');
    await noted('2026-11-25');
    await portal.house.shifts.sweep({ now: '2026-11-23T16:59:00Z', today: '2026-11-23' });
    expect(await mailed()).toEqual([]);
    for (let i = 0; i < 2; i++) await portal.house.shifts.sweep({ now: '2026-11-23T17:00:00Z', today: '2026-11-23' });
    const [mail, more] = await mailed();
    expect(more).toBeUndefined();
    expect(mail?.subject).toBe('Morgen werk, en nog niets aangegeven');
    expect(mail?.text).toContain('dinsdag 24 november 2026 bij De Zwaan');
    await declare({ startDate: '2026-11-25', endDate: '2026-11-25' });
    await portal.house.shifts.sweep({ now: '2026-11-24T18:00:00Z', today: '2026-11-24' });
    expect(await mailed()).toEqual([]);
  });

  it('stands in the calendar beside the declarations', async () => {
    const { body } = await portal.app.inject({ url: '/relations/calendar/2026-11', headers: { cookie } });
    expect(body).toMatch(/genoteerd, niet aangegeven: 08\.00 De Zwaan/);
    const list = await portal.app.inject({ url: '/shifts', headers: { cookie } });
    expect(list.body).toContain('Nog niet aangegeven');
  });
});

describe('ending it', () => {
  const links = async () => {
    await choose({ 'mail-declared': 'yes', 'mail-report': 'yes' });
    await declare();
    const [mail] = await mailed();
    const list = mail?.headers.get('list') as { unsubscribe?: { url: string } } | undefined;
    return { url: new URL(list?.unsubscribe?.url ?? '').pathname, text: mail?.text ?? '' };
  };
  const chosen = async () => (await portal.db.query('select from notice_choices')).rowCount;

  it('takes one click of a mail program, from anywhere and without a session, in either form', async () => {
    const { url, text } = await links();
    expect(url).toMatch(/^\/unsubscribe\/[\w-]{43}$/);
    expect(text).toContain(url);
    expect((await portal.app.inject({ url })).statusCode).toBe(200);
    expect(await chosen()).toBe(2); // looking ends nothing
    const answer = await post(url, { 'List-Unsubscribe': 'One-Click' }, { 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(200);
    expect(await chosen()).toBe(0);
    await declare();
    expect(await mailed()).toEqual([]);
    expect((await portal.db.query('select awaited from workers where insz = $1', [ME])).rows).toEqual([
      { awaited: false },
    ]);
  });

  it('takes a form of multipart, as some mail programs send it', async () => {
    const { url } = await links();
    const payload = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await portal.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBeLessThan(400);
    expect(await chosen()).toBe(0);
  });

  it('is a page with a button for people, and a made-up secret ends nothing and tells nothing', async () => {
    const { url } = await links();
    expect((await post('/unsubscribe/AAAA', {}, {})).statusCode).toBe(303);
    expect(await chosen()).toBe(2);
    const answer = await post(url, {}, {});
    expect(answer.headers.location).toBe(`${url}?done=yes`);
    expect(await chosen()).toBe(0);
  });
});

describe('a report', () => {
  it('that is answered is told', async () => {
    await choose({ 'mail-report': 'yes' });
    const draft = (await post('/reports/drafts', { agency: 'Tempo Interim', firstDay: '2026-11-02' })).headers.location;
    const sent = await post('/reports', { draft: String(draft).split('/').at(-1) ?? '' });
    const id = String(sent.headers.location).split('/').at(-1) ?? '';
    const staff = await portal.signInAsStaff(inszNumber(43), TEMPO, 'declare');
    await post(`/agency/reports/${id}/answers`, { words: 'We kijken het na.' }, { ...OWN, cookie: staff });
    const [mail] = await mailed();
    expect(mail?.subject).toBe('Nieuws over je melding');
    expect(mail?.text).toContain('beantwoord');
    expect(mail?.text).toContain(`/reports/${id}`);
  });
});
