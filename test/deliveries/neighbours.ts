import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EboxRules } from '../../src/stubs/ebox.message.ts';
import { type EboxStub, startEboxStub } from '../../src/stubs/ebox.server.ts';
import { type MailboxStub, startMailbox } from '../../src/stubs/mailbox.ts';
import { DEMO_PEOPLE } from '../../src/stubs/people.ts';

export const RULES = {
  enterpriseNumber: '0206731645',
  application: 'interim-at-work',
  messageType: 'interim-overview',
  neverOpened: new Set(['98472899765']),
  mostBytes: 1024 * 1024,
};

export interface Neighbours {
  mailbox: MailboxStub;
  ebox: EboxStub;
  keyFile: string;
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Mail server and eBox on ports of their own, and the environment that leads to them. */
export async function openNeighbours(more: Partial<EboxRules> = {}): Promise<Neighbours> {
  const keyFile = path.join(mkdtempSync(path.join(os.tmpdir(), 'interim-ebox-')), 'key.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const mailbox = await startMailbox({ host: '127.0.0.1', port: 0 });
  const ebox = await startEboxStub({
    host: '127.0.0.1',
    port: 0,
    client: { id: 'interim', key: createPublicKey(privateKey) },
    rules: { ...RULES, ...more },
    people: DEMO_PEOPLE.map(({ insz, givenName, familyName }) => ({
      insz,
      name: `${givenName ?? ''} ${familyName}`.trim(),
    })),
  });
  return {
    mailbox,
    ebox,
    keyFile,
    environment: {
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: 'Interim@work <no-reply@interim.example>',
      EBOX_URL: ebox.url,
      EBOX_TOKEN_URL: ebox.tokenUrl,
      EBOX_CLIENT_ID: 'interim',
      EBOX_KEY: keyFile,
      EBOX_SENDER: RULES.enterpriseNumber,
      EBOX_APPLICATION: RULES.application,
      EBOX_MESSAGE_TYPE: RULES.messageType,
    },
    async close() {
      await ebox.close();
      await mailbox.close();
    },
  };
}
