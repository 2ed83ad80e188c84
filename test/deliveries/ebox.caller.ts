import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { DEMO_PEOPLE } from '../../src/stubs/people.ts';
import { type Neighbours, RULES } from './neighbours.ts';

/** Speaks to the registry by hand: also what our client would never send. */

/** Somebody whose eBox can be looked into. */
export const INSZ = DEMO_PEOPLE[0]?.insz ?? '';
/** Its bytes look like lines and like ends of parts. */
export const PDF = Buffer.concat([Buffer.from('%PDF-1.7\r\n--of a test--\r\n\r\n'), Buffer.from([0, 13, 10, 255])]);
export const digestOf = (bytes: Buffer, as: 'hex' | 'base64' | 'base64url' = 'base64url') =>
  createHash('sha256').update(bytes).digest(as);

export const attachment = (more = {}) => ({
  httpPartName: 'upfile1',
  isMainContent: true,
  digest: { digestMethod: 'sha_256', digestValue: digestOf(PDF) },
  ...more,
});
/** A message that is right, but for `more`. */
export const right = (more = {}) => ({
  recipient: { eboxType: 'citizen', ssin: INSZ },
  sender: { eboxType: 'enterprise', enterpriseNumber: RULES.enterpriseNumber },
  subject: { nl: 'Je overzicht' },
  messageTypeId: RULES.messageType,
  senderApplicationId: RULES.application,
  attachments: [attachment()],
  ...more,
});

/** Null: the part has no such header. */
export interface Part {
  name?: string;
  type?: string | null;
  fileName?: string | null;
}
export interface Sent {
  /** As JSON; a text goes as it is. */
  told: unknown;
  parts?: Part[];
  /** Where the message stands among the parts. */
  order?: 'first' | 'last';
  key?: string;
  bearer?: string;
}

const BOUNDARY = 'a-boundary';

function multipart({ told, parts = [{}], order = 'first' }: Sent): Buffer<ArrayBuffer> {
  const message = part({ name: 'messageToPublish', type: null, fileName: null }, Buffer.from(textOf(told)));
  const files = parts.map((one) => part(one, PDF));
  const all = order === 'first' ? [message, ...files] : [...files, message];
  return Buffer.concat([...all, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

const textOf = (told: unknown) => (typeof told === 'string' ? told : JSON.stringify(told));

function part({ name = 'upfile1', type = 'application/pdf', fileName = 'a.pdf' }: Part, bytes: Buffer): Buffer {
  const disposition = `Content-Disposition: form-data; name="${name}"${fileName === null ? '' : `; filename="${fileName}"`}`;
  const headers = [`--${BOUNDARY}`, disposition, ...(type === null ? [] : [`Content-Type: ${type}`]), '', ''];
  return Buffer.concat([Buffer.from(headers.join('\r\n')), bytes, Buffer.from('\r\n')]);
}

export function callerOf({ ebox, keyFile }: Pick<Neighbours, 'ebox' | 'keyFile'>) {
  const own = createPrivateKey(readFileSync(keyFile));

  /** An assertion that is right, but for `claims` and `key`. */
  function assertion(claims: Record<string, unknown> = {}, key: Parameters<SignJWT['sign']>[0] = own, alg = 'RS256') {
    const now = Math.floor(Date.now() / 1000);
    const who = { iss: 'interim', sub: 'interim', aud: ebox.tokenUrl };
    return new SignJWT({ ...who, jti: randomUUID(), iat: now, exp: now + 60, ...claims })
      .setProtectedHeader({ alg })
      .sign(key);
  }

  function ask(client_assertion: string, more: Record<string, string> = {}) {
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const form = { grant_type: 'client_credentials', client_assertion_type, client_assertion, ...more };
    return fetch(ebox.tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  }

  async function token(scope?: string): Promise<string> {
    const answer = await ask(await assertion(), scope ? { scope } : {});
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  async function send(sent: Sent) {
    const headers: Record<string, string> = {
      authorization: `Bearer ${sent.bearer ?? (await token())}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    };
    if (sent.key) headers['idempotency-key'] = sent.key;
    const answer = await fetch(`${ebox.url}/ebox/messages`, { method: 'POST', headers, body: multipart(sent) });
    const told = (await answer.json().catch(() => ({}))) as Partial<
      Record<'id' | 'code' | 'message' | 'messageId', string>
    >;
    return { status: answer.status, ...told };
  }

  /** The consultation of an eBox: that of our citizen, unless told. */
  async function read(path: string, more: RequestInit & { of?: string } = {}) {
    const headers = { authorization: `Bearer ${await token()}`, 'ebox-id': more.of ?? `citizen ${INSZ}` };
    const url = path.startsWith('/REST') ? new URL(path, ebox.url) : ebox.consultUrl + path;
    return fetch(url, { ...more, headers: { ...headers, ...(more.headers as Record<string, string>) } });
  }

  return { assertion, ask, token, send, read };
}
