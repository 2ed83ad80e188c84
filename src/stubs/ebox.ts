import { createHash, randomUUID } from 'node:crypto';
import { type Answer, type EboxRules, faultOf, type Published, read, refusal, VALIDITY } from './ebox.message.ts';
import type { Part } from './ebox.multipart.ts';

/** The message registry's book: what was published, and by which rules. Knows nothing of HTTP. */

export interface Attachment {
  attachmentId: string;
  fileName: string;
  mediaType: string;
  bytes: Buffer;
  /** In hex. */
  sha256: string;
  isMainContent: boolean;
  isSigned: boolean;
}

type Translated = Record<string, string>;

/** Whose eBox, in the names of v2.1. */
export interface EboxId {
  eboxType: 'citizen' | 'enterprise';
  eboxIdValue: string;
}

export interface Stored extends EboxId {
  messageId: string;
  subject: Translated;
  messageTypeId: string;
  senderApplicationId: string;
  senderEnterpriseNumber: string;
  /** Instants with an offset. */
  receiptDate: string;
  expirationDate: string;
  /** True once a main content was fetched. */
  readStatus: boolean;
  visible: boolean;
  body: Translated | null;
  isBodyMainContent: boolean;
  isReplyAuthorized: boolean;
  businessDataList: Published['businessDataList'];
  forTheAttentionOf: { ssin: string; label: string } | null;
  originalMessageId: string | null;
  attachments: Attachment[];
}

const ZONE = 'Europe/Brussels';

export class EboxBook {
  stored: Stored[] = [];
  readonly rules: EboxRules;
  #keys = new Set<string>();
  #consulted = new Map<string, string>();
  #now: () => Date;

  constructor(rules: EboxRules, now: () => Date) {
    this.rules = rules;
    this.#now = now;
  }

  /** Judges and keeps a publication. A key by which something was kept is a duplicate, whatever comes with it. */
  publish(text: string | null, parts: Part[], key: string | null): Answer {
    const told = read(text);
    if ('refused' in told) return told.refused;
    const { message } = told;
    const known = key && `${message.sender.enterpriseNumber} ${message.senderApplicationId} ${key}`;
    if (known && this.#keys.has(known)) return { status: 409, body: null };
    const wrong = faultOf(message, parts, this.rules) ?? this.#bytesFault(message, parts);
    if (wrong) return wrong;
    if (known) this.#keys.add(known);
    return this.#keep(message, parts);
  }

  #bytesFault({ attachments }: Published, parts: Part[]): Answer | null {
    if (parts.some(({ bytes }) => bytes.length > this.rules.mostBytes)) return { status: 413, body: null };
    const isTrue = attachments.every(
      ({ digest, httpPartName }) => !digest || digest.digestValue === sha256(bytesOf(httpPartName, parts), 'base64url'),
    );
    return isTrue ? null : refusal(400, 'DIGEST_DO_NOT_MATCH', 'Issue with Digest');
  }

  #keep(message: Published, parts: Part[]): Answer {
    const { recipient, sender } = message;
    const messageId = randomUUID();
    const now = this.#time();
    const expirationDate = dated(now.add({ [`${VALIDITY.unit}s`]: VALIDITY.number }));
    const eboxIdValue = recipient.eboxType === 'citizen' ? recipient.ssin : recipient.enterpriseNumber;
    this.stored.push({
      messageId,
      eboxType: recipient.eboxType,
      eboxIdValue,
      subject: message.subject as Translated,
      messageTypeId: message.messageTypeId,
      senderApplicationId: message.senderApplicationId,
      senderEnterpriseNumber: sender.enterpriseNumber,
      receiptDate: dated(now),
      expirationDate,
      readStatus: false,
      visible: true,
      body: (message.bodyContent as Translated | undefined) ?? null,
      isBodyMainContent: message.isBodyMainContent && message.bodyContent !== undefined,
      isReplyAuthorized: message.isReplyAuthorized ?? false,
      businessDataList: message.businessDataList,
      forTheAttentionOf: message.forTheAttentionOf ?? null,
      originalMessageId: message.originalMessageId ?? null,
      attachments: message.attachments.map((one) => attachmentOf(one, parts)),
    });
    const unread = this.rules.neverOpened.has(eboxIdValue)
      ? { code: 'NO_DIGITAL_USER', message: 'The citizen has no active eBox' }
      : {};
    return { status: 201, body: { messageId, expirationDate, ...unread } };
  }

  /** Newest first. */
  of({ eboxType, eboxIdValue }: EboxId): Stored[] {
    return this.stored.filter((one) => one.eboxType === eboxType && one.eboxIdValue === eboxIdValue).toReversed();
  }

  /** Somebody looks into an eBox. */
  consulted(who: EboxId): void {
    this.#consulted.set(nameOf(who), dated(this.#time()));
  }

  lastConsulted(who: EboxId): string | undefined {
    return this.#consulted.get(nameOf(who));
  }

  #time(): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(this.#now().getTime()).toZonedDateTimeISO(ZONE);
  }
}

const nameOf = ({ eboxType, eboxIdValue }: EboxId) => `${eboxType} ${eboxIdValue}`;

/** `yyyy-MM-dd'T'HH:mm:ssXXX`. */
const dated = (at: Temporal.ZonedDateTime) => at.toString({ smallestUnit: 'second', timeZoneName: 'never' });

const sha256 = (bytes: Buffer, as: 'hex' | 'base64url') => createHash('sha256').update(bytes).digest(as);

const bytesOf = (name: string, parts: Part[]) => parts.find((part) => part.name === name)?.bytes ?? Buffer.alloc(0);

function attachmentOf(told: Published['attachments'][number], parts: Part[]): Attachment {
  const part = parts.find(({ name }) => name === told.httpPartName);
  const bytes = bytesOf(told.httpPartName, parts);
  return {
    attachmentId: randomUUID(),
    fileName: part?.fileName ?? '',
    mediaType: part?.mediaType ?? '',
    bytes,
    sha256: sha256(bytes, 'hex'),
    isMainContent: told.isMainContent,
    isSigned: told.isAttachmentSigned,
  };
}
