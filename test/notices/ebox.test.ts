import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Stored } from '../../src/stubs/ebox.ts';
import { DEMO_PEOPLE } from '../../src/stubs/people.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { type Neighbours, openNeighbours } from '../deliveries/neighbours.ts';
import { type ReadElement, readPdf } from '../overviews/reading.ts';

const NOW = '2026-11-23T09:00:00Z';
const TEMPO = '0403449823';
const ME = DEMO_PEOPLE[0]?.insz ?? '';

let near: Neighbours;
let portal: TestApp;
let cookie: string;

beforeAll(async () => {
  near = await openNeighbours();
  portal = await openTestApp({ at: NOW, environment: near.environment });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency')`,
    [TEMPO],
  );
  cookie = await portal.signInAs(ME);
});
afterEach(async () => {
  near.ebox.fail(null);
  await portal.db.query('delete from pgboss.job');
});
afterAll(async () => {
  await portal.close();
  await near.close();
});

const choose = (fields: Record<string, string>, lang = 'nl') =>
  portal.app.inject({
    method: 'POST',
    url: '/notices',
    headers: { ...OWN, cookie: `${cookie}; lang=${lang}`, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
let days = 0;
async function declare() {
  const day = new Date(Date.UTC(2026, 11, 1 + days++)).toISOString().slice(0, 10);
  const declaration = temp({
    employer: { enterpriseNumber: TEMPO },
    worker: { insz: ME },
    startDate: day,
    endDate: day,
    receivedAt: NOW,
  });
  await portal.house.intake.receive([{ declaration, sourceKey: null }], { channel: 'service', now: NOW });
}
/** All that a screen reader hears of the message's PDF. */
async function textOf(message: Stored | undefined): Promise<string> {
  if (!message) throw new Error('nothing arrived');
  const heard = ({ text, children }: ReadElement): string => text + children.map(heard).join(' ');
  const { pages, marked } = await readPdf(new Uint8Array(message.attachments[0]?.bytes ?? Buffer.alloc(0)));
  expect(marked).toBe(true);
  return pages.map(({ tree }) => heard(tree)).join(' ');
}
const worked = async () => {
  while ((await portal.house.jobs.workOff({ early: true })) > 0);
};

describe('notices to the eBox', () => {
  it('can be chosen without an e-mail address, and come as a PDF in the language of the choice, without a number', async () => {
    const page = await portal.app.inject({ url: '/notices', headers: { cookie } });
    expect(page.body).toContain('name="ebox-declared"');
    expect(page.body).not.toContain('name="mail-declared"');
    expect((await choose({ 'ebox-declared': 'yes' }, 'fr')).headers.location).toBe('/notices?said=saved');
    await declare();
    await worked();
    const message = near.ebox.book.stored.at(-1);
    expect(message?.eboxIdValue).toBe(ME);
    expect(Object.keys(message?.subject ?? {})).toEqual(['fr']);
    const text = await textOf(message);
    expect(text).toContain('Tempo Interim');
    expect(text).toContain('http://localhost:3999/relations/');
    expect(text).toContain('/unsubscribe/');
    expect(text.replaceAll(/\D/g, '')).not.toContain(ME);
  });

  it('of a day come as one message the morning after, which says that a relation is no contract', async () => {
    await choose({ 'ebox-declared': 'yes', 'pace-declared': 'daily' });
    const before = near.ebox.book.stored.length;
    await declare();
    await declare();
    await worked();
    expect(near.ebox.book.stored.length).toBe(before);
    await portal.house.notices.sweep('2026-11-24T06:00:01Z');
    await worked();
    expect(near.ebox.book.stored.length).toBe(before + 1);
    const text = await textOf(near.ebox.book.stored.at(-1));
    expect(text.match(/Tempo Interim/g)?.length).toBe(2);
    expect(text).toContain('geen arbeidsovereenkomst');
  });

  it('stand there once, though the answer that they were kept was lost', async () => {
    await choose({ 'ebox-declared': 'yes' });
    const before = near.ebox.book.stored.length;
    near.ebox.fail('die-after', 1);
    await declare();
    await worked();
    expect(near.ebox.book.stored.length).toBe(before + 1);
  });

  it('wait for an eBox that is away, and keep no mail waiting', async () => {
    const before = near.ebox.book.stored.length;
    near.ebox.fail('500');
    await declare();
    await portal.house.jobs.workOff();
    await portal.house.jobs.workOff();
    expect(near.ebox.book.stored.length).toBe(before);
    const { rows } = await portal.db.query(`select name, state from pgboss.job where state in ('retry', 'created')`);
    expect(rows).toEqual([{ name: 'notice-ebox', state: 'retry' }]);
    near.ebox.fail(null);
    await worked();
    expect(near.ebox.book.stored.length).toBe(before + 1);
  });

  it('are silenced by the address that they print', async () => {
    await declare();
    await worked();
    // a long address goes on on the next line
    const text = (await textOf(near.ebox.book.stored.at(-1))).replaceAll(/\s/g, '');
    const [path = ''] = text.match(/\/unsubscribe\/[\w-]{43}/) ?? [];
    const headers = { ...OWN, 'content-type': 'application/x-www-form-urlencoded' };
    await portal.app.inject({ method: 'POST', url: path, headers, payload: 'stop=yes' });
    expect((await portal.db.query('select from notice_choices')).rowCount).toBe(0);
  });
});
