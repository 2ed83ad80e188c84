import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../src/platform/db.ts';
import { data, document, NotFound, Refused, redirect } from '../../src/web/answer.ts';
import { statusOf } from '../../src/web/errors.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';

describe('answers as data', () => {
  it('hold what one place will render', () => {
    expect(redirect('/relations')).toEqual({ kind: 'redirect', to: '/relations', cookies: [] });
    expect(data({ a: 1 })).toEqual({ kind: 'data', status: 200, body: { a: 1 } });
    expect(data({ a: 1 }, { status: 409, retryAfter: 1 })).toMatchObject({ status: 409, retryAfter: 1 });
    expect(document('text/csv', 'a', 'a.csv')).toEqual({
      kind: 'document',
      type: 'text/csv',
      body: 'a',
      fileName: 'a.csv',
    });
    expect(document('text/csv', 'a')).not.toHaveProperty('fileName');
  });
});

describe('the status of a fault', () => {
  it.each([
    ['not there', new NotFound(), { status: 404 }],
    ['refused', new Refused(410, 'gone'), { status: 410 }],
    ['refused for now', new Refused(409, 'wait', 1), { status: 409, retryAfter: 1 }],
    ['database away', new DatabaseUnavailable('away'), { status: 503, retryAfter: 2 }],
    ['too large', Object.assign(new Error('x'), { statusCode: 413 }), { status: 413 }],
    ['something of a client we have no words for', Object.assign(new Error('x'), { statusCode: 418 }), { status: 400 }],
    ['ours', new TypeError('x is not a function'), { status: 500 }],
    ['thrown, and no error', Object.create(null), { status: 500 }],
  ])('%s', (_, fault, status) => {
    expect(statusOf(fault)).toEqual(status);
  });
});

describe('faults in front of people', () => {
  let portal: TestApp;
  let cookie: string;
  beforeAll(async () => {
    portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
    cookie = await portal.signInAs('85073003328');
  });
  afterAll(() => portal.close());

  const tells = /\bat \w+ \(|\.ts\b|\/src\/|node_modules|select |insert |SQLSTATE|ENOENT|undefined|Error:/;

  it.each([
    ['an unknown address', { url: '/nowhere' }, 404],
    ['an address that is no text', { url: '/relations/%E0%A4%A' }, 400],
    ['a path that climbs', { url: '/assets/..%2f..%2fpackage.json' }, 404],
    [
      'a body that is no JSON',
      { method: 'POST', url: '/sign-in/eid', headers: { ...OWN, 'content-type': 'application/json' }, payload: '{' },
      400,
    ],
    [
      'a body too large',
      {
        method: 'POST',
        url: '/overviews',
        headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
        payload: `a=${'x'.repeat(300_000)}`,
      },
      413,
    ],
    [
      'a type we do not read',
      { method: 'POST', url: '/overviews', headers: { ...OWN, 'content-type': 'text/xml' }, payload: '<a/>' },
      415,
    ],
    ['a method we do not know', { method: 'DELETE', url: '/relations' }, 404],
    ['a month that is none', { url: '/relations/calendar/2026-13' }, 404],
    ['a NUL in an id', { url: '/relations/%00' }, 404],
    ['a NUL in an overview', { url: '/overviews/%00' }, 404],
    [
      'a NUL in what is ordered',
      {
        method: 'POST',
        url: '/overviews',
        headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'agency=%00&user=%00&language=%00&sections=%00&verdict=%00',
      },
      303,
    ],
    ['a NUL in a filter', { url: '/relations?agency=%00&user=%00&from=%00&sort=%00' }, 200],
    [
      'a filter out of bounds',
      { url: '/relations?page=99999999999999999999&year=99999999999&pageSize=-1&from=0000-00-00' },
      200,
    ],
    [
      'a filter given as what it is not',
      { url: '/relations?page=1&page=2&sort=a&sort=b&__proto__=x&constructor=y' },
      200,
    ],
  ] as const)('%s: a status and words, never our insides', async (_, asked, status) => {
    const headers = { cookie, ...('headers' in asked ? asked.headers : {}) };
    const answer = (await portal.app.inject({ method: 'GET', ...asked, headers } as never)) as unknown as {
      statusCode: number;
      body: string;
      headers: Record<string, string>;
    };
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toMatch(tells);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  it('answers programs in problem+json, people in words of their language', async () => {
    const program = await portal.app.inject({ url: '/relations/1', headers: { cookie, accept: 'application/json' } });
    expect(program.json()).toMatchObject({ type: 'about:blank', status: 404, title: 'Not Found' });
    const person = await portal.app.inject({ url: '/relations/1', headers: { cookie, 'accept-language': 'fr' } });
    expect(person.body).toContain('<html lang="fr">');
  });
});
