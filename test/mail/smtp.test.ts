import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GiveUp } from '../../src/platform/jobs.ts';
import { openSmtp, type Post } from '../../src/platform/smtp.ts';
import { type MailboxStub, startMailbox } from '../../src/stubs/mailbox.ts';

let mailbox: MailboxStub;
beforeAll(async () => {
  mailbox = await startMailbox({ host: '127.0.0.1', port: 0 });
});
afterEach(() => mailbox.fail(null));
afterAll(() => mailbox.close());

const smtp = (more: { url?: string; requireTls?: boolean } = {}) =>
  openSmtp({ url: mailbox.smtpUrl, from: 'Interim@work <no-reply@interim.example>', requireTls: false, ...more });
const post = (more: Partial<Post> = {}): Post => ({
  id: 'b7c1f5f0-0000-4000-8000-1d2e3f405162',
  to: 'lukasz@example.be',
  subject: 'Uw overzicht',
  text: 'Dag,\n',
  html: '<p>Dag,</p>',
  lang: 'nl',
  at: '2026-11-25T09:00:00Z',
  ...more,
});
const last = () => mailbox.arrived.at(-1);
const faultOf = (work: Promise<void>) =>
  work.then(
    () => null,
    (error: Error) => error,
  );

describe('a mail', () => {
  it('arrives as it was written, under its own Message-ID', async () => {
    await smtp().post(
      post({
        subject: 'Aperçu für Łukasz',
        attachment: { fileName: 'a.pdf', type: 'application/pdf', body: Buffer.from('%PDF') },
      }),
    );
    const { to, mail } = last() ?? {};
    expect(to).toEqual(['lukasz@example.be']);
    expect(mail?.subject).toBe('Aperçu für Łukasz');
    expect(mail?.from?.text).toContain('no-reply@interim.example');
    expect(mail?.text).toBe('Dag,\n');
    expect(mail?.html).toContain('<p>Dag,</p>');
    expect(mail?.messageId).toBe('<b7c1f5f0-0000-4000-8000-1d2e3f405162@interim.example>');
    expect(mail?.date?.toISOString()).toBe('2026-11-25T09:00:00.000Z');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ['a.pdf', '%PDF'],
    ]);
  });

  it('lets no word become a header', async () => {
    const evil = 'Hello\r\nBcc: thief@example.org\r\n\r\n<script>';
    await smtp().post(post({ subject: evil, unsubscribe: `https://x.example/u\r\nX-Evil: 1` }));
    const { to, mail } = last() ?? {};
    expect(to).toEqual(['lukasz@example.be']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.headers.has('x-evil')).toBe(false);
    expect(mail?.subject).toBe('Hello Bcc: thief@example.org <script>');
    expect(mail?.text).toBe('Dag,\n');
  });

  it.each([['subject'], ['text'], ['html']] as const)('never leaves with a national number in its %s', async (part) => {
    const before = mailbox.arrived.length;
    for (const number of ['85073003328', '85.07.30-033.28'])
      expect(await faultOf(smtp().post(post({ [part]: `about ${number}.` })))).toBeInstanceOf(GiveUp);
    await smtp().post(post({ [part]: 'period 656309292174, call 0800 12 345' }));
    expect(mailbox.arrived.length).toBe(before + 1);
  });
});

describe('a mail server', () => {
  it('that refuses for good is not asked again', async () => {
    mailbox.fail('5xx');
    const fault = await faultOf(smtp().post(post()));
    expect(fault).toBeInstanceOf(GiveUp);
    expect(fault?.message).toBe('the mail server: EENVELOPE 550');
  });

  it.each([['4xx'], ['drop'], ['drop-after']] as const)(
    'that fails for now (%s) is asked again, without words that hold the address',
    async (fault) => {
      mailbox.fail(fault);
      const before = mailbox.arrived.length;
      const error = await faultOf(smtp().post(post()));
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(GiveUp);
      expect(error?.message).not.toContain('lukasz');
      expect(mailbox.arrived.length - before).toBe(fault === 'drop-after' ? 1 : 0);
    },
  );

  it('without TLS is not spoken to where TLS is asked for', async () => {
    const before = mailbox.arrived.length;
    expect(await faultOf(smtp({ requireTls: true }).post(post()))).toBeInstanceOf(Error);
    const asTls = mailbox.smtpUrl.replace('smtp:', 'smtps:');
    expect(await faultOf(smtp({ url: asTls }).post(post()))).toBeInstanceOf(Error);
    expect(mailbox.arrived.length).toBe(before);
  });
});

describe('the mailbox of the demo', () => {
  it('shows what arrived, and lets no mail write its page', async () => {
    await smtp().post(
      post({ subject: '<img src=x onerror=alert(1)>', text: 'see https://portal.example/overviews/1 <b>' }),
    );
    const inbox = await fetch(mailbox.url);
    expect(inbox.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await inbox.text();
    expect(page).toContain('&lt;img src=x');
    const one = await (await fetch(`${mailbox.url}/messages/${last()?.id}`)).text();
    expect(one).toContain('<a href="https://portal.example/overviews/1">');
    expect(one).not.toContain('<b>');
    const told = (await (await fetch(`${mailbox.url}/messages.json`)).json()) as { subject: string }[];
    expect(told.at(-1)?.subject).toBe('<img src=x onerror=alert(1)>');
    expect((await fetch(`${mailbox.url}/messages/999`)).status).toBe(404);
  });
});
