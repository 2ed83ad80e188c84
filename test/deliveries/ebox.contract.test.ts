import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ebox, openEbox } from '../../src/platform/ebox.ts';
import { GiveUp } from '../../src/platform/jobs.ts';
import { FAULTS } from '../../src/stubs/ebox.faults.ts';
import { type Neighbours, openNeighbours, RULES } from './neighbours.ts';

const INSZ = '85073003328';
const PDF = Buffer.from('%PDF-1.7 of a test');
const digestOf = (bytes: Buffer, as: 'hex' | 'base64' | 'base64url' = 'base64url') =>
  createHash('sha256').update(bytes).digest(as);

let near: Neighbours;
let ebox: Ebox;
const openClient = (more: Partial<Parameters<typeof openEbox>[0]> = {}) =>
  openEbox({
    url: near.ebox.url,
    tokenUrl: near.ebox.tokenUrl,
    clientId: 'interim',
    keyFile: near.keyFile,
    sender: RULES,
    ...more,
  });
beforeAll(async () => {
  near = await openNeighbours();
  ebox = openClient();
});
afterEach(() => {
  near.ebox.fail(null);
  near.ebox.book.stored.length = 0;
});
afterAll(() => near.close());

const message = (more = {}) => ({
  insz: INSZ,
  lang: 'nl' as const,
  subject: 'Je overzicht',
  fileName: 'a.pdf',
  pdf: PDF,
  key: randomUUID(),
  ...more,
});
const signal = () => AbortSignal.timeout(10_000);
const publish = (more = {}, client = ebox) => client.publish(message(more), signal());
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error) => error,
  );

describe('the client publishes', () => {
  it('one PDF in one language, which the citizen finds as it was', async () => {
    expect(await publish()).toMatchObject({
      status: 'published',
      messageId: expect.any(String),
      expiresAt: expect.stringMatching(/Z$/),
    });
    const [stored] = near.ebox.book.stored;
    expect(stored).toMatchObject({ eboxType: 'citizen', eboxIdValue: INSZ, subject: { nl: 'Je overzicht' } });
    expect(stored?.attachments[0]).toMatchObject({
      fileName: 'a.pdf',
      mediaType: 'application/pdf',
      sha256: digestOf(PDF, 'hex'),
    });
  });

  it('and tells of an eBox that was never opened', async () => {
    expect(await publish({ insz: '98472899765' })).toMatchObject({ status: 'neverOpened' });
  });

  it('once, when the answer was lost after it was kept', async () => {
    const key = randomUUID();
    near.ebox.fail('die-after', 1);
    expect(await faultOf(publish({ key }))).not.toBeInstanceOf(GiveUp);
    expect(await publish({ key })).toEqual({ status: 'known', messageId: null, expiresAt: null });
    expect(near.ebox.book.stored).toHaveLength(1);
  });

  it('once, when no answer came after it was kept', async () => {
    const key = randomUUID();
    near.ebox.fail('silent-after', 1);
    const error = await faultOf(ebox.publish(message({ key }), AbortSignal.timeout(1_000)));
    expect([error?.name, error instanceof GiveUp]).toEqual(['TimeoutError', false]);
    expect(await publish({ key })).toMatchObject({ status: 'known' });
    expect(near.ebox.book.stored).toHaveLength(1);
  });

  it.each(['500', '503', '429'] as const)('again later, on %s', async (fault) => {
    near.ebox.fail(fault, 1);
    const key = randomUUID();
    const error = await faultOf(publish({ key }));
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(GiveUp);
    expect(await publish({ key })).toMatchObject({ status: 'published' });
  });

  it('with a fresh token when the old one ran out, and only once', async () => {
    await publish();
    near.ebox.tokens.expire();
    expect(await publish()).toMatchObject({ status: 'published' });
    near.ebox.fail('401', 1);
    expect(await publish()).toMatchObject({ status: 'published' });
    near.ebox.fail('401', 2);
    expect(await faultOf(publish())).not.toBeInstanceOf(GiveUp);
  });

  it('never again what is refused for good, and repeats no words of the refusal', async () => {
    near.ebox.fail('digest', 1);
    const error = await faultOf(publish());
    expect(error).toBeInstanceOf(GiveUp);
    expect(error?.message).toMatch(/^the eBox refuses: 400 DIGEST_DO_NOT_MATCH, reference [\w-]+$/);
    const stranger = openClient({ sender: { ...RULES, enterpriseNumber: '0403449823' } });
    expect(await faultOf(publish({}, stranger))).toBeInstanceOf(GiveUp);
    expect((await faultOf(publish({ insz: '123' })))?.message).not.toContain('123');
  });
});

describe('the registry is told to fail', () => {
  const page = () => near.ebox.inbox.concat('/faults');
  const tell = (fault: string, times = '', headers = {}) =>
    fetch(page(), { method: 'POST', body: new URLSearchParams({ fault, times }), headers, redirect: 'manual' });
  const stands = async () => (await fetch(`${page()}.json`)).json();

  it.each(Object.keys(FAULTS).filter((fault) => fault !== 'slow'))('%s, once, by its own page', async (fault) => {
    expect((await tell(fault, '1')).status).toBe(303);
    expect(await stands()).toEqual({ fault, left: 1 });
    const kept = fault.endsWith('-after');
    const patience = fault === 'silent-after' ? AbortSignal.timeout(1_000) : signal();
    const told = await faultOf(ebox.publish(message(), patience));
    // a new token is asked for and then it goes well
    expect(told === null).toBe(fault === '401');
    expect(near.ebox.book.stored).toHaveLength(kept || fault === '401' ? 1 : 0);
    expect(await stands()).toEqual({ fault: null, left: null });
    expect(await publish()).toMatchObject({ status: 'published' });
  });

  it('until it is told otherwise, and says so to people', async () => {
    await tell('503');
    for (const _ of [1, 2, 3]) expect(await faultOf(publish())).toBeInstanceOf(Error);
    expect(await stands()).toEqual({ fault: '503', left: null });
    expect(await (await fetch(page())).text()).toContain('Now the eBox answers 503.');
    await tell('');
    expect(await publish()).toMatchObject({ status: 'published' });
  });

  it('slowly, and all the same answers', async () => {
    await tell('slow', '1');
    const began = performance.now();
    expect(await publish()).toMatchObject({ status: 'published' });
    expect(performance.now() - began).toBeGreaterThan(2_900);
  });

  it('in nothing it does not know, and never by another site', async () => {
    for (const [fault, times] of [['unheard-of'], ['500', '0'], ['500', 'x'], ['constructor']])
      expect((await tell(fault ?? '', times)).status).toBe(400);
    expect((await tell('500', '', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await stands()).toEqual({ fault: null, left: null });
  });
});
