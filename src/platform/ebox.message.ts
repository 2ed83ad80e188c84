import { createHash } from 'node:crypto';

/** What a message to a citizen's eBox holds, in our words. */
export interface EboxMessage {
  /** 11 digits. */
  insz: string;
  /** The registry takes exactly one language. */
  lang: 'nl' | 'fr' | 'de';
  subject: string;
  /** ASCII. */
  fileName: string;
  pdf: Uint8Array;
  /** UUID; the registry takes each once. */
  key: string;
}

/** As whom the portal publishes. */
export interface EboxSender {
  /** 10 digits. */
  enterpriseNumber: string;
  application: string;
  messageType: string;
}

export interface Published {
  status: 'published' | 'neverOpened' | 'known';
  messageId: string | null;
  /** Instant. */
  expiresAt: string | null;
}

const PART = 'upfile1';
const LONGEST_SUBJECT = 400;

/** Every name of the message registry v3 stands in this file: another version is another file. */
export const PUBLISH = '/ebox/messages';

/** The request's body: one PDF as main content, nothing else; no property is ever null. */
export function bodyOf(message: EboxMessage, sender: EboxSender): FormData {
  const { insz, lang, subject, fileName, pdf } = message;
  const form = new FormData();
  const told = {
    recipient: { eboxType: 'citizen', ssin: insz },
    sender: { eboxType: 'enterprise', enterpriseNumber: sender.enterpriseNumber },
    subject: { [lang]: subject.slice(0, LONGEST_SUBJECT) },
    messageTypeId: sender.messageType,
    senderApplicationId: sender.application,
    isReplyAuthorized: false,
    attachments: [
      {
        httpPartName: PART,
        isMainContent: true,
        isAttachmentSigned: false,
        digest: { digestMethod: 'sha_256', digestValue: createHash('sha256').update(pdf).digest('base64url') },
      },
    ],
  };
  form.append('messageToPublish', JSON.stringify(told));
  form.append(PART, new Blob([Buffer.from(pdf)], { type: 'application/pdf' }), fileName);
  return form;
}

/** Structured field: a quoted string. */
export const keyOf = (message: EboxMessage) => `"${message.key}"`;

/** The registry's 201. `NO_DIGITAL_USER` is no fault: it is there, but its reader never opened his eBox. */
export function publishedOf(answer: unknown): Published {
  const { messageId, expirationDate, code } = (answer ?? {}) as Record<string, unknown>;
  const at = typeof expirationDate === 'string' ? Date.parse(expirationDate) : Number.NaN;
  return {
    status: code === 'NO_DIGITAL_USER' ? 'neverOpened' : 'published',
    messageId: typeof messageId === 'string' ? messageId : null,
    expiresAt: Number.isNaN(at) ? null : new Date(at).toISOString(),
  };
}

/** Code and reference of a refusal (StatusMessage). Its words are left out: they may hold numbers. */
export function refusalOf(answer: unknown): { code: string; id: string } {
  const { code, id } = (answer ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'UNKNOWN',
    id: typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : '-',
  };
}
