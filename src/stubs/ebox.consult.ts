import type { IncomingMessage } from 'node:http';
import { type Answer, type EboxBook, refusal, type Stored } from './ebox.ts';

/** The consultation part of the registry, in the names of v2.1: one eBox, its messages, their attachments. The citizen stands in `ssin`. */
export function consulted(book: EboxBook, request: IncomingMessage, path: string): Answer {
  const query = new URL(request.url ?? '/', 'http://stub').searchParams;
  const mine = book.stored.filter(({ ssin }) => ssin === query.get('ssin')).toReversed();
  if (request.method !== 'GET') return { status: 405, body: null };
  if (path === '/ebox') {
    const unread = mine.filter(({ readStatus }) => !readStatus).length;
    return { status: 200, body: { numberOfMessages: mine.length, numberOfUnreadMessages: unread } };
  }
  if (path === '/ebox/messages') return listed(mine, query);
  const [, id, attachments, attachmentId] =
    path.match(/^\/ebox\/messages\/([\w-]+)(\/attachments)?(?:\/([\w-]+))?$/) ?? [];
  const one = mine.find(({ messageId }) => messageId === id);
  if (!one) return refusal(404, 'NOT_FOUND', 'No such message');
  if (!attachments) return { status: 200, body: messageOf(one) };
  if (!attachmentId) return { status: 200, body: { items: [attachmentOf(one)], totalItems: 1 } };
  return attachmentId === one.main.attachmentId
    ? { status: 200, body: attachmentOf(one) }
    : refusal(404, 'NOT_FOUND', 'No such attachment');
}

/** Newest first; criteria are joined by "and"; no match is an empty list. */
function listed(mine: Stored[], query: URLSearchParams): Answer {
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('pageSize') ?? 25);
  if (!(page >= 1) || !(size >= 1 && size <= 100)) return refusal(400, 'INVALID_INPUT', 'page or pageSize');
  const read = query.get('readStatus');
  const type = query.get('messageTypeId');
  const found = mine.filter(
    (one) => (read === null || String(one.readStatus) === read) && (type === null || one.messageTypeId === type),
  );
  return {
    status: 200,
    body: { items: found.slice((page - 1) * size, page * size).map(messageOf), totalItems: found.length },
  };
}

function messageOf(one: Stored): object {
  const { main: _, ssin: __, senderEnterpriseNumber, ...told } = one;
  const attachments = { items: [attachmentOf(one)], totalItems: 1 };
  const flags = { registeredMail: false, bodyMainContent: false, replyAuthorized: false };
  return { ...told, senderOrganizationId: senderEnterpriseNumber, ...flags, attachments };
}

function attachmentOf({ main }: Stored): object {
  const { attachmentId, fileName, mediaType, bytes } = main;
  return { attachmentId, fileName, mediaType, size: Math.ceil(bytes.length / 1024), mainContent: true };
}
