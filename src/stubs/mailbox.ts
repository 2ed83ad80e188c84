import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { mailboxPages } from './mailbox.pages.ts';

/** A mail that arrived, newest last. */
export interface Arrived {
  id: string;
  /** Whom the envelope named. */
  to: string[];
  mail: ParsedMail;
}

/**
 * What the mail server does wrong with every mail until told otherwise: cut the line in the middle of DATA, cut it after it kept the mail, or
 * refuse for now (4xx) or for good (5xx).
 */
export type MailFault = 'drop' | 'drop-after' | '4xx' | '5xx';

export interface MailboxStub {
  smtpUrl: string;
  /** Where to look at what arrived; without a slash at the end. */
  url: string;
  arrived: readonly Arrived[];
  fail(fault: MailFault | null): void;
  close(): Promise<void>;
}

export interface MailboxOptions {
  host: string;
  /** Of the page; 0: a free one. */
  port: number;
  url?: string;
}

/** Plays the mail server and everybody's mailbox. */
export async function startMailbox({ host, port, url }: MailboxOptions): Promise<MailboxStub> {
  const arrived: Arrived[] = [];
  let fault: MailFault | null = null;
  let last = 0;
  const keep = (session: SMTPServerSession, mail: ParsedMail) =>
    arrived.push({ id: String(++last), to: session.envelope.rcptTo.map(({ address }) => address), mail });

  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    size: 30 * 1024 * 1024,
    disableReverseLookup: true,
    onRcptTo: (_, __, done) => (fault === '5xx' ? done(refusal(550, 'no such mailbox')) : done()),
    onData(stream, session, done) {
      if (fault === 'drop') return void stream.once('data', () => cut(session));
      const mail = simpleParser(stream);
      if (fault === '4xx') return void mail.then(() => done(refusal(451, 'try again later')), done);
      mail.then((parsed) => {
        keep(session, parsed);
        if (fault === 'drop-after') cut(session);
        else done();
      }, done);
    },
  });
  smtp.on('error', () => undefined); // a client that is gone
  const lines = new Map<number, Socket>();
  smtp.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    lines.set(remotePort, socket);
    socket.once('close', () => lines.delete(remotePort));
  });
  /** As a server does that dies. */
  const cut = (session: SMTPServerSession) => lines.get(session.remotePort)?.destroy();
  await once(smtp.listen(0, host), 'listening');
  const pages = createServer(mailboxPages(arrived));
  await once(pages.listen(port, host), 'listening');
  return {
    smtpUrl: `smtp://${host}:${portOf(smtp.server.address())}`,
    url: url ?? `http://${host}:${portOf(pages.address())}`,
    arrived,
    fail: (next) => {
      fault = next;
    },
    async close() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      const closed = once(pages, 'close');
      pages.close();
      pages.closeAllConnections();
      await closed;
    },
  };
}

const portOf = (address: unknown) => (address as AddressInfo).port;

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
