import { z } from 'zod';
import { listed } from './ebox.criteria.ts';
import { type Answer, parsed, refusal } from './ebox.message.ts';
import { attachmentOf, kilobytes, messageOf } from './ebox.told.ts';
import type { EboxBook, EboxId, Stored } from './ebox.ts';

/** The consultation part of the registry, in the names of v2.1: one eBox, its messages, their attachments. */

const NO_MESSAGE = refusal(404, 'NOT_FOUND', 'No such message');
const MERGE_PATCH = 'application/merge-patch+json';

export interface Asked {
  method: string;
  /** Behind the base; `base` is what links in the answer begin with. */
  path: string;
  base: string;
  query: URLSearchParams;
  type: string;
  body: string;
  /** Whose eBox. */
  who: EboxId | null;
}

/** `/ebox`, `/ebox/messages` and what lies below. */
export function consulted(book: EboxBook, asked: Asked): Answer {
  const { who, method, path } = asked;
  if (!who) return refusal(400, 'INVALID_INPUT', 'Whose eBox?');
  const mine = book.of(who);
  if (method === 'PATCH' && path === '/ebox/messages') return patched(mine, asked);
  if (method !== 'GET') return { status: 405, body: null };
  if (path === '/ebox') return summary(book, who, mine);
  if (path !== '/ebox/messages') return below(mine, asked);
  book.consulted(who);
  return listed(mine, asked.query, (one) => messageOf(one, asked.base));
}

function summary(book: EboxBook, who: EboxId, mine: Stored[]): Answer {
  const bytes = mine.flatMap(({ attachments }) => attachments).reduce((sum, one) => sum + one.bytes.length, 0);
  const lastConsultationDate = book.lastConsulted(who);
  const body = {
    numberOfMessages: mine.length,
    numberOfUnreadMessages: mine.filter(({ readStatus }) => !readStatus).length,
    ...(mine[0] && { lastReceiptDate: mine[0].receiptDate }),
    ...(lastConsultationDate && { lastConsultationDate }),
    eboxSize: kilobytes(bytes),
  };
  return { status: 200, body };
}

/** One message, its body, its attachments, one of them, its content. Whoever fetches a main content has read the message. */
function below(mine: Stored[], { path, base }: Asked): Answer {
  const [, id, rest = ''] = path.match(/^\/ebox\/messages\/([^/]+)(\/.*)?$/) ?? [];
  const one = mine.find(({ messageId }) => messageId === id);
  if (!one) return NO_MESSAGE;
  if (rest === '') return { status: 200, body: messageOf(one, base) };
  if (rest === '/body') return bodyOf(one);
  const items = one.attachments.map((each) => attachmentOf(one, each, base));
  if (rest === '/attachments') return { status: 200, body: { items, totalItems: items.length } };
  const [, attachmentId, content] = rest.match(/^\/attachments\/([^/]+)(\/content)?$/) ?? [];
  const n = one.attachments.findIndex((each) => each.attachmentId === attachmentId);
  const [attachment, item] = [one.attachments[n], items[n]];
  if (!attachment || !item) return refusal(404, 'NOT_FOUND', 'No such attachment');
  if (!content) return { status: 200, body: item };
  if (attachment.isMainContent) one.readStatus = true;
  const { mediaType, fileName, bytes } = attachment;
  return { status: 200, body: null, file: { type: mediaType, name: fileName, bytes } };
}

function bodyOf(one: Stored): Answer {
  if (!one.body) return refusal(404, 'NOT_FOUND', 'No body');
  if (one.isBodyMainContent) one.readStatus = true;
  return { status: 200, body: one.body };
}

const Patch = z.object({ items: z.array(z.object({ messageId: z.string(), visible: z.boolean() })) });

/** Shows or hides messages: all of them, or none when one is not there. */
function patched(mine: Stored[], { type, body, base }: Asked): Answer {
  if (type !== MERGE_PATCH) return { status: 415, body: null };
  const { success, data } = Patch.safeParse(parsed(body));
  if (!success) return refusal(400, 'INVALID_INPUT', 'Invalid Schema: items of messageId and visible');
  const found = data.items.map(({ messageId, visible }) => ({
    one: mine.find((each) => each.messageId === messageId),
    visible,
  }));
  if (found.some(({ one }) => !one)) return NO_MESSAGE;
  const items = found.flatMap(({ one, visible }) => (one ? [Object.assign(one, { visible })] : []));
  return { status: 200, body: { items: items.map((one) => messageOf(one, base)), totalItems: items.length } };
}

const Sought = z.array(
  z.object({
    messageId: z.string(),
    eboxId: z.object({ eboxType: z.enum(['citizen', 'enterprise']), eboxIdValue: z.string() }),
  }),
);

/** `POST /searchMessageStatus`: what is not there, or in another eBox, is left out. */
export function statuses(book: EboxBook, body: string): Answer {
  const { success, data } = Sought.safeParse(parsed(body));
  if (!success) return refusal(400, 'INVALID_INPUT', 'Invalid Schema: a list of messageId and eboxId');
  const told = data.flatMap(({ messageId, eboxId }) =>
    book
      .of(eboxId)
      .filter((one) => one.messageId === messageId)
      .map(({ expirationDate, readStatus, visible }) => ({ messageId, eboxId, expirationDate, readStatus, visible })),
  );
  return { status: 201, body: told };
}
