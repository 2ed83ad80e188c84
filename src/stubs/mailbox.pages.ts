import type { RequestListener } from 'node:http';
import type { Arrived } from './mailbox.ts';
import { answer, CSS, escaped, HTML, JSON_TYPE, STYLE, stubPage } from './stub-page.ts';

/** `/` what arrived, newest first · `/messages/{id}` one of them · its attachments · `/messages.json` for scripts. */
export function mailboxPages(arrived: readonly Arrived[]): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stub');
    const [, id, n] = pathname.match(/^\/messages\/(\d+)(?:\/attachments\/(\d+))?$/) ?? [];
    const one = arrived.find((each) => each.id === id);
    if (request.method !== 'GET') return answer(response, 405, 'text/plain', 'GET only');
    if (pathname === '/') return answer(response, 200, HTML, inbox(arrived));
    if (pathname === '/style.css') return answer(response, 200, CSS, STYLE);
    if (pathname === '/messages.json') return answer(response, 200, JSON_TYPE, JSON.stringify(arrived.map(told)));
    if (one && n === undefined) return answer(response, 200, HTML, message(one));
    const attachment = one?.mail.attachments[Number(n)];
    if (attachment) return answer(response, 200, attachment.contentType, attachment.content);
    return answer(response, 404, HTML, stubPage('No such message', '<p><a href="/">Mailbox</a></p>'));
  };
}

function inbox(arrived: readonly Arrived[]): string {
  const rows = arrived
    .toReversed()
    .map(
      ({ id, to, mail }) =>
        `<li><a href="/messages/${id}">${escaped(mail.subject ?? '')}</a><br><span class="soft">${escaped(to.join(', '))}, ${when(mail.date)}</span></li>`,
    );
  const list = rows.length > 0 ? `<ul>${rows.join('\n')}</ul>` : '<p>Nothing arrived yet.</p>';
  return stubPage('Mailbox of the demo', `<p>Everything the portal mailed, to whomever.</p>${list}`);
}

/** The words as text; HTML mails carry a style of their own that this page does not allow. */
function message({ id, to, mail }: Arrived): string {
  const facts = [
    ['From', mail.from?.text ?? ''],
    ['To', to.join(', ')],
    ['Date', when(mail.date)],
    ['Message-ID', mail.messageId ?? ''],
  ].map(([label = '', value = '']) => `<dt>${label}</dt><dd>${escaped(value)}</dd>`);
  const attachments = mail.attachments.map(
    ({ filename = 'attachment', size }, n) =>
      `<li><a href="/messages/${id}/attachments/${n}">${escaped(filename)}</a> <span class="soft">${Math.ceil(size / 1024)} kB</span></li>`,
  );
  return stubPage(
    mail.subject ?? '',
    `<p><a href="/">‹ Mailbox</a></p><dl>${facts.join('')}</dl><pre>${linked(escaped(mail.text ?? ''))}</pre><ul>${attachments.join('')}</ul>`,
  );
}

const linked = (html: string) => html.replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
const when = (date: Date | undefined) => date?.toISOString().slice(0, 19).replace('T', ' ') ?? '';

function told({ id, to, mail }: Arrived): object {
  const { subject, text, html, messageId, date, attachments } = mail;
  const files = attachments.map(({ filename, contentType, size, checksum }) => ({
    filename,
    contentType,
    size,
    checksum,
  }));
  return { id, to, subject, text, html, messageId, date, attachments: files };
}
