import type { RequestListener } from 'node:http';
import type { EboxBook, Stored } from './ebox.ts';
import { answer, CSS, escaped, HTML, STYLE, stubPage } from './stub-page.ts';

/** "My eBox": choose a person, see his messages, open the document. A person is named by his place in the list, never by his number. */
export function inboxPages(book: EboxBook, people: readonly { insz: string; name: string }[]): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stub');
    const [, n, messageId, pdf] = pathname.match(/^\/people\/(\d+)(?:\/messages\/([\w-]+?)(\.pdf)?)?$/) ?? [];
    const person = n === undefined ? undefined : people[Number(n)];
    const mine = book.stored.filter(({ ssin }) => ssin === person?.insz);
    const one = mine.find((each) => each.messageId === messageId);
    if (request.method !== 'GET') return answer(response, 405, 'text/plain', 'GET only');
    if (pathname === '/') return answer(response, 200, HTML, chooser(book, people));
    if (pathname === '/style.css') return answer(response, 200, CSS, STYLE);
    if (person && messageId === undefined) return answer(response, 200, HTML, inbox(person.name, n ?? '', mine));
    if (one && pdf) {
      one.readStatus = true; // read once its main content was fetched
      return answer(response, 200, one.main.mediaType, one.main.bytes);
    }
    if (one) return answer(response, 200, HTML, message(n ?? '', one));
    return answer(response, 404, HTML, stubPage('No such message', '<p><a href="/">My eBox</a></p>'));
  };
}

function chooser(book: EboxBook, people: readonly { insz: string; name: string }[]): string {
  const rows = people.map(({ insz, name }, n) => {
    const unread = book.stored.filter(({ ssin, readStatus }) => ssin === insz && !readStatus).length;
    return `<li><a href="/people/${n}">${escaped(name)}</a>${unread > 0 ? ` <span class="new">${unread} new</span>` : ''}</li>`;
  });
  return stubPage('My eBox', `<p>Whose eBox?</p><ul>${rows.join('')}</ul>`);
}

function inbox(name: string, n: string, mine: Stored[]): string {
  const rows = mine
    .toReversed()
    .map(
      (one) =>
        `<li${one.readStatus ? '' : ' class="new"'}><a href="/people/${n}/messages/${one.messageId}">${escaped(titleOf(one))}</a><br><span class="soft">${one.receiptDate.slice(0, 16).replace('T', ' ')}</span></li>`,
    );
  const list = rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '<p>No messages yet.</p>';
  return stubPage(`eBox of ${name}`, `<p><a href="/">‹ My eBox</a></p>${list}`);
}

function message(n: string, one: Stored): string {
  const { messageId, main, expirationDate } = one;
  const lang = Object.keys(one.subject)[0] ?? 'en';
  return stubPage(
    titleOf(one),
    `<p><a href="/people/${n}">‹ Messages</a></p><dl><dt>Language</dt><dd>${escaped(lang)}</dd><dt>Kept until</dt><dd>${expirationDate.slice(0, 10)}</dd></dl><p><a href="/people/${n}/messages/${messageId}.pdf">${escaped(main.fileName)}</a> <span class="soft">${Math.ceil(main.bytes.length / 1024)} kB</span></p>`,
  );
}

const titleOf = ({ subject }: Stored) => Object.values(subject)[0] ?? '';
