import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isInsz } from '../platform/ids.ts';
import type { Part } from './ebox.multipart.ts';

/** What the registry takes and what it refuses, in the codes and words of its documentation. */

export interface Answer {
  status: number;
  body: object | null;
  /** Of a document, in place of a body. */
  file?: { type: string; name: string; bytes: Buffer };
  /** Strong caching: reference data only. */
  isCacheable?: boolean;
}

export interface EboxRules {
  /** The trio: organisation of the token's certificate, application, message type. */
  enterpriseNumber: string;
  application: string;
  messageType: string;
  /** Enterprises that exist and are active, where the trio is aimed at them; without, it is aimed at citizens. */
  enterprises?: ReadonlySet<string>;
  /** Keys of business data that the message type knows. */
  businessData?: ReadonlySet<string>;
  /** Citizens who never opened their eBox. */
  neverOpened: ReadonlySet<string>;
  mostBytes: number;
}

/** How long messages of this type are kept. */
export const VALIDITY = { number: 1, unit: 'year' } as const;

export const MEDIA = new Set([
  'application/pdf',
  'application/zip',
  'text/csv',
  'text/html',
  'text/plain',
  'text/xml',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.graphics',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-powerpoint',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
]);
const LONGEST = { subject: 400, fileName: 255, businessData: 256 };

const translated = (most: number) => z.partialRecord(z.enum(['nl', 'fr', 'de']), z.string().min(1).max(most));
const enterpriseNumber = z.string().regex(/^[01]\d{9}$/);
const ssin = z.string().regex(/^\d{11}$/);

const Message = z.object({
  recipient: z.discriminatedUnion('eboxType', [
    z.object({ eboxType: z.literal('citizen'), ssin }),
    z.object({ eboxType: z.literal('enterprise'), enterpriseNumber }),
  ]),
  sender: z.object({
    eboxType: z.literal('enterprise'),
    enterpriseNumber,
    partition: z.string().optional(),
  }),
  subject: translated(LONGEST.subject),
  messageTypeId: z.string(),
  senderApplicationId: z.string(),
  isReplyAuthorized: z.boolean().optional(),
  isRegisteredMail: z.boolean().optional(),
  isBodyMainContent: z.boolean().default(false),
  bodyContent: translated(Number.POSITIVE_INFINITY).optional(),
  businessDataList: z
    .array(z.object({ key: z.string(), values: z.array(translated(LONGEST.businessData)) }))
    .default([]),
  forTheAttentionOf: z.object({ ssin: z.string(), label: z.string() }).optional(),
  originalMessageId: z.string().optional(),
  attachments: z
    .array(
      z.object({
        httpPartName: z.string(),
        isMainContent: z.boolean(),
        isAttachmentSigned: z.boolean().default(false),
        digest: z.object({ digestMethod: z.literal('sha_256'), digestValue: z.string() }).optional(),
      }),
    )
    .default([]),
});
export type Published = z.infer<typeof Message>;

export function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { id: randomUUID(), code, message, environment: 'simulation' } };
}
const invalid = (message: string) => refusal(400, 'INVALID_INPUT', message);

/** A message by the registry's schema, or the refusal. */
export function read(text: string | null): { message: Published } | { refused: Answer } {
  const told = parsed(text);
  if (holdsNull(told)) return { refused: invalid('Invalid Schema: null is not allowed') };
  const { success, data, error } = Message.safeParse(told);
  return success ? { message: data } : { refused: invalid(`Invalid Schema: ${z.prettifyError(error)}`) };
}

/** What is no JSON fails by the schema. */
export function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value as object).some(holdsNull);
}

/** What is wrong with a message and its parts, by the rules of the trio; null when nothing is. Digests are for who has the bytes. */
export function faultOf(message: Published, parts: Part[], rules: EboxRules): Answer | null {
  return (
    senderFault(message, rules) ??
    recipientFault(message, rules) ??
    wordsFault(message, rules) ??
    partsFault(message, parts) ??
    contentFault(message)
  );
}

function senderFault({ sender, recipient, ...message }: Published, rules: EboxRules): Answer | null {
  if (sender.enterpriseNumber !== rules.enterpriseNumber)
    return refusal(400, 'INVALID_SENDER', 'Invalid sender: user credentials does not match payload');
  const isConfigured =
    message.messageTypeId === rules.messageType &&
    message.senderApplicationId === rules.application &&
    recipient.eboxType === (rules.enterprises ? 'enterprise' : 'citizen');
  return isConfigured ? null : refusal(400, 'INVALID_SENDER', 'Invalid message configuration');
}

/** The words about a wrong national number are ours: none are documented. */
function recipientFault({ recipient, forTheAttentionOf }: Published, { enterprises }: EboxRules): Answer | null {
  if (recipient.eboxType === 'enterprise' && !enterprises?.has(recipient.enterpriseNumber))
    return invalid(`${recipient.enterpriseNumber} is not a valid company`);
  if (recipient.eboxType === 'citizen' && !isInsz(recipient.ssin)) return invalid('Invalid ssin of the recipient');
  return forTheAttentionOf && !isInsz(forTheAttentionOf.ssin) ? invalid('Invalid ssin in forTheAttentionOf') : null;
}

function wordsFault({ subject, bodyContent, businessDataList }: Published, { businessData }: EboxRules): Answer | null {
  const texts = [subject, ...(bodyContent ? [bodyContent] : []), ...businessDataList.flatMap(({ values }) => values)];
  if (texts.some((text) => Object.keys(text).length === 0)) return invalid('Invalid Schema: a text without language');
  if (texts.some((text) => Object.keys(text).length > 1))
    return refusal(400, 'NOT_IMPLEMENTED', 'Multiple languages provided when only one expected');
  // the documentation prints no words for this one
  const unknown = businessDataList.some(({ key }) => !businessData?.has(key));
  return unknown ? invalid('Business data key is not defined for the message type') : null;
}

function partsFault({ attachments }: Published, parts: Part[]): Answer | null {
  if (parts.some(({ fileName, mediaType }) => !fileName || !mediaType))
    return invalid('Missing mediaType or fileName in part');
  if (parts.some(({ fileName }) => (fileName?.length ?? 0) > LONGEST.fileName))
    return invalid('Invalid Schema: file name too long');
  if (attachments.length !== parts.length)
    return invalid('Json Attachments number is inconsistent with number of parts');
  const named = new Set(attachments.map(({ httpPartName }) => httpPartName));
  if (named.size !== parts.length || parts.some(({ name }) => !named.has(name)))
    return invalid('Some json attachment info do not match any file upload part');
  if (parts.some(({ mediaType }) => !MEDIA.has(mediaType ?? '')))
    return invalid('Attachment mime type is not valid. See spec for list of available mime types');
  return null;
}

/** The flag of the body counts with a body only. */
function contentFault({ attachments, isBodyMainContent, bodyContent }: Published): Answer | null {
  const marked = attachments.filter(({ isMainContent }) => isMainContent).length;
  const mains = marked + (isBodyMainContent && bodyContent ? 1 : 0);
  if (mains === 0) return invalid('No main content attachment. Exactly one is expected');
  return mains > 1 ? invalid('Too many main content. Exactly one is expected') : null;
}
