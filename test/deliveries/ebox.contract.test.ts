import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ebox, openEbox } from '../../src/platform/ebox.ts';
import { GiveUp } from '../../src/platform/jobs.ts';
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

  it.each(['500', '429'] as const)('again later, on %s', async (fault) => {
    near.ebox.fail(fault, 1);
    const error = await faultOf(publish());
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(GiveUp);
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
