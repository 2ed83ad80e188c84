import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** The message registry's book, for citizens' eBoxes: what was published, and by which rules. Knows nothing of HTTP. */

export interface Part {
  name: string;
  fileName: string | null;
  mediaType: string | null;
  bytes: Buffer;
}

export interface Stored {
  messageId: string;
  ssin: string;
  subject: Record<string, string>;
  messageTypeId: string;
  senderApplicationId: string;
  senderEnterpriseNumber: string;
  receiptDate: string;
  expirationDate: string;
  readStatus: boolean;
  visible: boolean;
  main: { attachmentId: string; fileName: string; mediaType: string; bytes: Buffer; sha256: string };
}

export interface Answer {
  status: number;
  body: object | null;
}

export interface EboxRules {
  /** The trio: organisation of the token's certificate, application, message type. */
  enterpriseNumber: string;
  application: string;
  messageType: string;
  /** Citizens who never opened their eBox. */
  neverOpened: ReadonlySet<string>;
  mostBytes: number;
}

const MEDIA = new Set(['application/pdf', 'application/zip', 'text/csv', 'text/html', 'text/plain', 'text/xml']);
const Translated = z.partialRecord(z.enum(['nl', 'fr', 'de']), z.string().min(1).max(400));

const Message = z.object({
  recipient: z.object({ eboxType: z.literal('citizen'), ssin: z.string().regex(/^\d{11}$/) }),
  sender: z.object({ eboxType: z.literal('enterprise'), enterpriseNumber: z.string().regex(/^[01]\d{9}$/) }),
  subject: Translated,
  messageTypeId: z.string().min(1),
  senderApplicationId: z.string().min(1),
  isReplyAuthorized: z.boolean().optional(),
  isBodyMainContent: z.boolean().optional(),
  bodyContent: Translated.optional(),
  attachments: z
    .array(
      z.object({
        httpPartName: z.string(),
        isMainContent: z.boolean(),
        isAttachmentSigned: z.boolean().optional(),
        digest: z.object({ digestMethod: z.literal('sha_256'), digestValue: z.string() }).optional(),
      }),
    )
    .optional(),
});

export class EboxBook {
  stored: Stored[] = [];
  #keys = new Set<string>();
  #rules: EboxRules;
  #now: () => Date;

  constructor(rules: EboxRules, now: () => Date) {
    this.#rules = rules;
    this.#now = now;
  }

  /** Judges and keeps a publication in the order of the registry's documentation. */
  publish(text: string | null, parts: Part[], key: string | null): Answer {
    const told = parsed(text);
    const message = Message.safeParse(told);
    if (!message.success || holdsNull(told))
      return refusal(
        400,
        'INVALID_INPUT',
        `Invalid Schema: ${message.success ? 'null is not allowed' : z.prettifyError(message.error)}`,
      );
    const wrong = this.#fault(message.data, parts);
    if (wrong) return wrong;
    const known = key && `${message.data.sender.enterpriseNumber} ${message.data.senderApplicationId} ${key}`;
    if (known && this.#keys.has(known)) return { status: 409, body: null };
    if (known) this.#keys.add(known);
    return this.#keep(message.data, parts);
  }

  #fault(message: z.infer<typeof Message>, parts: Part[]): Answer | null {
    const { enterpriseNumber, application, messageType } = this.#rules;
    const attachments = message.attachments ?? [];
    if (message.sender.enterpriseNumber !== enterpriseNumber)
      return refusal(400, 'INVALID_SENDER', 'Invalid sender: user credentials does not match payload');
    if (message.messageTypeId !== messageType || message.senderApplicationId !== application)
      return refusal(400, 'INVALID_SENDER', 'Invalid message configuration');
    if (Object.keys(message.subject).length !== 1)
      return refusal(400, 'NOT_IMPLEMENTED', 'Multiple languages provided when only one expected');
    if (parts.some(({ fileName, mediaType }) => !fileName || !mediaType))
      return refusal(400, 'INVALID_INPUT', 'Missing mediaType or fileName in part');
    if (attachments.length !== parts.length)
      return refusal(400, 'INVALID_INPUT', 'Json Attachments number is inconsistent with number of parts');
    if (attachments.some(({ httpPartName }) => !parts.some(({ name }) => name === httpPartName)))
      return refusal(400, 'INVALID_INPUT', 'Some json attachment info do not match any file upload part');
    if (parts.some(({ mediaType }) => !MEDIA.has(mediaType ?? '')))
      return refusal(
        400,
        'INVALID_INPUT',
        'Attachment mime type is not valid. See spec for list of available mime types',
      );
    const mains = attachments.filter(({ isMainContent }) => isMainContent).length + (message.isBodyMainContent ? 1 : 0);
    if (mains === 0) return refusal(400, 'INVALID_INPUT', 'No main content attachment. Exactly one is expected');
    if (mains > 1) return refusal(400, 'INVALID_INPUT', 'Too many main content. Exactly one is expected');
    if (parts.some(({ bytes }) => bytes.length > this.#rules.mostBytes)) return { status: 413, body: null };
    const isTrue = attachments.every(({ digest, httpPartName }) => {
      const part = parts.find(({ name }) => name === httpPartName);
      return !digest || digest.digestValue === sha256(part?.bytes ?? Buffer.alloc(0), 'base64url');
    });
    return isTrue ? null : refusal(400, 'DIGEST_DO_NOT_MATCH', 'Issue with Digest');
  }

  #keep(message: z.infer<typeof Message>, parts: Part[]): Answer {
    const { ssin } = message.recipient;
    const main = message.attachments?.find(({ isMainContent }) => isMainContent);
    const part = parts.find(({ name }) => name === main?.httpPartName);
    const now = this.#now();
    const expirationDate = `${new Date(now.getTime() + 365 * 86_400_000).toISOString().slice(0, 19)}+00:00`;
    const messageId = randomUUID();
    const bytes = part?.bytes ?? Buffer.alloc(0);
    this.stored.push({
      messageId,
      ssin,
      subject: message.subject as Record<string, string>,
      messageTypeId: message.messageTypeId,
      senderApplicationId: message.senderApplicationId,
      senderEnterpriseNumber: message.sender.enterpriseNumber,
      receiptDate: now.toISOString(),
      expirationDate,
      readStatus: false,
      visible: true,
      main: {
        attachmentId: randomUUID(),
        fileName: part?.fileName ?? '',
        mediaType: part?.mediaType ?? '',
        bytes,
        sha256: sha256(bytes, 'hex'),
      },
    });
    const unread = this.#rules.neverOpened.has(ssin)
      ? { code: 'NO_DIGITAL_USER', message: 'The citizen has no active eBox' }
      : {};
    return { status: 201, body: { messageId, expirationDate, ...unread } };
  }
}

export function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { id: randomUUID(), code, message, environment: 'simulation' } };
}

const sha256 = (bytes: Buffer, as: 'hex' | 'base64url') => createHash('sha256').update(bytes).digest(as);

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined; // told by the schema
  }
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value as object).some(holdsNull);
}
