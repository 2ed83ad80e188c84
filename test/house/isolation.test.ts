import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf, operatorScope, ownerScope, type Scope, type SignedInWorker } from '../../src/identity/visitor.ts';
import { HOUSE, NOBODY, onBehalf } from '../../src/platform/behalf.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { AT, type Held, holding } from './isolation.people.ts';
import { OWNER, STRANGER } from './routes.arrange.ts';

/** Rows of people are held twice: by the scope of every query, and by PostgreSQL. Each hold is tried with the other one out of work. */

const TEMPO = '0403449823';
const OTHER = '0207475124';
const HELD = ['declarations', 'overviews', 'relations', 'reports', 'shifts'] as const;

let portal: TestApp;
const people = new Map<string, Held>();

beforeAll(async () => {
  portal = await openTestApp({ at: AT });
  for (const [insz, agency] of [
    [OWNER, TEMPO],
    [STRANGER, OTHER],
  ] as const)
    people.set(insz, await holding(portal, insz, agency));
});
afterAll(() => portal.close());

const owner = () => people.get(OWNER) as Held;
const stranger = () => people.get(STRANGER) as Held;
const workerScope = (insz: string): Scope => ownerScope(people.get(insz)?.workerId ?? '');

/** Whose rows a query without any condition gets, in a name: by reading, and in a transaction. */
async function seen(table: string, name: string): Promise<{ worker: string | null; agency: string | null }[][]> {
  const { db } = portal.house;
  const own: Record<string, string> = {
    relations: 'worker_id::text as worker, agency_number as agency',
    reports: 'worker_id::text as worker, agency_number as agency',
    declarations: 'result as worker, agency_number as agency',
    shifts: 'worker_id::text as worker, null as agency',
    overviews: 'worker_id::text as worker, null as agency',
  };
  const query = sql<{
    worker: string | null;
    agency: string | null;
  }>`select ${sql.raw(own[table] ?? '')} from ${sql.table(table)}`;
  return onBehalf(name, async () => [
    (await query.execute(db.read)).rows,
    (await db.transaction((tx) => query.execute(tx))).rows,
  ]);
}

describe('PostgreSQL, whatever a query asks', () => {
  it('holds every table with what was declared and said of a person', async () => {
    const { rows } = await portal.db.query(
      `select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace order by relname`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual([...HELD]);
  });

  it.each(HELD)('shows a worker his own of %s', async (table) => {
    const { workerId } = owner();
    for (const rows of await seen(table, nameOf(workerScope(OWNER)))) {
      expect(rows).toHaveLength(1);
      if (table === 'declarations') expect(rows).toEqual([{ worker: 'A', agency: TEMPO }]);
      else expect(rows[0]?.worker).toBe(workerId);
    }
  });

  it.each(HELD)('shows an agency its own of %s', async (table) => {
    for (const rows of await seen(table, nameOf(operatorScope(OTHER)))) {
      const many = table === 'declarations' ? 2 : table === 'shifts' || table === 'overviews' ? 0 : 1;
      expect(rows.map(({ agency }) => agency)).toEqual(Array(many).fill(OTHER));
    }
  });

  it.each(HELD)('answers nobody with an error, never with nothing, for %s', async (table) => {
    await expect(seen(table, NOBODY)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(HELD)('shows all of %s to the portal itself', async (table) => {
    for (const rows of await seen(table, HOUSE)) expect(rows).toHaveLength(table === 'declarations' ? 4 : 2);
  });

  it('gives nothing where a store is handed the scope of somebody else', async () => {
    const { relations } = portal.house;
    const { periodId } = stranger();
    const theirs = workerScope(STRANGER) as Extract<Scope, { kind: 'worker' }>;
    expect(await onBehalf(nameOf(theirs), () => relations.find(theirs, periodId, '2026-11-23'))).not.toBeNull();
    await onBehalf(nameOf(workerScope(OWNER)), async () => {
      expect(await relations.find(theirs, periodId, '2026-11-23')).toBeNull();
      expect(await relations.between(theirs, '2026-01-01', '2026-12-31', '2026-11-23')).toEqual([]);
    });
  });

  it('holds a file too that is read while it goes out', async () => {
    const visitor = { kind: 'worker', workerId: stranger().workerId, insz: STRANGER } as SignedInWorker;
    const wish = { lang: 'nl', now: AT, today: '2026-11-23', requestId: 'r' } as const;
    const sizeOf = async (name: string) => {
      const archive = await onBehalf(name, () => portal.house.dossier.take(visitor, wish));
      return (await archive.toArray()).reduce((sum, chunk) => sum + chunk.length, 0);
    };
    const [whole, held] = [await sizeOf(nameOf(workerScope(STRANGER))), await sizeOf(nameOf(workerScope(OWNER)))];
    expect(held).toBeLessThan(whole - 500);
  });

  it('lets nobody write a row of somebody else', async () => {
    const { db } = portal.house;
    const mine = nameOf(workerScope(OWNER));
    const write = sql`insert into shifts (shift_id, worker_id, day, agency_name, company, made_at)
      values ('x', ${stranger().workerId}::bigint, '2026-11-18', 'Tempo', 'De Zwaan', now())`;
    await expect(onBehalf(mine, () => db.transaction((tx) => write.execute(tx)))).rejects.toMatchObject({
      code: '42501',
    });
    const change = sql`update reports set state = 'closed'`;
    await onBehalf(mine, () => db.transaction((tx) => change.execute(tx)));
    const { rows } = await portal.db.query('select state from reports where worker_id = $1', [stranger().workerId]);
    expect(rows).toEqual([{ state: 'sent' }]);
  });

  it('keeps the name of one request from the next on the same connection', async () => {
    const names = [OWNER, STRANGER].map((insz) => nameOf(workerScope(insz)));
    const asked = Array.from({ length: 200 }, (_, i) => names[i % 2] as string);
    const found = await Promise.all(asked.map((name) => seen('relations', name)));
    expect(found.map(([rows]) => `worker ${rows?.[0]?.worker}`)).toEqual(asked);
    await expect(seen('relations', NOBODY)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the scope of every query, with PostgreSQL’s hold off', () => {
  beforeAll(async () => {
    for (const table of HELD) await portal.db.query(`alter table ${table} disable row level security`);
  });
  afterAll(async () => {
    for (const table of HELD) await portal.db.query(`alter table ${table} enable row level security`);
  });

  const PAGES = [
    '/',
    '/relations',
    '/relations.json',
    '/relations.csv',
    '/relations/calendar/2026-11',
    '/relations/calendar',
  ];

  it('shows a worker only his own, on every page that lists', async () => {
    for (const url of PAGES) {
      const { statusCode, body } = await portal.app.inject({ url, headers: { cookie: owner().cookie } });
      expect([url, statusCode]).toEqual([url, 200]);
      expect(body).toContain(url === '/relations/calendar' ? '2026' : `Agency ${TEMPO}`);
      expect(body).not.toContain(stranger().periodId);
      expect(body).not.toContain(`Agency ${OTHER}`);
    }
  });

  it('knows no relation, overview or report of somebody else', async () => {
    const { rows } = await portal.db.query('select overview_id from overviews where worker_id = $1', [
      stranger().workerId,
    ]);
    const addresses = [
      `/relations/${stranger().periodId}`,
      `/overviews/${rows[0].overview_id}`,
      `/overviews/${rows[0].overview_id}/overview.pdf`,
      `/reports/r${stranger().workerId}`,
    ];
    for (const url of addresses) {
      const ask = (cookie: string) =>
        portal.app.inject({ url, headers: { cookie } }).then((answer) => answer.statusCode);
      expect([url, await ask(owner().cookie)]).toEqual([url, 404]);
      expect([url, await ask(stranger().cookie)]).toEqual([url, 200]);
    }
  });

  it('shows an agency only its own', async () => {
    const cookie = await portal.signInAsStaff('94022722580', TEMPO, 'view');
    const { body } = await portal.app.inject({ url: '/agency/declarations', headers: { cookie } });
    expect(body.match(/\/agency\/declarations\/\d{12}/g)?.length).toBeGreaterThan(0);
    const { rows } = await portal.db.query('select declaration_id, agency_number from declarations');
    for (const { declaration_id: id, agency_number: agency } of rows) {
      expect([agency, body.includes(id)]).toEqual([agency, agency === TEMPO]);
      const { statusCode } = await portal.app.inject({ url: `/agency/declarations/${id}`, headers: { cookie } });
      expect([agency, statusCode]).toEqual([agency, agency === TEMPO ? 200 : 404]);
    }
  });
});
