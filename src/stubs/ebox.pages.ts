import type { RequestListener } from 'node:http';
import { kilobytes } from './ebox.told.ts';
import type { EboxBook, Stored } from './ebox.ts';
import { answer, CSS, escaped, HTML, STYLE, stubPage } from './stub-page.ts';

const ADDRESS = /^\/people\/(\d+)(?:\/messages\/([\w-]+)(?:\/attachments\/([\w-]+)\/[^/]+)?)?$/;

export interface Person {
  insz: string;
  name: string;
}

/** "My eBox": choose a person, see his messages, open a document. A person is named by his place in the list, never by his number. */
export function inboxPages(book: EboxBook, people: readonly Person[]): RequestListener {
  const of = (person: Person | undefined) =>
    book.of({ eboxType: 'citizen', eboxIdValue: person?.insz ?? '' }).filter(({ visible }) => visible);
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stub');
    const [, n = '', messageId, attachmentId] = pathname.match(ADDRESS) ?? [];
    const person = n === '' ? undefined : people[Number(n)];
    const mine = of(person);
    const one = mine.find((each) => each.messageId === messageId);
    const attachment = one?.attachments.find((each) => each.attachmentId === attachmentId);
    if (request.method !== 'GET') return answer(response, 405, 'text/plain', 'GET only');
    if (pathname === '/') return answer(response, 200, HTML, chooser(people, of));
    if (pathname === '/style.css') return answer(response, 200, CSS, STYLE);
    if (person && messageId === undefined) return answer(response, 200, HTML, inbox(person.name, n, mine));
    if (one && attachment) {
      if (attachment.isMainContent) one.readStatus = true; // read once its main content was fetched
      return answer(response, 200, attachment.mediaType, attachment.bytes);
    }
    if (one && attachmentId === undefined) {
      if (one.isBodyMainContent) one.readStatus = true;
      return answer(response, 200, HTML, message(n, one));
    }
    return answer(response, 404, HTML, stubPage('No such message', '<p><a href="/">My eBox</a></p>'));
  };
}

function chooser(people: readonly Person[], of: (one: Person) => Stored[]): string {
  const rows = people.map((person, n) => {
    const unread = of(person).filter(({ readStatus }) => !readStatus).length;
    return `<li><a href="/people/${n}">${escaped(person.name)}</a>${unread > 0 ? ` <span class="new">${unread} new</span>` : ''}</li>`;
  });
  return stubPage(
    'My eBox',
    `<p>Whose eBox?</p><ul>${rows.join('')}</ul><p><a href="/faults">Let the eBox fail</a></p>`,
  );
}

function inbox(name: string, n: string, mine: Stored[]): string {
  const rows = mine.map(
    (one) =>
      `<li${one.readStatus ? '' : ' class="new"'}><a href="/people/${n}/messages/${one.messageId}">${escaped(titleOf(one))}</a><br><span class="soft">${one.receiptDate.slice(0, 16).replace('T', ' ')}</span></li>`,
  );
  const list = rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '<p>No messages yet.</p>';
  return stubPage(`eBox of ${name}`, `<p><a href="/">‹ My eBox</a></p>${list}`);
}

function message(n: string, one: Stored): string {
  const { messageId, attachments, body, expirationDate } = one;
  const lang = Object.keys(one.subject)[0] ?? 'en';
  const words = body ? `<pre>${escaped(Object.values(body)[0] ?? '')}</pre>` : '';
  const files = attachments.map(
    ({ attachmentId, fileName, bytes }) =>
      `<li><a href="/people/${n}/messages/${messageId}/attachments/${attachmentId}/${encodeURIComponent(fileName)}">${escaped(fileName)}</a> <span class="soft">${kilobytes(bytes.length)} kB</span></li>`,
  );
  return stubPage(
    titleOf(one),
    `<p><a href="/people/${n}">‹ Messages</a></p><dl><dt>Language</dt><dd>${escaped(lang)}</dd><dt>Kept until</dt><dd>${expirationDate.slice(0, 10)}</dd></dl>${words}<ul>${files.join('')}</ul>`,
  );
}

const titleOf = ({ subject }: Stored) => Object.values(subject)[0] ?? '';
