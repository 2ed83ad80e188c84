import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPem, serverAt } from '../identity/mtls.proxy.ts';
import { authority, type Issued } from '../pki.ts';

/** A mail server with a certificate of an authority of one's own, a user and a password, as deploying.md describes one. */

const [USER, PASSWORD] = ['portal@interim.example', 'p/a:s@s %'];
const SMTP = path.join(import.meta.dirname, '../../src/platform/smtp.ts');

let folder: string;
let ca: Issued;
let server: Issued;
const servers: SMTPServer[] = [];
const arrived: { secure: boolean; user: string | undefined; text: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'interim-smtp-'));
  ca = await authority({ commonName: 'Mail CA' });
  server = await serverAt('localhost', ca);
  writeFileSync(path.join(folder, 'ca.pem'), ca.pem);
});
afterAll(async () => {
  for (const one of servers) await new Promise<void>((resolve) => one.close(resolve));
  rmSync(folder, { recursive: true });
});

/** @returns its port */
async function listening(secure: boolean, certificate = server, disabledCommands: string[] = []): Promise<number> {
  const smtp = new SMTPServer({
    secure,
    key: keyPem(certificate),
    cert: certificate.pem,
    disabledCommands,
    onAuth: ({ username, password }, _, done) =>
      username === USER && password === PASSWORD ? done(null, { user: username }) : done(new Error('who?')),
    onData(stream, session, done) {
      stream.setEncoding('utf8');
      let text = '';
      stream.on('data', (part: string) => {
        text += part;
      });
      stream.on('end', () => {
        arrived.push({ secure: session.secure, user: session.user, text });
        done();
      });
    },
  });
  smtp.on('error', () => undefined); // a client that goes away
  servers.push(smtp);
  const listener = smtp.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return (listener.address() as AddressInfo).port;
}

/** Posts as production does, in a process of its own: which authorities count is said when it starts. @returns its fault, or '' */
async function posted(url: string, environment: Record<string, string>): Promise<string> {
  const script = `
    const { openSmtp } = await import(${JSON.stringify(SMTP)});
    const smtp = openSmtp({ url: ${JSON.stringify(url)}, from: 'no-reply@interim.example', requireTls: true });
    const post = { id: 'a', to: 'an@example.be', subject: 'Dag', text: 'Dag', html: 'Dag', lang: 'nl', at: '2026-11-25T09:00:00Z' };
    await smtp.post(post).catch((error) => console.log(error.message));`;
  const env = { PATH: process.env.PATH ?? '', ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  return stdout.trim();
}

const login = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;

describe('a mail server that speaks TLS', () => {
  it.each([
    ['smtps', true],
    ['smtp', false],
  ])('is spoken to by %s: under a certificate we trust', async (protocol, secure) => {
    const port = await listening(secure);
    const before = arrived.length;
    const trusting = { NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') };
    expect(await posted(`${protocol}://${login}@localhost:${port}`, trusting)).toBe('');
    expect(arrived.slice(before)).toMatchObject([{ secure: true, user: USER }]);
    expect(arrived.at(-1)?.text).toContain('Subject: Dag');

    expect(await posted(`${protocol}://${login}@localhost:${port}`, {}), 'an authority nobody named').toMatch(
      /^the mail server: /,
    );
    expect(await posted(`${protocol}://${login}x@localhost:${port}`, trusting), 'a wrong password').toBe(
      'the mail server: EAUTH 535',
    );
    expect(arrived).toHaveLength(before + 1);
  });

  it('is not spoken to when its certificate is another’s, or when it offers no STARTTLS', async () => {
    const trusting = { NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') };
    const before = arrived.length;
    const other = await listening(true, await serverAt('mail.example', ca));
    expect(await posted(`smtps://${login}@localhost:${other}`, trusting)).toMatch(/^the mail server: /);
    const plain = await listening(false, server, ['STARTTLS']);
    expect(await posted(`smtp://${login}@localhost:${plain}`, trusting)).toMatch(/^the mail server: /);
    expect(arrived).toHaveLength(before);
  });
});
