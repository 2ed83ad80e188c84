import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asAddress, codeOf } from '../../src/mail/address.ts';
import { type MailboxStub, startMailbox } from '../../src/stubs/mailbox.ts';
import { LANGS } from '../../src/web/language.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';

const INSZ = '85073003328';
const OTHER = '98472899765';

let mailbox: MailboxStub;
let portal: TestApp;
let cookie: string;
beforeAll(async () => {
  mailbox = await startMailbox({ host: '127.0.0.1', port: 0 });
  portal = await openTestApp({
    environment: { SMTP_URL: mailbox.smtpUrl, MAIL_FROM: 'Interim@work <no-reply@interim.example>' },
  });
  cookie = await portal.signInAs(INSZ);
});
afterEach(async () => {
  mailbox.fail(null);
  await portal.db.query('delete from address_confirmations; delete from worker_addresses; delete from pgboss.job');
});
afterAll(async () => {
  await portal.close();
  await mailbox.close();
});

const post = (url: string, fields: Record<string, string>, as = cookie) =>
  portal.app.inject({
    method: 'POST',
    url,
    headers: { ...OWN, cookie: as, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
const show = async (query = '', as = cookie) =>
  (await portal.app.inject({ url: `/keys/email${query}`, headers: { cookie: as } })).body;
const saidOf = async (answer: ReturnType<typeof post>) => {
  const { statusCode, headers } = await answer;
  expect(statusCode).toBe(303);
  return new URL(String(headers.location), 'http://own').searchParams.get('said');
};
const ask = (address: string, as = cookie) => saidOf(post('/keys/email', { address }, as));
const type = (code: string, as = cookie) => saidOf(post('/keys/email/confirmations', { code }, as));
async function codeMailed(): Promise<string> {
  await portal.house.jobs.workOff({ early: true });
  return mailbox.arrived.at(-1)?.mail.text?.match(/^ {4}(\d{6})$/m)?.[1] ?? '';
}
const confirmed = async () => (await portal.db.query('select address, language from worker_addresses')).rows;

describe('an address', () => {
  it.each(['lukasz@example.be', "o'neil+werk@mail.example.co.uk", ' spaced@example.be '])('can be %s', (typed) =>
    expect(asAddress(typed)).toBe(typed.trim()),
  );

  it.each([
    'no address',
    'two@example.be,three@example.be',
    'a@example.be\r\nBcc: thief@example.org',
    'name <a@example.be>',
    'a@localhost',
    'a@[127.0.0.1]',
    '"a b"@example.be',
    '.a@example.be',
    'a..b@example.be',
    `${'a'.repeat(65)}@example.be`,
    '85073003328@example.be',
    '85.07.30-033.28@example.be',
    `a@${'b'.repeat(64)}.be`,
    undefined,
    ['a@example.be'],
  ])('is not %j', (typed) => expect(asAddress(typed)).toBeNull());
});

describe('confirming an address', () => {
  it('takes the code that was mailed there, once', async () => {
    expect(await ask('lukasz@example.be')).toBe('sent');
    expect(await confirmed()).toEqual([]);
    const code = await codeMailed();
    expect(mailbox.arrived.at(-1)?.to).toEqual(['lukasz@example.be']);
    expect(await show()).toContain('lukasz@example.be');
    expect(await type(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('confirmed');
    expect(await confirmed()).toEqual([{ address: 'lukasz@example.be', language: 'nl' }]);
    expect(await type(code)).toBe('expired');
    const { rows } = await portal.db.query(
      `select purpose, detail from access_rows where subject_insz = $1 and purpose = 'address'`,
      [INSZ],
    );
    expect(rows).toEqual([{ purpose: 'address', detail: { act: 'confirmed' } }]);
  });

  it('keeps the old address until the new one is confirmed', async () => {
    await ask('old@example.be');
    await type(await codeMailed());
    await ask('new@example.be');
    expect(await confirmed()).toMatchObject([{ address: 'old@example.be' }]);
    await type(await codeMailed());
    expect(await confirmed()).toMatchObject([{ address: 'new@example.be' }]);
    expect(await saidOf(post('/keys/email/removals', {}))).toBe('removed');
    expect(await confirmed()).toEqual([]);
  });

  it('allows five tries, also all at once', async () => {
    await ask('lukasz@example.be');
    const code = await codeMailed();
    const wrong = code === '000000' ? '000001' : '000000';
    const said = await Promise.all(Array.from({ length: 8 }, () => type(wrong)));
    expect(said.filter((one) => one === 'wrong')).toHaveLength(4);
    expect(await type(code)).toBe('expired');
    expect(await confirmed()).toEqual([]);
  });

  it('knows only the newest code, and none after an hour', async () => {
    await ask('first@example.be');
    const first = await codeMailed();
    await ask('second@example.be');
    const second = await codeMailed();
    if (first !== second) expect(await type(first)).toBe('wrong');
    await portal.db.query(`update address_confirmations set expires_at = now() - interval '1 second'`);
    expect(await type(second)).toBe('expired');
  });

  it('cannot be used to fill mailboxes', async () => {
    for (let i = 0; i < 5; i++) expect(await ask('lukasz@example.be')).toBe('sent');
    expect(await ask('lukasz@example.be')).toBe('too-many');
    expect(await ask('elsewhere@example.be')).toBe('too-many');
    const other = await portal.signInAs(OTHER);
    expect(await ask('Lukasz@Example.be', other)).toBe('too-many');
    expect(await ask('mine@example.be', other)).toBe('sent');
  });

  it('is nobody else’s business', async () => {
    await ask('lukasz@example.be');
    const code = await codeMailed();
    const other = await portal.signInAs(OTHER);
    expect(await type(code, other)).toBe('expired');
    expect(await show('', other)).not.toContain('lukasz@example.be');
  });

  it('refuses what is no address, and says what now', async () => {
    expect(await ask('a@example.be\nBcc: b@example.be')).toBe('invalid');
    expect(await show('?said=invalid')).toContain('aria-invalid="true"');
    await portal.house.jobs.workOff();
    expect(await codeMailed()).not.toContain('Bcc');
  });

  it('takes a fresh proof of who he is', async () => {
    await portal.db.query(`update sessions set created_at = now() - interval '20 minutes'`);
    const { headers } = await post('/keys/email', { address: 'thief@example.be' });
    expect(headers.location).toBe('/sign-in?return=%2Fkeys%2Femail&again=1');
    await portal.db.query('update sessions set created_at = now()');
  });

  it('goes back to where he came from, and nowhere else', async () => {
    await ask('lukasz@example.be');
    const fields = { code: await codeMailed(), return: '/overviews' };
    expect((await post('/keys/email/confirmations', fields)).headers.location).toBe(
      '/keys/email?said=confirmed&return=%2Foverviews',
    );
    expect(await show('?said=confirmed&return=%2Foverviews')).toContain('href="/overviews"');
    expect(await show('?said=confirmed&return=https%3A%2F%2Fevil.example')).not.toMatch(/(href|value)="[a-z:/]*evil/);
  });
});

describe('the letter with the code', () => {
  it('is in the language of the page, names nobody, and holds the code nowhere else', async () => {
    for (const lang of LANGS) {
      await portal.db.query('delete from address_confirmations');
      const { headers } = await post('/keys/email', { address: 'lukasz@example.be' }, `${cookie}; lang=${lang}`);
      expect(headers.location).toBe('/keys/email?said=sent');
      const code = await codeMailed();
      expect(code).toMatch(/^\d{6}$/);
      const { mail } = mailbox.arrived.at(-1) ?? {};
      expect(`${mail?.text}${mail?.html}`).not.toMatch(/Łukasz|Dvořák|undefined|\{/);
      expect(mail?.headers.get('content-language')).toBe(lang);
      expect(mail?.subject).not.toContain(code);
    }
  });

  it('is sent again under the same Message-ID when the line broke', async () => {
    await ask('lukasz@example.be');
    const before = mailbox.arrived.length;
    mailbox.fail('drop-after');
    await portal.house.jobs.workOff();
    mailbox.fail(null);
    await portal.house.jobs.workOff({ early: true });
    const arrived = mailbox.arrived.slice(before);
    expect(arrived).toHaveLength(2);
    expect(new Set(arrived.map(({ mail }) => mail.messageId)).size).toBe(1);
  });

  it('leaves no code in the database', async () => {
    await ask('lukasz@example.be');
    const code = await codeMailed();
    const { rows } = await portal.db.query(
      'select to_jsonb(c) as all from address_confirmations c union all select to_jsonb(j) from pgboss.job j',
    );
    expect(JSON.stringify(rows)).not.toContain(code);
    const [{ id }] = (await portal.db.query('select confirmation_id as id from address_confirmations')).rows;
    expect(codeOf(id, portal.house.secret)).toBe(code);
    expect(codeOf(id, 'another secret')).not.toBe(code);
  });
});
