import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { isInsz } from './ids.ts';
import { GiveUp } from './jobs.ts';

/** A mail as it goes out: every word ready. */
export interface Post {
  /** Of this sending, for good: it makes the Message-ID, so that a mail that arrives twice is seen as one. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  lang: string;
  /** Instant. */
  at: string;
  attachment?: { fileName: string; type: string; body: Uint8Array };
  /** Address that takes a one-click POST. */
  unsubscribe?: string;
}

export interface Smtp {
  /** Resolves when the mail server has taken it. @throws GiveUp when it never will */
  post(post: Post): Promise<void>;
}

export interface SmtpOptions {
  /** `smtps://user:password@host:465`, or `smtp://…:587`. */
  url: string;
  from: string;
  /** Production: `smtp:` is only spoken after STARTTLS. */
  requireTls: boolean;
}

const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const ELEVEN_DIGITS = /(?<!\d)\d{2}[. ]?\d{2}[. ]?\d{2}[-. ]?\d{3}[-. ]?\d{2}(?!\d)/g;

/** Posts mail over SMTP. A connection a mail: nothing is held that could die unnoticed. */
export function openSmtp({ url, from, requireTls }: SmtpOptions): Smtp {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isTls = protocol === 'smtps:';
  const transport: Transporter = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isTls ? 465 : 587),
    secure: isTls,
    requireTLS: requireTls && !isTls,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = senderOf(from);
  return {
    async post(post) {
      refuseNumbers(post);
      await transport.sendMail(messageOf(post, sender)).catch(translate);
    },
  };
}

function messageOf(post: Post, from: ReturnType<typeof senderOf>): SendMailOptions {
  const { attachment, unsubscribe } = post;
  return {
    messageId: `<${post.id}@${from.address.split('@')[1]}>`,
    date: new Date(post.at),
    from,
    to: { name: '', address: post.to },
    subject: oneLine(post.subject),
    text: post.text,
    html: post.html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': post.lang,
      ...(unsubscribe && {
        'List-Unsubscribe': `<${oneLine(unsubscribe)}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    attachments: attachment
      ? [
          {
            filename: attachment.fileName,
            contentType: attachment.type,
            content: Buffer.from(attachment.body),
          },
        ]
      : [],
  };
}

/** A header is one line, whatever its words hold. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** `Name <address>`, or an address alone. */
function senderOf(from: string): { name: string; address: string } {
  const [, name = '', address = from] = from.match(/^(.*) <(.*)>$/) ?? [];
  return { name, address };
}

/** The last door: whatever wrote the mail, no national number leaves in its words. */
function refuseNumbers({ subject, text, html }: Post): void {
  const found = `${subject}\n${text}\n${html}`.match(ELEVEN_DIGITS) ?? [];
  if (found.some((digits) => isInsz(digits.replace(/\D/g, '')))) throw new GiveUp('the mail holds a national number');
}

/** A server that refuses the address or the message for good (5xx) is not asked again; all else may pass. Its words may hold the address. */
function translate(error: unknown): never {
  const { code = 'unknown', responseCode = 0 } = error as { code?: string; responseCode?: number };
  const told = `the mail server: ${code}${responseCode ? ` ${responseCode}` : ''}`;
  if (responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')) throw new GiveUp(told);
  throw new Error(told);
}
