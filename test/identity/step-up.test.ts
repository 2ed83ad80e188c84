import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../src/identity/sign-in.actions.ts';
import type { SignedInWorker, VerifiedIdentity } from '../../src/identity/visitor.ts';
import { refusalOf } from '../../src/web/rights.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { INSZ } from '../pki.ts';

const NOW = '2026-11-23T09:00:00Z';
const AGENCY = '0403449823';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
});
afterAll(() => portal.close());

const worker = (assurance: number, provenAt: string): SignedInWorker => ({
  kind: 'worker',
  workerId: '1',
  insz: INSZ,
  givenName: 'Amélie',
  familyName: 'Peeters',
  method: 'eid',
  assurance,
  provenAt,
  previousVisitAt: null,
  mayChoose: false,
});

describe('an address for a fresh proof', () => {
  const route = { right: 'worker', fresh: true } as const;
  it.each([
    ['eID just now', 500, '2026-11-23T08:59:59Z', null],
    ['eID 15 minutes ago', 500, '2026-11-23T08:45:00Z', null],
    ['eID before that', 500, '2026-11-23T08:44:59Z', 'step-up'],
    ['a weaker proof just now', 450, '2026-11-23T08:59:59Z', 'step-up'],
  ])('%s', (_, assurance, provenAt, refusal) => {
    expect(refusalOf(route, worker(assurance, provenAt), NOW)).toBe(refusal);
    expect(refusalOf({ ...route, fresh: false }, worker(assurance, provenAt), NOW)).toBe(null);
  });
  it('is not for who is nobody, or has no right there anyway', () => {
    expect(refusalOf(route, { kind: 'anonymous' }, NOW)).toBe('sign-in');
    expect(refusalOf({ right: 'agency:view', fresh: true }, worker(500, NOW), NOW)).toBe('forbidden');
  });
});

describe('signing in once more', () => {
  const ask = (cookie: string) =>
    portal.app.inject({ url: '/sign-in?return=%2Frelations&again=1', headers: { cookie } });

  it('is offered to who is here but proved it long ago', async () => {
    const cookie = await portal.signInAs(INSZ);
    expect((await ask(cookie)).headers.location).toBe('/relations');
    await portal.db.query(`update sessions set created_at = created_at - interval '16 minutes'`);
    const page = await ask(cookie);
    expect([page.statusCode, page.headers.location]).toEqual([200, undefined]);
    expect(page.body).toContain('Bevestig dat jij het bent');
  });

  it('keeps the capacity and the last visit of the same person, and nothing of another', async () => {
    await portal.signInAsStaff(INSZ, AGENCY, 'view');
    const sessions = async () => {
      const { rows } = await portal.db.query(
        `select token_hash, agency_number, previous_visit_at from sessions order by created_at desc, previous_visit_at desc nulls last`,
      );
      return rows;
    };
    const before = (await sessions()).find((row) => row.agency_number === AGENCY);
    const again = async (who: Partial<VerifiedIdentity>) => {
      const person = { insz: INSZ, givenName: 'Jan', familyName: 'Peeters', method: 'eid', assurance: 500 } as const;
      const proven = { ...person, evidence: {}, ...who };
      return { proven, replaces: (await sessions()).find((row) => row.agency_number === AGENCY)?.token_hash ?? null };
    };
    const go = async ({ proven, replaces }: Awaited<ReturnType<typeof again>>) =>
      signIn(portal.house, { who: proven, now: NOW, secret: portal.house.secret, replaces, requestId: 'again' });

    expect(await go(await again({}))).toMatchObject({ mustChoose: false });
    const after = (await sessions()).filter((row) => row.agency_number === AGENCY);
    expect(after).toHaveLength(1);
    expect(after[0].token_hash).not.toEqual(before.token_hash);
    expect(after[0].previous_visit_at).toEqual(before.previous_visit_at);

    await go(await again({ insz: '94022722580' }));
    expect((await sessions()).filter((row) => row.agency_number === AGENCY)).toEqual([]);
  });
});
