import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { declareFor } from '../house/routes.arrange.ts';
import { inszNumber } from '../records.ts';
import { actsOf, askedOf, countedHashing, giveToken, NOW, PASSWORD, stateOf, Visitor } from './keys.example.ts';

let portal: TestApp;
let people = 60;
beforeAll(async () => {
  portal = await openTestApp({ at: NOW, hashing: countedHashing() });
});
afterAll(() => portal.close());

/** Somebody who signed in with his eID just now. */
async function somebody(): Promise<{ insz: string; visitor: Visitor }> {
  const insz = inszNumber(people++);
  return { insz, visitor: await browserOf(insz) };
}

async function browserOf(insz: string): Promise<Visitor> {
  const visitor = new Visitor(portal.app);
  const [name = '', value = ''] = (await portal.signInAs(insz)).split('=');
  visitor.cookies.set(name, value);
  return visitor;
}

const make = (visitor: Visitor, userName: string, password = PASSWORD, again = password) =>
  visitor.post('/keys/account', { userName, password, again });

async function textOf(pdf: Buffer): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  return items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
}

describe('a first card', () => {
  it('from nothing to signing in: user name, card, print, first code', async () => {
    const { insz, visitor } = await somebody();
    expect((await visitor.get('/keys')).body).toContain('Je hebt nog geen kaart');
    expect((await visitor.get('/keys/cards/new')).headers.location).toBe('/keys/account?said=first');
    expect(await make(visitor, 'lukasz.d')).toEqual({ status: 303, to: '/keys?said=made' });
    expect((await visitor.get('/keys/cards/new')).body).toContain('Ik heb de afspraken gelezen');
    expect((await visitor.post('/keys/cards', {})).to).toBe('/keys/cards/new?said=terms');
    const { to } = await visitor.post('/keys/cards', { terms: 'yes' });
    expect(to).toMatch(/^\/keys\/cards\/[\w-]{22}$/);
    const made = await visitor.get(to);
    expect(made.body).toContain(`href="${to}/card.pdf"`);
    const looked = await portal.app.inject({ method: 'HEAD', url: `${to}/card.pdf`, headers: cookieOf(visitor) });
    expect(looked.statusCode).toBe(303);
    const pdf = await visitor.get(`${to}/card.pdf`);
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    const text = await textOf(pdf.rawPayload);
    expect(text).toContain('Łukasz Dvořák');
    expect(text).not.toContain(insz);
    const codes = [...text.matchAll(/\b(\d{1,2}) ([A-HJ-NP-Z]{6})\b/g)].map(([, number, code]) => [
      Number(number),
      code,
    ]);
    expect(codes.map(([number]) => number)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
    // once only
    expect((await visitor.get(`${to}/card.pdf`)).headers.location).toBe(to);
    expect((await visitor.get(to)).body).toContain('al gedownload');
    expect(await stateOf(portal, insz)).toBe('issued');
    const code = (number: number) => String(codes[number - 1]?.[1]);
    const early = new Visitor(portal.app);
    expect((await early.enter('lukasz.d')).to).toBe('/sign-in/token?said=card');
    const number = await askedOf(portal, insz);
    expect((await visitor.post('/keys/activations', { code: code((number % 24) + 1) })).to).toBe('/keys?said=code');
    expect(await askedOf(portal, insz)).toBe(number);
    expect((await visitor.post('/keys/activations', { code: code(number) })).to).toBe('/keys?said=active');
    expect(await stateOf(portal, insz)).toBe('active');
    const later = new Visitor(portal.app);
    await later.enter('Lukasz.D');
    expect((await later.give(code(Number(await later.asked())))).to).toBe('/');
    expect(await actsOf(portal, insz)).toEqual(['account-made', 'card-requested', 'card-activated']);
    expect((await visitor.get('/keys')).body).toContain('Kaart in gebruik genomen');
  });

  it('keeps nothing readable in the database: no code, no password, no print', async () => {
    const { insz, visitor } = await somebody();
    await make(visitor, 'secret.keeper', 'een heel geheim ding');
    const { to } = await visitor.post('/keys/cards', { terms: 'yes' });
    const { rows } = await portal.db.query(
      `select card.*, account.password, encode(card.print, 'escape') as print from token_cards card join key_accounts account using (worker_id)
       join worker_numbers using (worker_id) where insz = $1`,
      [insz],
    );
    const kept = JSON.stringify(rows);
    const text = await textOf((await visitor.get(`${to}/card.pdf`)).rawPayload);
    const codes = text.match(/\b[A-HJ-NP-Z]{6}\b/g) ?? [];
    expect(codes.length).toBeGreaterThanOrEqual(24);
    for (const secret of [...codes, 'een heel geheim ding', '%PDF']) expect(kept).not.toContain(secret);
    for (const code of rows[0].codes) expect(code).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const after = await portal.db.query('select from token_cards where card_id = $1 and print is null', [
      rows[0].card_id,
    ]);
    expect(after.rowCount).toBe(1);
  });

  it('is printed for the browser that asked, for nobody else', async () => {
    const { insz, visitor } = await somebody();
    await make(visitor, 'two.browsers');
    const { to } = await visitor.post('/keys/cards', { terms: 'yes' });
    const other = await browserOf(insz);
    expect((await other.get(`${to}/card.pdf`)).headers.location).toBe(to);
    const stranger = await somebody();
    expect((await stranger.visitor.get(`${to}/card.pdf`)).statusCode).toBe(404);
    expect((await stranger.visitor.get(to)).statusCode).toBe(404);
    stranger.visitor.cookies.set('interim-card', visitor.cookies.get('interim-card') ?? '');
    expect((await stranger.visitor.get(`${to}/card.pdf`)).statusCode).toBe(404);
    expect((await visitor.get(`${to}/card.pdf`)).statusCode).toBe(200);
  });

  it('the button pressed twice gives two cards, of which the last counts', async () => {
    const { insz, visitor } = await somebody();
    await make(visitor, 'presses.twice');
    const both = await Promise.all([1, 2].map(() => visitor.post('/keys/cards', { terms: 'yes' })));
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    const { rows } = await portal.db.query(
      `select state, cardinality(codes) as kept from token_cards join worker_numbers using (worker_id) where insz = $1 order by state`,
      [insz],
    );
    expect(rows).toEqual([
      { state: 'issued', kept: 24 },
      { state: 'replaced', kept: 0 },
    ]);
  });
});

describe('later', () => {
  it('a new card ends the old one and whoever is signed in with it, at once', async () => {
    const token = await giveToken(portal, inszNumber(people++), 'old.card');
    const inside = new Visitor(portal.app);
    await inside.enter(token.userName);
    await inside.give(token.codes[Number(await inside.asked()) - 1]);
    expect((await inside.get('/relations')).statusCode).toBe(200);
    const owner = await browserOf(token.insz);
    await owner.post('/keys/cards', { terms: 'yes' });
    expect((await inside.get('/relations')).statusCode).toBe(303);
    expect((await new Visitor(portal.app).enter(token.userName)).to).toBe('/sign-in/token?said=card');
    expect((await owner.get('/relations')).statusCode).toBe(200);
  });

  it('revoking asks once more, then ends the card', async () => {
    const token = await giveToken(portal, inszNumber(people++), 'lost.card');
    const owner = await browserOf(token.insz);
    expect((await owner.get('/keys/revocations')).body).toContain('Je kaart uitschakelen?');
    expect((await owner.post('/keys/revocations', {})).to).toBe('/keys?said=revoked');
    expect(await stateOf(portal, token.insz)).toBe('revoked');
    expect((await owner.post('/keys/revocations', {})).to).toBe('/keys');
    expect((await new Visitor(portal.app).enter(token.userName)).to).toBe('/sign-in/token?said=card');
    expect((await owner.post('/keys/activations', { code: token.codes[0] ?? '' })).to).toBe('/keys');
  });

  it('what is unfit as user name or password is said, and nothing changes', async () => {
    const { insz, visitor } = await somebody();
    await giveToken(portal, inszNumber(people++), 'Taken.Name');
    await declareFor(portal, insz); // by Tempo Interim
    for (const [name, password, again, said] of [
      ['taken.name', PASSWORD, PASSWORD, 'taken'],
      [insz, PASSWORD, PASSWORD, 'number'],
      ['ab', PASSWORD, PASSWORD, 'form'],
      ['fine.name', PASSWORD, 'something else', 'differs'],
      ['fine.name', 'short', 'short', 'short'],
      ['fine.name', 'password123', 'password123', 'common'],
      ['fine.name', 'Łukasz.Dvořák', 'Łukasz.Dvořák', 'own'],
      ['fine.name', 'Fine.name-2026', 'Fine.name-2026', 'own'],
      ['fine.name', 'tempointerim1', 'tempointerim1', 'own'],
    ] as const) {
      const { to } = await make(visitor, name, password, again);
      expect(to).toBe(`/keys/account?said=${said}`);
      expect((await visitor.get(to)).body).toContain('aria-invalid="true"');
    }
    expect(await actsOf(portal, insz)).toEqual([]);
    expect((await visitor.post('/keys/names', { userName: 'fine.name' })).to).toBe('/keys/account?said=first');
    expect((await visitor.post('/keys/passwords', { password: PASSWORD, again: PASSWORD })).to).toBe(
      '/keys/account?said=first',
    );
  });

  it('user name and password change; the old ones count no more', async () => {
    const token = await giveToken(portal, inszNumber(people++), 'before.name');
    const owner = await browserOf(token.insz);
    expect((await owner.post('/keys/names', { userName: 'after.name' })).to).toBe('/keys?said=renamed');
    const password = 'nog een ander woord';
    expect((await owner.post('/keys/passwords', { password, again: password })).to).toBe('/keys?said=password');
    expect((await new Visitor(portal.app).enter('before.name', password)).to).toBe('/sign-in/token?said=wrong');
    expect((await new Visitor(portal.app).enter('after.name')).to).toBe('/sign-in/token?said=wrong');
    expect((await new Visitor(portal.app).enter('after.name', password)).to).toBe('/sign-in/token');
    expect((await owner.post('/keys/account', { userName: 'third.name', password, again: password })).to).toBe(
      '/keys/account?said=taken',
    );
  });

  it('time ends cards: not put into use in 14 days, not used for twelve months', async () => {
    const [unused, inUse] = [inszNumber(people++), inszNumber(people++)];
    for (const [insz, name] of [
      [unused, 'un.used'],
      [inUse, 'in.use'],
    ] as const)
      await giveToken(portal, insz, name);
    const { insz: late, visitor } = await somebody();
    await make(visitor, 'too.late');
    await visitor.post('/keys/cards', { terms: 'yes' });
    const old = (insz: string, column: string, at: string) =>
      portal.db.query(
        `update token_cards set ${column} = $2 where worker_id = (select worker_id from worker_numbers where insz = $1)`,
        [insz, at],
      );
    await old(unused, 'activated_at', '2025-11-01T00:00:00Z');
    await old(inUse, 'activated_at', '2025-11-01T00:00:00Z');
    await old(inUse, 'last_used_at', '2026-03-01T00:00:00Z');
    await old(late, 'issued_at', '2026-11-09T08:00:00Z');
    expect((await new Visitor(portal.app).enter('un.used')).to).toBe('/sign-in/token?said=card');
    await portal.house.keys.cards.sweep(NOW);
    expect(await Promise.all([unused, inUse, late].map((insz) => stateOf(portal, insz)))).toEqual([
      'unused',
      'active',
      'expired',
    ]);
    expect((await actsOf(portal, unused)).at(-1)).toBe('card-unused');
    expect((await actsOf(portal, late)).at(-1)).toBe('card-expired');
    await portal.house.keys.cards.sweep(NOW);
    expect(await actsOf(portal, late)).toHaveLength(3);
  });
});

describe('a fresh proof by eID', () => {
  it('is asked for every change and none of it happens without', async () => {
    const token = await giveToken(portal, inszNumber(people++), 'weak.proof');
    const weak = new Visitor(portal.app);
    await weak.enter(token.userName);
    await weak.give(token.codes[Number(await weak.asked()) - 1]);
    const stale = await browserOf(token.insz);
    await portal.db.query(
      `update sessions set created_at = created_at - interval '16 minutes' where method = 'eid' and insz = $1`,
      [token.insz],
    );
    const before = await actsOf(portal, token.insz);
    for (const visitor of [weak, stale]) {
      const page = await visitor.get('/keys');
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('meld je je eerst opnieuw aan met je eID');
      for (const url of ['/keys/account', '/keys/cards/new', '/keys/revocations'])
        expect((await visitor.get(url)).headers.location, url).toBe(
          `/sign-in?return=${encodeURIComponent(url)}&again=1`,
        );
      for (const [url, back] of [
        ['/keys/account', '/keys/account'],
        ['/keys/names', '/keys/account'],
        ['/keys/passwords', '/keys/account'],
        ['/keys/cards', '/keys/cards/new'],
        ['/keys/activations', '/keys'],
        ['/keys/revocations', '/keys'],
      ] as const) {
        const fields = { userName: 'evil.name', password: PASSWORD, again: PASSWORD, terms: 'yes', code: 'ABCDEF' };
        expect((await visitor.post(url, fields)).to, url).toBe(`/sign-in?return=${encodeURIComponent(back)}&again=1`);
      }
    }
    expect(await actsOf(portal, token.insz)).toEqual(before);
    expect(await stateOf(portal, token.insz)).toBe('active');
  });
});

describe('sessions', () => {
  it('are listed, ended one by one, and all others at once; a stranger’s never', async () => {
    const { insz, visitor } = await somebody();
    const [one, two, three] = await Promise.all([browserOf(insz), browserOf(insz), browserOf(insz)]);
    const stranger = await somebody();
    const keysOn = async (of: Visitor) =>
      [...(await of.get('/keys')).body.matchAll(/name="session" value="([0-9a-f]{32})"/g)].map(([, key]) =>
        String(key),
      );
    const listed = await keysOn(visitor);
    expect(listed).toHaveLength(3); // not his own
    const [own = ''] = (await keysOn(one)).filter((key) => !listed.includes(key));
    expect((await stranger.visitor.post('/keys/sessions', { session: own })).to).toBe('/keys');
    expect((await visitor.get('/keys')).statusCode).toBe(200);
    expect((await visitor.post('/keys/sessions', { session: listed[0] ?? '' })).to).toBe('/keys?said=ended');
    const open = async () => {
      const statuses = await Promise.all([one, two, three].map((of) => of.get('/keys')));
      return statuses.filter(({ statusCode }) => statusCode === 200).length;
    };
    expect(await open()).toBe(2);
    expect((await visitor.post('/keys/sessions', { session: 'others' })).to).toBe('/keys?said=ended');
    expect(await open()).toBe(0);
    expect((await visitor.get('/keys')).statusCode).toBe(200);
    expect((await stranger.visitor.get('/keys')).statusCode).toBe(200);
    expect(await actsOf(portal, insz)).toEqual(['session-ended', 'sessions-ended']);
    expect((await visitor.post('/keys/sessions', { session: 'others' })).to).toBe('/keys');
  });

  it('have names that open nothing', async () => {
    const { visitor } = await somebody();
    await browserOf(inszNumber(people - 1));
    const [key = ''] = (await visitor.get('/keys')).body.match(/(?<=name="session" value=")[0-9a-f]{32}/) ?? [];
    for (const value of [key, Buffer.from(key, 'hex').toString('base64url')]) {
      const answer = await portal.app.inject({ url: '/keys', headers: { ...OWN, cookie: `interim-session=${value}` } });
      expect(answer.statusCode).toBe(303);
    }
  });
});

function cookieOf({ cookies }: Visitor): { cookie: string } {
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}
