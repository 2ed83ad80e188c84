import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Neighbours, openNeighbours, RULES } from './neighbours.ts';

const INSZ = '85073003328';
const PDF = Buffer.from('%PDF-1.7 of a test');
const digestOf = (bytes: Buffer, as: 'hex' | 'base64' | 'base64url' = 'base64url') =>
  createHash('sha256').update(bytes).digest(as);

let near: Neighbours;
beforeAll(async () => {
  near = await openNeighbours();
});
afterEach(() => {
  near.ebox.book.stored.length = 0;
});
afterAll(() => near.close());

async function token(): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('interim')
    .setSubject('interim')
    .setAudience(near.ebox.tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(createPrivateKey(readFileSync(near.keyFile)));
  const answer = await ask(assertion);
  return ((await answer.json()) as { access_token: string }).access_token;
}
const ask = (assertion: string) =>
  fetch(near.ebox.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  });

interface Sent {
  told: Record<string, unknown>;
  parts?: [name: string, bytes: Buffer, type: string | null][];
  order?: 'first' | 'last';
  key?: string;
  bearer?: string;
}
const attachment = (more = {}) => ({
  httpPartName: 'upfile1',
  isMainContent: true,
  digest: { digestMethod: 'sha_256', digestValue: digestOf(PDF) },
  ...more,
});
const right = (more = {}) => ({
  recipient: { eboxType: 'citizen', ssin: INSZ },
  sender: { eboxType: 'enterprise', enterpriseNumber: RULES.enterpriseNumber },
  subject: { nl: 'Je overzicht' },
  messageTypeId: RULES.messageType,
  senderApplicationId: RULES.application,
  attachments: [attachment()],
  ...more,
});

/** A publication by hand: also what our client would never send. */
async function send({ told, parts = [['upfile1', PDF, 'application/pdf']], order = 'first', key, bearer }: Sent) {
  const form = new FormData();
  const put = () => form.append('messageToPublish', JSON.stringify(told));
  if (order === 'first') put();
  for (const [name, bytes, type] of parts)
    if (type === null) form.append(name, bytes.toString());
    else form.append(name, new Blob([Uint8Array.from(bytes)], { type }), `${name}.pdf`);
  if (order === 'last') put();
  const headers: Record<string, string> = { authorization: `Bearer ${bearer ?? (await token())}` };
  if (key) headers['idempotency-key'] = key;
  const answer = await fetch(`${near.ebox.url}/ebox/messages`, { method: 'POST', headers, body: form });
  const body = (await answer.json().catch(() => null)) as { code?: string; message?: string } | null;
  return { status: answer.status, code: body?.code, message: body?.message };
}

describe('the registry', () => {
  it.each<[string, Sent, number, string | undefined, string | undefined]>([
    [
      'none marked',
      { told: right({ attachments: [attachment({ isMainContent: false })] }) },
      400,
      'INVALID_INPUT',
      'No main content attachment. Exactly one is expected',
    ],
    [
      'two marked',
      { told: right({ isBodyMainContent: true, bodyContent: { nl: 'x' } }) },
      400,
      'INVALID_INPUT',
      'Too many main content. Exactly one is expected',
    ],
    [
      'a type that is not allowed',
      { told: right(), parts: [['upfile1', PDF, 'image/png']] },
      400,
      'INVALID_INPUT',
      'Attachment mime type is not valid. See spec for list of available mime types',
    ],
    [
      'more parts than attachments',
      {
        told: right(),
        parts: [
          ['upfile1', PDF, 'application/pdf'],
          ['upfile2', PDF, 'application/pdf'],
        ],
      },
      400,
      'INVALID_INPUT',
      'Json Attachments number is inconsistent with number of parts',
    ],
    [
      'an attachment without part',
      { told: right({ attachments: [attachment({ httpPartName: 'upfile9' })] }) },
      400,
      'INVALID_INPUT',
      'Some json attachment info do not match any file upload part',
    ],
    [
      'a part without file name',
      { told: right(), parts: [['upfile1', PDF, null]] },
      400,
      'INVALID_INPUT',
      'Missing mediaType or fileName in part',
    ],
    [
      'another organisation',
      { told: right({ sender: { eboxType: 'enterprise', enterpriseNumber: '0403449823' } }) },
      400,
      'INVALID_SENDER',
      'Invalid sender: user credentials does not match payload',
    ],
    [
      'a message type not agreed',
      { told: right({ messageTypeId: 'other' }) },
      400,
      'INVALID_SENDER',
      'Invalid message configuration',
    ],
    [
      'two languages',
      { told: right({ subject: { nl: 'a', fr: 'b' } }) },
      400,
      'NOT_IMPLEMENTED',
      'Multiple languages provided when only one expected',
    ],
    [
      'a digest in hex',
      {
        told: right({
          attachments: [attachment({ digest: { digestMethod: 'sha_256', digestValue: digestOf(PDF, 'hex') } })],
        }),
      },
      400,
      'DIGEST_DO_NOT_MATCH',
      'Issue with Digest',
    ],
    ['no right token', { told: right(), bearer: 'made-up' }, 401, undefined, undefined],
  ])('refuses %s', async (_, sent, status, code, text) => {
    expect(await send(sent)).toEqual({ status, code, message: text });
    expect(near.ebox.book.stored).toEqual([]);
  });

  it.each([
    ['no recipient', right({ recipient: undefined })],
    ['a property that is null', right({ bodyContent: null })],
    ['a wrong number', right({ recipient: { eboxType: 'citizen', ssin: '1' } })],
  ])('refuses %s by its schema', async (_, told) => {
    const { status, message: text } = await send({ told });
    expect([status, text?.slice(0, 14)]).toEqual([400, 'Invalid Schema']);
  });

  it('takes parts in any order, and six of them', async () => {
    const six = Array.from({ length: 6 }, (_, n) => `upfile${n + 1}`);
    const attachments = six.map((name, n) => ({ httpPartName: name, isMainContent: n === 3 }));
    const parts = six.toReversed().map((name) => [name, PDF, 'application/pdf'] as [string, Buffer, string]);
    expect((await send({ told: right({ attachments }), parts, order: 'last' })).status).toBe(201);
    expect((await send({ told: right(), order: 'last' })).status).toBe(201);
  });

  it('takes a key once, whatever comes with it', async () => {
    const key = `"${randomUUID()}"`;
    expect((await send({ told: right(), key })).status).toBe(201);
    expect((await send({ told: right({ subject: { fr: 'autre' } }), key })).status).toBe(409);
    expect(near.ebox.book.stored).toHaveLength(1);
  });

  it('gives a token for an assertion that is right in everything, once', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { privateKey } = await generateKeyPair('RS256');
    const own = createPrivateKey(readFileSync(near.keyFile));
    const jwt = (claims: Record<string, unknown>, key: typeof own | typeof privateKey = own) =>
      new SignJWT({
        iss: 'interim',
        sub: 'interim',
        aud: near.ebox.tokenUrl,
        jti: randomUUID(),
        iat: now,
        exp: now + 60,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256' })
        .sign(key);
    const good = await jwt({});
    expect((await ask(good)).status).toBe(200);
    for (const bad of [
      good,
      await jwt({}, privateKey),
      await jwt({ sub: 'other' }),
      await jwt({ aud: 'https://elsewhere.example' }),
      await jwt({ exp: now - 1 }),
      await jwt({ exp: now + 3600 }),
      await jwt({ jti: undefined }),
      'x',
    ])
      expect((await ask(bad)).status).toBe(400);
  });

  it('is consulted as documented', async () => {
    await send({ told: right() });
    const headers = { authorization: `Bearer ${await token()}` };
    const read = async (path: string) => (await fetch(`${near.ebox.url}${path}`, { headers })).json();
    expect(await read(`/ebox?ssin=${INSZ}`)).toEqual({ numberOfMessages: 1, numberOfUnreadMessages: 1 });
    const { items, totalItems } = (await read(`/ebox/messages?ssin=${INSZ}`)) as {
      items: { messageId: string }[];
      totalItems: number;
    };
    expect(totalItems).toBe(1);
    expect(await read(`/ebox/messages?ssin=00000000000`)).toEqual({ items: [], totalItems: 0 });
    expect(await read(`/ebox/messages/${items[0]?.messageId}/attachments?ssin=${INSZ}`)).toMatchObject({
      totalItems: 1,
    });
  });
});
