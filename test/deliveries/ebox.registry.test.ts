import { randomUUID } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA } from '../../src/stubs/ebox.message.ts';
import { attachment, callerOf, digestOf, INSZ, PDF, right, type Sent } from './ebox.caller.ts';
import { type Neighbours, openNeighbours, RULES } from './neighbours.ts';

const COMPANY = '0403449823';

let near: Neighbours;
let caller: ReturnType<typeof callerOf>;
beforeAll(async () => {
  near = await openNeighbours();
  caller = callerOf(near);
});
afterEach(() => {
  near.ebox.book.stored.length = 0;
});
afterAll(() => near.close());

const digest = (digestValue: string) => [attachment({ digest: { digestMethod: 'sha_256', digestValue } })];
/** As the documentation has them. */
const REFUSED: [what: string, sent: Sent, code: string][] = [
  [
    'none marked',
    { told: right({ attachments: [attachment({ isMainContent: false })] }) },
    'INVALID_INPUT: No main content attachment. Exactly one is expected',
  ],
  [
    'a body that is marked and not there',
    { told: right({ isBodyMainContent: true, attachments: [attachment({ isMainContent: false })] }) },
    'INVALID_INPUT: No main content attachment. Exactly one is expected',
  ],
  [
    'body and attachment marked',
    { told: right({ isBodyMainContent: true, bodyContent: { nl: 'x' } }) },
    'INVALID_INPUT: Too many main content. Exactly one is expected',
  ],
  [
    'two attachments marked',
    {
      told: right({ attachments: [attachment(), attachment({ httpPartName: 'upfile2' })] }),
      parts: [{}, { name: 'upfile2' }],
    },
    'INVALID_INPUT: Too many main content. Exactly one is expected',
  ],
  [
    'a type that is not allowed',
    { told: right(), parts: [{ type: 'image/png' }] },
    'INVALID_INPUT: Attachment mime type is not valid. See spec for list of available mime types',
  ],
  [
    'more parts than attachments',
    { told: right(), parts: [{}, { name: 'upfile2' }] },
    'INVALID_INPUT: Json Attachments number is inconsistent with number of parts',
  ],
  [
    'fewer parts than attachments',
    { told: right(), parts: [] },
    'INVALID_INPUT: Json Attachments number is inconsistent with number of parts',
  ],
  [
    'an attachment without part',
    { told: right({ attachments: [attachment({ httpPartName: 'upfile9' })] }) },
    'INVALID_INPUT: Some json attachment info do not match any file upload part',
  ],
  [
    'two attachments of one part',
    {
      told: right({ attachments: [attachment(), attachment({ isMainContent: false })] }),
      parts: [{}, { name: 'upfile2' }],
    },
    'INVALID_INPUT: Some json attachment info do not match any file upload part',
  ],
  [
    'a part without file name',
    { told: right(), parts: [{ fileName: null }] },
    'INVALID_INPUT: Missing mediaType or fileName in part',
  ],
  [
    'a part without type',
    { told: right(), parts: [{ type: null }] },
    'INVALID_INPUT: Missing mediaType or fileName in part',
  ],
  [
    'another organisation',
    { told: right({ sender: { eboxType: 'enterprise', enterpriseNumber: COMPANY } }) },
    'INVALID_SENDER: Invalid sender: user credentials does not match payload',
  ],
  [
    'a message type not agreed',
    { told: right({ messageTypeId: 'other' }) },
    'INVALID_SENDER: Invalid message configuration',
  ],
  [
    'an application not agreed',
    { told: right({ senderApplicationId: 'other' }) },
    'INVALID_SENDER: Invalid message configuration',
  ],
  [
    'an enterprise, where citizens were agreed',
    { told: right({ recipient: { eboxType: 'enterprise', enterpriseNumber: COMPANY } }) },
    'INVALID_SENDER: Invalid message configuration',
  ],
  [
    'two languages',
    { told: right({ subject: { nl: 'a', fr: 'b' } }) },
    'NOT_IMPLEMENTED: Multiple languages provided when only one expected',
  ],
  [
    'two languages of a body',
    { told: right({ bodyContent: { nl: 'a', fr: 'b' } }) },
    'NOT_IMPLEMENTED: Multiple languages provided when only one expected',
  ],
  [
    'a digest in hex',
    { told: right({ attachments: digest(digestOf(PDF, 'hex')) }) },
    'DIGEST_DO_NOT_MATCH: Issue with Digest',
  ],
  [
    'a digest in plain base64',
    { told: right({ attachments: digest(digestOf(PDF, 'base64')) }) },
    'DIGEST_DO_NOT_MATCH: Issue with Digest',
  ],
  [
    'the digest of something else',
    { told: right({ attachments: digest(digestOf(Buffer.from('else'))) }) },
    'DIGEST_DO_NOT_MATCH: Issue with Digest',
  ],
];

describe('the registry', () => {
  it.each(REFUSED)('refuses %s', async (_, sent, words) => {
    const { status, id, code, message } = await caller.send(sent);
    expect([status, `${code}: ${message}`]).toEqual([400, words]);
    expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(near.ebox.book.stored).toEqual([]);
  });

  it.each([
    ['no recipient', right({ recipient: undefined })],
    ['a property that is null', right({ bodyContent: null })],
    ['a national number of one digit', right({ recipient: { eboxType: 'citizen', ssin: '1' } })],
    ['the names of the older version', right({ recipient: { eboxType: 'citizen', eboxIdValue: INSZ } })],
    ['a subject without language', right({ subject: {} })],
    ['a subject of 401 characters', right({ subject: { nl: 'x'.repeat(401) } })],
    [
      'an attachment that does not say whether it is the main one',
      right({ attachments: [{ httpPartName: 'upfile1' }] }),
    ],
    ['what is no JSON', '{'],
  ])('refuses %s by its schema', async (_, told) => {
    const { status, message } = await caller.send({ told });
    expect([status, message?.slice(0, 14)]).toEqual([400, 'Invalid Schema']);
  });

  it.each([
    ['recipient', right({ recipient: { eboxType: 'citizen', ssin: '85073003329' } })],
    ['reader', right({ forTheAttentionOf: { ssin: '85073003329', label: 'Ann' } })],
    ['business data', right({ businessDataList: [{ key: 'unheard-of', values: [{ nl: 'x' }] }] })],
  ])('refuses a %s that does not exist', async (_, told) => {
    expect(await caller.send({ told })).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
  });

  it('takes no body above its limit', async () => {
    near.ebox.book.rules.mostBytes = PDF.length - 1;
    expect((await caller.send({ told: right() })).status).toBe(413);
    near.ebox.book.rules.mostBytes = PDF.length;
    expect((await caller.send({ told: right() })).status).toBe(201);
    near.ebox.book.rules.mostBytes = RULES.mostBytes;
  });

  it('aimed at enterprises, knows those that exist', async () => {
    const other = await openNeighbours({ enterprises: new Set([COMPANY]) });
    const to = (enterpriseNumber: string) =>
      callerOf(other).send({ told: right({ recipient: { eboxType: 'enterprise', enterpriseNumber } }) });
    expect((await to(COMPANY)).status).toBe(201);
    expect(await to('0852093432')).toMatchObject({
      code: 'INVALID_INPUT',
      message: '0852093432 is not a valid company',
    });
    expect(await callerOf(other).send({ told: right() })).toMatchObject({ code: 'INVALID_SENDER' });
    await other.close();
  });

  it('takes parts in any order, six of them, of every allowed type, to the byte', async () => {
    const types = [...MEDIA];
    expect(types).toHaveLength(15);
    const names = types.map((_, n) => `upfile${n + 1}`);
    const attachments = names.map((name, n) => attachment({ httpPartName: name, isMainContent: n === 3 }));
    const parts = names.map((name, n) => ({ name, type: `${types[n]}; charset=x` }));
    expect((await caller.send({ told: right({ attachments }), parts: parts.toReversed(), order: 'last' })).status).toBe(
      201,
    );
    const six = { attachments: attachments.slice(0, 6) };
    expect((await caller.send({ told: right(six), parts: parts.slice(0, 6) })).status).toBe(201);
    const stored = near.ebox.book.stored.flatMap((one) => one.attachments);
    expect(stored.map(({ mediaType }) => mediaType)).toEqual([...types, ...types.slice(0, 6)]);
    expect(stored.every(({ bytes }) => bytes.equals(PDF))).toBe(true);
  });

  it('reads a name that was sent percent-encoded', async () => {
    await caller.send({ told: right(), parts: [{ fileName: encodeURIComponent('Łukasz 100%.pdf') }] });
    await caller.send({ told: right(), parts: [{ fileName: '100%.pdf' }] });
    const names = near.ebox.book.stored.map(({ attachments }) => attachments[0]?.fileName);
    expect(names).toEqual(['Łukasz 100%.pdf', '100%.pdf']);
  });

  it('answers with an id and the day it ends, and says of whom it knows no reader', async () => {
    const { status, ...told } = await caller.send({ told: right() });
    expect([status, told]).toEqual([
      201,
      {
        messageId: expect.stringMatching(/^[\da-f-]{36}$/),
        expirationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/),
      },
    ]);
    const recipient = { eboxType: 'citizen', ssin: [...RULES.neverOpened][0] };
    expect(await caller.send({ told: right({ recipient }) })).toMatchObject({ status: 201, code: 'NO_DIGITAL_USER' });
  });

  it('takes a key once, whatever comes with it, and only where something was kept', async () => {
    const key = `"${randomUUID()}"`;
    expect((await caller.send({ told: right({ messageTypeId: 'other' }), key })).status).toBe(400);
    expect((await caller.send({ told: right(), key })).status).toBe(201);
    expect((await caller.send({ told: right({ subject: { fr: 'autre' } }), key })).status).toBe(409);
    expect((await caller.send({ told: right(), key, parts: [{ type: 'image/png' }] })).status).toBe(409);
    expect(near.ebox.book.stored).toHaveLength(1);
  });
});

describe('the authorization server', () => {
  it('gives a token for an assertion that is right in everything, once', async () => {
    const now = Math.floor(Date.now() / 1000);
    const [rsa, ec] = [await generateKeyPair('RS256'), await generateKeyPair('ES256')];
    const good = await caller.assertion();
    expect(await (await caller.ask(good)).json()).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    for (const bad of [
      good,
      await caller.assertion({}, rsa.privateKey),
      await caller.assertion({}, ec.privateKey, 'ES256'),
      await caller.assertion({ iss: 'other' }),
      await caller.assertion({ sub: 'other' }),
      await caller.assertion({ aud: 'https://elsewhere.example' }),
      await caller.assertion({ exp: now - 1 }),
      await caller.assertion({ exp: now + 3600 }),
      await caller.assertion({ jti: undefined }),
      'x',
    ]) {
      const answer = await caller.ask(bad);
      expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_client' }]);
    }
  });

  it.each([
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ client_assertion_type: 'secret' }, 'invalid_request'],
    [{ scope: 'made-up' }, 'invalid_scope'],
  ])('refuses %j', async (more, error) => {
    const answer = await caller.ask(await caller.assertion(), more as Record<string, string>);
    expect([answer.status, await answer.json()]).toEqual([400, { error }]);
  });

  it('and the registry hold a token to its scopes and its time', async () => {
    const bearer = await caller.token('scope:document:management:consult:ws-eboxrestentreprise:referencedata');
    expect((await caller.send({ told: right(), bearer })).status).toBe(403);
    expect((await caller.send({ told: right(), bearer: 'made-up' })).status).toBe(401);
    const once = await caller.token();
    expect((await caller.send({ told: right(), bearer: once })).status).toBe(201);
    near.ebox.tokens.expire();
    expect((await caller.send({ told: right(), bearer: once })).status).toBe(401);
  });

  it('tells who bears a token', async () => {
    const body = new URLSearchParams({ token: await caller.token() });
    const told = await caller.read('/REST/oauth/v5/introspect', { method: 'POST', body });
    expect(await told.json()).toMatchObject({
      ...{ active: true, client_id: 'interim', token_type: 'access_token' },
      principalAttributes: { 'urn:be:fgov:kbo-bce:organization:cbe-number': [RULES.enterpriseNumber] },
    });
    const other = new URLSearchParams({ token: 'x' });
    const unknown = await caller.read('/REST/oauth/v5/introspect', { method: 'POST', body: other });
    expect(await unknown.json()).toEqual({ active: false });
  });
});
