import { z } from 'zod';

/** The variables of what is sent: a part of the schema in `config.ts`. */
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
};

/** What is only right together. */
export function sendingFaults(set: Record<string, string | undefined>): string[] {
  const isHalf = Boolean(set.SMTP_URL) !== Boolean(set.MAIL_FROM);
  return isHalf ? ['MAIL_FROM: belongs to SMTP_URL, set both or neither'] : [];
}
