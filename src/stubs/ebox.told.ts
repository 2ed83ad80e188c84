import { z } from 'zod';
import type { Answer } from './ebox.message.ts';
import type { Attachment, Stored } from './ebox.ts';

/** Messages, attachments and pages of a list as v2.1 tells them; what a message does not have is left out, never null. */

export function messageOf(one: Stored, base: string): object {
  const { forTheAttentionOf: person, businessDataList, originalMessageId } = one;
  const items = one.attachments.map((each) => attachmentOf(one, each, base));
  return {
    messageId: one.messageId,
    messageTypeId: one.messageTypeId,
    subject: one.subject,
    senderOrganizationId: one.senderEnterpriseNumber,
    senderApplicationId: one.senderApplicationId,
    receiptDate: one.receiptDate,
    expirationDate: one.expirationDate,
    readStatus: one.readStatus,
    visible: one.visible,
    registeredMail: false,
    bodyMainContent: one.isBodyMainContent,
    replyAuthorized: one.isReplyAuthorized,
    attachments: { items, totalItems: items.length },
    ...(person && { forTheAttentionOf: { type: 'person', id: person.ssin, name: person.label } }),
    ...(originalMessageId !== null && { originalMessageId }),
    ...(businessDataList.length > 0 && { businessDataList }),
  };
}

/** Its title is its file name, whatever the sender called it. */
export function attachmentOf({ messageId }: Stored, one: Attachment, base: string): object {
  const { attachmentId, fileName, mediaType, bytes, sha256, isMainContent, isSigned } = one;
  const digestValue = Buffer.from(sha256, 'hex').toString('base64url');
  return {
    attachmentId,
    fileName,
    mediaType,
    size: kilobytes(bytes.length),
    mainContent: isMainContent,
    attachmentTitle: fileName,
    digest: { digestMethod: 'sha_256', digestValue },
    attachmentSigned: isSigned,
    contentHref: `${base}/ebox/messages/${messageId}/attachments/${attachmentId}/content`,
  };
}

export const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);

export const Paging = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

/** One page of a list; past its end an empty one. */
export function paged<T>(
  all: readonly T[],
  { page, pageSize }: z.infer<typeof Paging>,
  told: (one: T) => object,
): Answer {
  const items = all.slice((page - 1) * pageSize, page * pageSize).map(told);
  return { status: 200, body: { items, totalItems: all.length } };
}
