import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { inszNumber } from '../records.ts';
import {
  actsOf,
  anotherPortal,
  askedOf,
  countedHashing,
  doerOf,
  giveToken,
  goOn,
  NOW,
  PASSWORD,
  requestCard,
  stateOf,
  type Token,
  Visitor,
} from './keys.example.ts';

const hashing = countedHashing();
let portal: TestApp;
let token: Token;
let people = 20;

beforeAll(async () => {
  portal = await openTestApp({ at: NOW, hashing });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.query('truncate attempts');
  const insz = inszNumber(people++);
  token = await giveToken(portal, insz, `name-${people}`);
});

const codeOf = (number: number | null) => token.codes[(number ?? 0) - 1];
/** A code of the card that is not the one asked. */
const wrongCode = async () => codeOf(((await askedOf(portal, token.insz)) % 24) + 1);

async function halfWay(): Promise<Visitor> {
  const visitor = new Visitor(portal.app);
  expect(await visitor.enter(token.userName)).toEqual({ status: 303, to: '/sign-in/token' });
  return visitor;
}

describe('somebody with his card', () => {
  it('signs in with user name, password and the code that is asked, weaker than with eID', async () => {
    const visitor = new Visitor(portal.app);
    const entered = await visitor.post('/sign-in/token', {
      userName: token.userName.toUpperCase(),
      password: PASSWORD,
      return: '/relations?type=EXT',
    });
    expect(entered).toEqual({ status: 303, to: '/sign-in/token?return=%2Frelations%3Ftype%3DEXT' });
    const code = codeOf(await visitor.asked()) ?? '';
    const typed = `${code.slice(0, 3)} ${code.slice(3)}`.toLowerCase();
    const given = await visitor.post('/sign-in/token', { code: typed, return: '/relations?type=EXT' });
    expect(given).toEqual({ status: 303, to: '/relations?type=EXT' });
    expect((await visitor.get('/relations')).statusCode).toBe(200);
    const { rows } = await portal.db.query(
      `select s.method, s.assurance, a.detail from sessions s join access_rows a on a.subject_insz = s.insz and a.purpose = 'sign-in'
       where s.insz = $1 and s.method = 'token' and a.detail ->> 'method' = 'token'`,
      [token.insz],
    );
    expect(rows).toEqual([{ method: 'token', assurance: 300, detail: { method: 'token', assurance: 300 } }]);
    expect((await visitor.get('/keys/account')).headers.location).toBe('/sign-in?return=%2Fkeys%2Faccount&again=1');
  });

  it('is asked the same number until it is answered: after reloads, wrong codes, in another browser, after a restart', async () => {
    const visitor = await halfWay();
    const number = await visitor.asked();
    expect(number).toBe(await askedOf(portal, token.insz));
    expect(await visitor.asked()).toBe(number);
    expect((await visitor.give(await wrongCode())).to).toBe('/sign-in/token?said=code');
    expect(await visitor.asked()).toBe(number);
    const other = await halfWay();
    expect(await other.asked()).toBe(number);
    const restarted = await anotherPortal(portal);
    const there = new Visitor(restarted.app);
    await there.enter(token.userName);
    expect(await there.asked()).toBe(number);
    there.cookies = visitor.cookies;
    expect(await there.asked()).toBe(number);
    await restarted.close();
    expect((await visitor.give(codeOf(number))).to).toBe('/');
    // the code is used up: the other browser is asked another one
    expect((await other.give(codeOf(number))).to).toBe('/sign-in/token?said=code');
    expect(await other.asked()).not.toBe(number);
    expect((await other.give(codeOf(await other.asked()))).to).toBe('/');
  });

  it('who presses twice is signed in once', async () => {
    const visitor = await halfWay();
    const code = codeOf(await visitor.asked());
    const both = await Promise.all([visitor.give(code), visitor.give(code)]);
    expect(both.map(({ to }) => to).sort()).toEqual(['/', '/sign-in/token?said=start']);
    const { rows } = await portal.db.query(`select from sessions where insz = $1 and method = 'token'`, [token.insz]);
    expect(rows).toHaveLength(1);
    expect((await visitor.get('/sign-in/token')).headers.location).toBe('/');
  });
});

describe('steps in the wrong order', () => {
  it.each([
    ['a code first', { code: 'ABCDEF' }],
    ['nothing', {}],
    ['a field that nobody asked for', { number: '7', again: '1' }],
  ] as [string, Record<string, string>][])('%s: begin again', async (_, fields) => {
    const visitor = new Visitor(portal.app);
    expect(await visitor.post('/sign-in/token', fields)).toEqual({ status: 303, to: '/sign-in/token?said=start' });
    expect(visitor.isIn).toBe(false);
  });

  it('a code after the time between the steps, or a code given before, is not looked at', async () => {
    const late = await halfWay();
    await portal.db.query(`update sign_in_challenges set expires_at = '2026-11-23T09:00:00Z'`);
    expect((await late.give(codeOf(await askedOf(portal, token.insz)))).to).toBe('/sign-in/token?said=start');
    const visitor = await halfWay();
    const cookies = new Map(visitor.cookies);
    await visitor.give(codeOf(await visitor.asked()));
    const replay = new Visitor(portal.app);
    replay.cookies = cookies;
    expect((await replay.give(codeOf(await askedOf(portal, token.insz)))).to).toBe('/sign-in/token?said=start');
  });

  it('another password or another card meanwhile: begin again', async () => {
    const doer = await doerOf(portal, token.insz);
    const first = await halfWay();
    await portal.house.keys.accounts.setPassword({ ...doer, now: '2026-11-23T09:00:09Z' }, 'een nieuw begin');
    expect((await first.give(codeOf(await askedOf(portal, token.insz)))).to).toBe('/sign-in/token?said=start');
    const second = new Visitor(portal.app);
    await second.enter(token.userName, 'een nieuw begin');
    const codes = await requestCard(portal, doer);
    expect((await second.give(codes[(await askedOf(portal, token.insz)) - 1])).to).toBe('/sign-in/token?said=start');
    expect((await second.enter(token.userName, 'een nieuw begin')).to).toBe('/sign-in/token?said=card');
  });

  it('answers with strange fields are no faults of ours', async () => {
    for (const code of ['', '\0', 'x'.repeat(10_000), '＜script＞', 'ABCDEI']) {
      const visitor = await halfWay();
      const { status, to } = await visitor.give(code);
      expect([status, to.split('&')[0]], code.slice(0, 9)).toEqual([303, '/sign-in/token?said=code']);
      await portal.db.query('truncate attempts');
    }
    for (const userName of ['', '\0', 'x'.repeat(10_000), '￿']) {
      const { status, to } = await new Visitor(portal.app).enter(userName);
      expect([status, to], userName.slice(0, 9)).toEqual([303, '/sign-in/token?said=wrong']);
    }
  });
});

describe('guessing', () => {
  it('five wrong passwords block for 15 minutes, then twice as long, and the right one is not looked at meanwhile', async () => {
    const visitor = new Visitor(portal.app);
    for (const minutes of [15, 30, 60]) {
      for (let n = 0; n < 4; n++)
        expect((await visitor.enter(token.userName, 'wrong')).to).toBe('/sign-in/token?said=wrong');
      const blocked = `/sign-in/token?said=blocked&minutes=${minutes}`;
      expect((await visitor.enter(token.userName, 'wrong')).to).toBe(blocked);
      const before = hashing.count;
      expect((await visitor.enter(token.userName)).to).toBe(blocked);
      expect(hashing.count).toBe(before);
      await goOn(portal, minutes);
    }
    expect((await visitor.enter(token.userName)).to).toBe('/sign-in/token');
    await visitor.give(codeOf(await visitor.asked()));
    expect(visitor.isIn).toBe(true);
    expect(await actsOf(portal, token.insz)).toEqual([
      'account-made',
      'card-requested',
      'card-activated',
      'sign-in-blocked',
      'sign-in-blocked',
      'sign-in-blocked',
    ]);
  });

  it('wrong passwords and wrong codes count together; a right password between them forgives nothing', async () => {
    const visitor = new Visitor(portal.app);
    for (let n = 0; n < 2; n++) await visitor.enter(token.userName, 'wrong');
    await visitor.enter(token.userName);
    for (let n = 0; n < 2; n++) expect((await visitor.give(await wrongCode())).to).toBe('/sign-in/token?said=code');
    expect((await visitor.give(await wrongCode())).to).toBe('/sign-in/token?said=blocked&minutes=15');
    expect((await visitor.give(codeOf(await askedOf(portal, token.insz)))).to).toContain('said=blocked');
    await goOn(portal, 15);
    expect((await visitor.give(codeOf(await visitor.asked()))).to).toBe('/');
    // and a right code forgives all
    for (let n = 0; n < 4; n++)
      expect((await new Visitor(portal.app).enter(token.userName, 'wrong')).to).toBe('/sign-in/token?said=wrong');
  });

  it('ten wrong codes end the card for good, and say so in the history', async () => {
    const visitor = await halfWay();
    for (let n = 1; n < 10; n++) {
      await visitor.give(await wrongCode());
      if (n === 5) await goOn(portal, 15);
    }
    expect((await visitor.give(await wrongCode())).to).toBe('/sign-in/token?said=ended');
    expect(await stateOf(portal, token.insz)).toBe('blocked');
    const { rows } = await portal.db.query(
      `select cardinality(codes) as kept from token_cards join worker_numbers using (worker_id) where insz = $1`,
      [token.insz],
    );
    expect(rows).toEqual([{ kept: 0 }]);
    expect(await actsOf(portal, token.insz)).toContain('card-blocked');
    await goOn(portal, 60);
    expect((await visitor.enter(token.userName)).to).toBe('/sign-in/token?said=card');
  });

  it('a hundred at once are counted like a hundred in turn, on two portals', async () => {
    const other = await anotherPortal(portal);
    const before = hashing.count;
    const tries = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        new Visitor(n % 2 ? portal.app : other.app, `192.0.2.${n}`).enter(token.userName, 'wrong'),
      ),
    );
    expect(tries.filter(({ to }) => to.includes('said=wrong')).length).toBeLessThanOrEqual(4);
    expect(hashing.count - before).toBeLessThanOrEqual(5);
    const codes = await portal.db.query('select max(wrong) as wrong from attempts');
    expect(codes.rows).toEqual([{ wrong: 5 }]);
    // and what was counted outlives the portal
    await other.close();
    const restarted = await anotherPortal(portal);
    expect((await new Visitor(restarted.app).enter(token.userName)).to).toContain('said=blocked');
    await restarted.close();
  }, 60_000);

  it('codes at once: never more than five are looked at before the block, and the number stays', async () => {
    const visitors: Visitor[] = [];
    for (let n = 0; n < 12; n++) visitors.push(await halfWay());
    const number = await askedOf(portal, token.insz);
    const before = hashing.count;
    const wrong = await wrongCode();
    await Promise.all(visitors.map((visitor) => visitor.give(wrong)));
    expect(hashing.count - before).toBe(5);
    expect(await askedOf(portal, token.insz)).toBe(number);
  }, 60_000);

  it('of one does not block another, and a failed eID blocks nobody', async () => {
    const other = await giveToken(portal, inszNumber(people++), 'somebody-else');
    for (let n = 0; n < 6; n++) await new Visitor(portal.app).enter(token.userName, 'wrong');
    expect((await new Visitor(portal.app).enter(other.userName)).to).toBe('/sign-in/token');
    await portal.db.query('truncate attempts');
    for (let n = 0; n < 20; n++)
      await portal.app.inject({
        method: 'POST',
        url: '/sign-in/eid',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
        payload: JSON.stringify({ authToken: { unverifiedCertificate: 'x', insz: token.insz } }),
      });
    expect((await portal.db.query('select from attempts where wrong > 0')).rowCount).toBe(0);
    expect((await new Visitor(portal.app).enter(token.userName)).to).toBe('/sign-in/token');
  });

  it('an address is not stopped by 120 attempts and 40 failures a minute, and is above that', async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 120; n++) {
      const { status } = await new Visitor(portal.app, '198.51.100.7').enter(`nobody-${n}`, n < 40 ? 'wrong' : 'more');
      if (n < 80) statuses.add(status);
    }
    expect([...statuses]).toEqual([303]);
    const flooded = await new Visitor(portal.app, '198.51.100.7').enter('nobody-else', 'wrong');
    expect(flooded.status).toBe(429);
    expect(Number(flooded.retryAfter)).toBeGreaterThan(0);
    expect((await new Visitor(portal.app, '198.51.100.8').enter(token.userName)).status).toBe(303);
    await goOn(portal, 1);
    expect((await new Visitor(portal.app, '198.51.100.7').enter(token.userName)).to).toBe('/sign-in/token');
  }, 60_000);

  it('can be forgiven by the support desk, which leaves a row about the citizen', async () => {
    const { accounts } = portal.house.keys;
    const by = { kind: 'support', insz: inszNumber(9) } as const;
    const unlock = () => accounts.unlock({ by, insz: token.insz, now: NOW, requestId: 'support' });
    expect(await unlock()).toBe('nothing');
    const visitor = await halfWay();
    for (let n = 0; n < 5; n++) await visitor.give(await wrongCode());
    expect((await visitor.enter(token.userName)).to).toContain('said=blocked');
    expect(await unlock()).toBe('unlocked');
    expect((await visitor.enter(token.userName)).to).toBe('/sign-in/token');
    const { rows } = await portal.db.query(
      `select actor_kind, actor_insz from access_rows where purpose = 'keys' and subject_insz = $1 and detail ->> 'act' = 'unlocked'`,
      [token.insz],
    );
    expect(rows).toEqual([{ actor_kind: 'support', actor_insz: by.insz }]);
    expect(await accounts.unlock({ by, insz: inszNumber(999), now: NOW })).toBe('nothing');
    for (let n = 0; n < 9; n++) {
      await visitor.give(await wrongCode());
      await unlock();
    }
    expect(await stateOf(portal, token.insz)).toBe('active');
  });
});
