import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PEOPLE } from '../../src/stubs/people.ts';
import { attachment, callerOf, digestOf, INSZ, PDF, right } from './ebox.caller.ts';
import { type Neighbours, openNeighbours, RULES } from './neighbours.ts';

const OTHER = DEMO_PEOPLE[1]?.insz ?? '';
const COMPANY = '0403449823';
const BUSINESS = 'period';

let near: Neighbours;
let caller: ReturnType<typeof callerOf>;
beforeAll(async () => {
  near = await openNeighbours({ businessData: new Set([BUSINESS]), neverOpened: new Set([OTHER]) });
  caller = callerOf(near);
});
afterEach(() => {
  near.ebox.book.stored.length = 0;
});
afterAll(() => near.close());

interface Message {
  messageId: string;
  readStatus: boolean;
  attachments: { items: { attachmentId: string; contentHref: string }[]; totalItems: number };
}
interface Messages {
  items: Message[];
  totalItems: number;
}
const json = async <T>(path: string, more = {}) => (await (await caller.read(path, more)).json()) as T;
const statusOf = async (path: string, more = {}) => (await caller.read(path, more)).status;
const put = async (more = {}, parts = [{}]) => (await caller.send({ told: right(more), parts })).messageId ?? '';
const idsOf = async (query: string) =>
  (await json<Messages>(`/ebox/messages${query}`)).items.map(({ messageId }) => messageId);
const hide = (messageId: string, visible = false, type = 'application/merge-patch+json') =>
  caller.read('/ebox/messages', {
    method: 'PATCH',
    headers: { 'content-type': type },
    body: JSON.stringify({ items: [{ messageId, visible }] }),
  });
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

describe('an eBox', () => {
  it('is told in figures', async () => {
    expect(await json('/ebox', { of: 'citizen 00000000097' })).toEqual({
      ...{ numberOfMessages: 0, numberOfUnreadMessages: 0, eboxSize: 0 },
    });
    await put();
    await caller.read('/ebox/messages');
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/);
    expect(await json('/ebox')).toEqual({
      ...{ numberOfMessages: 1, numberOfUnreadMessages: 1, eboxSize: 1 },
      ...{ lastReceiptDate: instant, lastConsultationDate: instant },
    });
  });

  it('opens to a token for it, of a box that is named', async () => {
    const headers = {
      authorization: `Bearer ${await caller.token('scope:document:management:consult:ws-eboxrestentreprise:publicationsender')}`,
    };
    expect(await statusOf('/ebox', { headers })).toBe(403);
    expect(await statusOf('/ebox/messages', { headers: { authorization: 'Bearer made-up' } })).toBe(401);
    expect(await statusOf('/ebox', { of: '' })).toBe(400);
    expect(await statusOf('/ebox', { method: 'DELETE' })).toBe(405);
  });

  it('lists its messages newest first, page by page, and nobody else’s', async () => {
    const [first, second, third] = [await put(), await put(), await put()];
    expect(await idsOf('')).toEqual([third, second, first]);
    expect(await idsOf('?pageSize=2')).toEqual([third, second]);
    expect(await json<Messages>('/ebox/messages?page=2&pageSize=2')).toMatchObject({
      items: [{ messageId: first }],
      totalItems: 3,
    });
    expect(await json('/ebox/messages?page=9')).toEqual({ items: [], totalItems: 3 });
    expect(await json('/ebox/messages', { of: `citizen ${OTHER}` })).toEqual({ items: [], totalItems: 0 });
    expect(await statusOf(`/ebox/messages/${first}`, { of: `citizen ${OTHER}` })).toBe(404);
  });

  it.each(['page=0', 'page=x', 'pageSize=0', 'pageSize=101', 'q=x', 'readStatus=maybe', 'receivedAfter=2026-02-30'])(
    'knows no %s',
    async (query) => {
      expect(await statusOf(`/ebox/messages?${query}`)).toBe(400);
    },
  );

  it('finds by all that was asked together', async () => {
    const businessDataList = [{ key: BUSINESS, values: [{ fr: 'Été chez Tempo' }] }];
    const [plain, told] = [await put(), await put({ subject: { fr: 'Congés' }, businessDataList })];
    const found: [query: string, ids: string[]][] = [
      ['q=conges&qlang=fr', [told]],
      ['q=%C3%A9T%C3%89%20chez&qlang=fr', [told]],
      ['q=national%20de&qlang=fr', [told, plain]],
      ['q=national%20de&qlang=nl', []],
      ['q=conges&qlang=fr&readStatus=true', []],
      ['readStatus=false&visible=true&registeredMail=false', [told, plain]],
      [`messageTypeId=${RULES.messageType}&senderApplicationId=${RULES.application}`, [told, plain]],
      [`senderOrganizationId=${RULES.enterpriseNumber}`, [told, plain]],
      [`senderOrganizationId=${COMPANY}`, []],
      [`receivedAfter=${days(-2)}&receivedBefore=${days(2)}`, [told, plain]],
      [`receivedAfter=${days(2)}`, []],
      [`expiredAfter=${days(360)}`, [told, plain]],
      [`expiredBefore=${days(360)}`, []],
    ];
    for (const [query, ids] of found) expect([query, await idsOf(`?${query}`)]).toEqual([query, ids]);
  });
});

describe('a message', () => {
  it('is told in the names of its version, without anything null', async () => {
    const messageId = await put({ forTheAttentionOf: { ssin: INSZ, label: 'Ann' } });
    const told = await json<Message>(`/ebox/messages/${messageId}`);
    const [only] = told.attachments.items;
    expect(told).toEqual({
      ...{ messageId, messageTypeId: RULES.messageType, subject: { nl: 'Je overzicht' } },
      ...{ senderOrganizationId: RULES.enterpriseNumber, senderApplicationId: RULES.application },
      ...{ receiptDate: expect.any(String), expirationDate: expect.any(String) },
      ...{ readStatus: false, visible: true, registeredMail: false, bodyMainContent: false, replyAuthorized: false },
      forTheAttentionOf: { type: 'person', id: INSZ, name: 'Ann' },
      attachments: {
        items: [
          {
            ...{ attachmentId: expect.any(String), fileName: 'a.pdf', attachmentTitle: 'a.pdf' },
            ...{ mediaType: 'application/pdf', size: 1, mainContent: true, attachmentSigned: false },
            digest: { digestMethod: 'sha_256', digestValue: digestOf(PDF) },
            contentHref: expect.stringMatching(/\/content$/),
          },
        ],
        totalItems: 1,
      },
    });
    expect(await json(`/ebox/messages/${messageId}/attachments`)).toEqual(told.attachments);
    expect(await json(`/ebox/messages/${messageId}/attachments/${only?.attachmentId}`)).toEqual(only);
  });

  it('is read once its main content was fetched, which comes to the byte; an annex does not count', async () => {
    const annex = attachment({ httpPartName: 'upfile2', isMainContent: false });
    const messageId = await put({ attachments: [annex, attachment()] }, [{}, { name: 'upfile2' }]);
    const { items } = (await json<Message>(`/ebox/messages/${messageId}`)).attachments;
    await caller.read(items[0]?.contentHref ?? '');
    expect(await idsOf('?readStatus=true')).toEqual([]);
    const content = await caller.read(items[1]?.contentHref ?? '');
    expect(content.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await content.arrayBuffer()).equals(PDF)).toBe(true);
    expect(await idsOf('?readStatus=true')).toEqual([messageId]);
    expect(await json('/ebox')).toMatchObject({ numberOfUnreadMessages: 0 });
  });

  it('can be a body', async () => {
    const messageId = await put({ attachments: [], isBodyMainContent: true, bodyContent: { nl: 'Dag Ann' } }, []);
    expect(await json(`/ebox/messages/${messageId}`)).toMatchObject({ bodyMainContent: true, readStatus: false });
    expect(await json(`/ebox/messages/${messageId}/body`)).toEqual({ nl: 'Dag Ann' });
    expect(await json(`/ebox/messages/${messageId}`)).toMatchObject({ readStatus: true });
  });

  it.each(['/x', '/attachments/x', '/attachments/x/content', '/body', '/paymentData'])('has no %s', async (rest) => {
    expect(await statusOf(`/ebox/messages/${await put()}${rest}`)).toBe(404);
  });

  it('can be hidden and shown again', async () => {
    const messageId = await put();
    const inbox = async () => (await fetch(`${near.ebox.inbox}/people/0`)).text();
    expect(await inbox()).toContain('Je overzicht');
    expect(await (await hide(messageId)).json()).toMatchObject({ items: [{ messageId, visible: false }] });
    expect(await idsOf('?visible=true')).toEqual([]);
    expect(await inbox()).not.toContain('Je overzicht');
    await hide(messageId, true);
    expect(await idsOf('?visible=true')).toEqual([messageId]);
    expect((await hide(messageId, false, 'application/json')).status).toBe(415);
    expect((await hide('unheard-of')).status).toBe(404);
    expect(await idsOf('?visible=false')).toEqual([]);
  });

  it('can be asked how it stands, in its own box only', async () => {
    const messageId = await put();
    const asked = (eboxIdValue: string) => ({ messageId, eboxId: { eboxType: 'citizen', eboxIdValue } });
    const sought = (body: unknown) =>
      caller.read('/searchMessageStatus', { method: 'POST', body: JSON.stringify(body) });
    const answer = await sought([asked(INSZ), asked(OTHER)]);
    expect([answer.status, await answer.json()]).toEqual([
      201,
      [{ ...asked(INSZ), expirationDate: expect.any(String), readStatus: false, visible: true }],
    ]);
    expect((await sought({ messageId })).status).toBe(400);
  });
});

describe('reference data', () => {
  it.each([
    ['messageTypes', RULES.messageType, 'messageTypeId', 'messageTypeName'],
    ['senderApplications', RULES.application, 'applicationId', 'applicationName'],
    ['senderOrganizations', RULES.enterpriseNumber, 'organizationId', 'organizationShortName'],
  ])('%s stand in three languages and may be kept a day', async (kind, id, key, name) => {
    const listed = await caller.read(`/referenceData/${kind}`);
    expect(listed.headers.get('cache-control')).toBe('max-age=86400');
    const one = await json<Record<string, object>>(`/referenceData/${kind}/${id}`);
    expect(await listed.json()).toEqual({ items: [one], totalItems: 1 });
    expect(one[key]).toBe(id);
    expect(Object.keys(one[name] ?? {})).toEqual(['nl', 'fr', 'de']);
    expect(await statusOf(`/referenceData/${kind}?page=0`)).toBe(400);
    expect(await statusOf(`/referenceData/${kind}/unheard-of`)).toBe(404);
    expect(await statusOf(`/referenceData/${kind}/%zz`)).toBe(404);
  });

  it('says how long a message is kept, and has the organisation’s image', async () => {
    expect(await json(`/referenceData/messageTypes/${RULES.messageType}`)).toMatchObject({
      validityPeriod: { validityPeriodNumber: 1, validityPeriodUnit: 'year' },
    });
    const path = `/referenceData/senderOrganizations/${RULES.enterpriseNumber}`;
    const { logos } = await json<{ logos: { contentHref: string }[] }>(path);
    const image = await caller.read(logos[0]?.contentHref ?? '');
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('has its newer address too', async () => {
    const newer = `${new URL(near.ebox.url).pathname}/refData/messageTypes`;
    expect(await json(newer)).toEqual(await json('/referenceData/messageTypes'));
  });
});

describe('who uses his eBox', () => {
  const FEDERATION = '/REST/ebox/enterprise/federation/v1';
  const post = (path: string, body: unknown, by = caller) =>
    by.read(FEDERATION + path, { method: 'POST', body: JSON.stringify(body) });

  it('is told of citizens', async () => {
    const ssinList = [INSZ, OTHER, '00000000097'];
    expect(await (await post('/citizenEboxConsents/search', { ssinList })).json()).toEqual([
      { ssin: INSZ, hasConsent: true },
      { ssin: OTHER, hasConsent: false },
    ]);
    expect((await post('/citizenEboxConsents/search', {})).status).toBe(400);
  });

  it('is told of enterprises', async () => {
    const other = await openNeighbours({ enterprises: new Set([COMPANY]) });
    const asked = { eboxType: 'ENTERPRISE', eboxIdType: 'EnterpriseNumber', eboxIdValueList: [COMPANY, '0852093432'] };
    expect(await (await post('/eboxPreferences/search', asked, callerOf(other))).json()).toEqual([
      { eboxId: { eboxType: 'enterprise', eboxIdValue: COMPANY }, exclusivelyEbox: false },
    ]);
    await other.close();
  });
});

describe('“My eBox”', () => {
  const page = async (path: string) => (await fetch(near.ebox.inbox + path)).text();

  it('shows a person his messages as text, and marks what he opened', async () => {
    const messageId = await put({ subject: { nl: '<b>Je overzicht</b>' } });
    const n = (await page('/')).match(/\/people\/(\d+)">[^<]+<\/a> <span class="new">1 new/)?.[1];
    expect(await page(`/people/${n}`)).toContain('&lt;b&gt;Je overzicht&lt;/b&gt;');
    const opened = await page(`/people/${n}/messages/${messageId}`);
    const href = opened.match(/href="([^"]+\/a\.pdf)"/)?.[1] ?? '';
    expect(href).not.toContain(INSZ);
    expect(await page('/')).toContain('1 new');
    const file = await fetch(near.ebox.inbox + href);
    expect(Buffer.from(await file.arrayBuffer()).equals(PDF)).toBe(true);
    expect(await page('/')).not.toContain('1 new');
  });
});
