import { z } from 'zod';

/** The variables of what is sent: a part of the schema in `config.ts`. */
const port = z.coerce.number().int().min(0).max(65535);

export const SENDING = {
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      'mail server, smtps:// or smtp://USER:PASSWORD@HOST:PORT; production speaks only TLS. Unset: no mail is sent',
    ),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\p{Cc}]+ <[^\s<>@]+@[a-z0-9.-]+>|[^\s<>@]+@[a-z0-9.-]+)$/iu)
    .optional()
    .describe(
      'sender of mails, e.g. Interim@work <no-reply@interim.example.org>; its domain stands in every Message-ID',
    ),
  MAILBOX_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('demo only: port of the mailbox that shows what was mailed, on HOST. Unset: a free one'),
  EBOX_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('base of the eBox message registry v3; https in production. Unset: nothing goes to the eBox'),
  EBOX_TOKEN_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('token endpoint of its authorization server, also the audience of our assertion'),
  EBOX_CLIENT_ID: z.string().optional().describe('the portal’s name there'),
  EBOX_KEY: z.string().optional().describe('PEM file (PKCS #8, RSA) with the key of the registered certificate'),
  EBOX_SENDER: z
    .string()
    .regex(/^[01]\d{9}$/)
    .optional()
    .describe('enterprise number as which the portal publishes, 10 digits'),
  EBOX_APPLICATION: z.string().optional().describe('senderApplicationId agreed with the eBox'),
  EBOX_MESSAGE_TYPE: z.string().optional().describe('messageTypeId agreed with the eBox'),
  EBOX_SCOPE: z
    .string()
    .default('scope:document:management:consult:ws-eboxrestentreprise:publicationsender')
    .describe('scope asked for; empty: the client’s own'),
  EBOX_PORT: port.optional().describe('demo only: port of the imitation of the eBox, on HOST. Unset: a free one'),
};

const EBOX = ['URL', 'TOKEN_URL', 'CLIENT_ID', 'KEY', 'SENDER', 'APPLICATION', 'MESSAGE_TYPE'].map((n) => `EBOX_${n}`);

/** What is only right together. */
export function sendingFaults(set: Record<string, string | undefined>): string[] {
  const faults = [];
  if (Boolean(set.SMTP_URL) !== Boolean(set.MAIL_FROM))
    faults.push('MAIL_FROM: belongs to SMTP_URL, set both or neither');
  const missing = EBOX.filter((name) => !set[name]);
  if (missing.length > 0 && missing.length < EBOX.length)
    faults.push(...missing.map((name) => `${name}: belongs to the other EBOX_ variables, set all or none`));
  return faults;
}
