import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../src/generate/generate.actions.ts';
import { type AcceptedDeclaration, fold } from '../../src/relations/fold.ts';
import type { RelationState } from '../../src/relations/relation.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const options = { workers: 60, periods: 900, seed: 'store', today: '2026-11-23' };

/** As the owner of the tables: what is held by a policy takes rows by COPY from nobody else. */
async function generated(some: Partial<typeof options> = {}, progress?: (done: number, total: number) => void) {
  const db = await database.db.connect();
  try {
    return await generate({ ...options, ...some, db, ...(progress && { progress }) });
  } finally {
    db.release();
  }
}

const count = async (table: string) =>
  Number((await database.db.query(`select count(*) as n from ${table}`)).rows[0].n);

interface LedgerRow {
  declaration_id: string;
  period_id: string;
  agency_number: string;
  kind: 'IN';
  received_at: string;
  result: 'A' | 'W';
  anomalies: string[];
  content: { employer: object };
}

describe('generate', () => {
  it('fills the records with what it says, in order of receipt, and tells how far it is', async () => {
    const told: [number, number][] = [];
    const made = await generated({}, (done, total) => told.push([done, total]));
    expect(made).toMatchObject({ workers: 60, relations: 900 });
    expect(told.at(-1)).toEqual([900, 900]);
    expect(await count('workers')).toBe(60);
    expect(await count('worker_numbers')).toBe(60);
    expect(await count('relations')).toBe(900);
    expect(await count('declarations')).toBe(made.declarations);
    const { rows } = await database.db.query('select received_at from declarations order by seq');
    expect(rows).toEqual(rows.toSorted((a, b) => a.received_at - b.received_at));
  });

  it('writes relations that a rebuild from the ledger finds again', async () => {
    const ledger = await database.db.query<LedgerRow>(
      `select *, to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as received_at from declarations where result <> 'B' order by seq`,
    );
    const states = new Map<string, RelationState>();
    for (const row of ledger.rows) {
      const accepted: AcceptedDeclaration = {
        ...row.content,
        kind: row.kind,
        employer: row.content.employer,
        declarationId: row.declaration_id,
        periodId: row.period_id,
        agencyNumber: row.agency_number,
        receivedAt: row.received_at,
        result: row.result,
        anomalies: row.anomalies,
      };
      states.set(row.period_id, fold(states.get(row.period_id) ?? null, accepted));
    }
    const stored = await database.db.query(
      `select period_id as "periodId", agency_number as "agencyNumber", joint_committee as "jointCommittee", worker_type as "workerType",
         user_key as "userKey", user_number as "userNumber", user_name as "userName", user_address as "userAddress",
         user_joint_committee as "userJointCommittee", start_date::text as "startDate", start_hour as "startHour",
         end_date::text as "endDate", end_hour as "endHour", planned_hours as "plannedHours", cancelled, verdict,
         to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "receivedAt", decided_by as "decidedBy", due_at, warnings, anomalies
       from relations`,
    );
    expect(stored.rows).toHaveLength(states.size);
    for (const { due_at, ...row } of stored.rows) {
      const { dueAt, ...state } = states.get(row.periodId) as RelationState;
      expect(row).toEqual(state);
      expect(due_at.getTime()).toBe(Date.parse(dueAt));
    }
  });

  it('holds no number that its relations do not: each belongs to the worker of its declarations', async () => {
    const { rows } = await database.db.query(
      `select count(*)::int as n from declarations join relations using (period_id) join workers using (worker_id)
       where declarations.insz is distinct from workers.insz`,
    );
    expect(rows[0].n).toBe(0);
    const unknown = await database.db.query(
      `select count(*)::int as n from declarations where result <> 'B' and agency_number not in (select enterprise_number from enterprises)`,
    );
    expect(unknown.rows[0].n).toBe(0);
  });

  it('adds other people to the same firms when run again', async () => {
    const firms = await count('enterprises');
    await generated();
    expect(await count('workers')).toBe(120);
    expect(await count('relations')).toBe(1800);
    expect(await count('enterprises')).toBe(firms);
  });

  it('leaves nothing behind when it fails on the way, with a block under way', async () => {
    const before = await count('declarations');
    const failing = (done: number) => {
      if (done > 9_000) throw new Error('the operator gave up');
    };
    await expect(generated({ seed: 'fails', workers: 400, periods: 12_000 }, failing)).rejects.toThrow('gave up');
    expect(await count('declarations')).toBe(before);
    expect(await count('workers')).toBe(120);
    expect(await count('relations')).toBe(1800);
  });

  it('puts nobody among people whom agencies declare, unless they are a demo’s', async () => {
    const before = await count('declarations');
    await database.db.query(
      `insert into declarations (declaration_id, kind, channel, result, anomalies, content) values ('900000000000', 'IN', 'form', 'B', '{}', '{}')`,
    );
    await expect(generated({ seed: 'real' })).rejects.toThrow('agencies declare in this database');
    expect(await count('declarations')).toBe(before + 1);
    await database.db.query(`insert into installation (purpose) values ('demo')`);
    expect(await generated({ seed: 'demo', workers: 10, periods: 50 })).toMatchObject({ relations: 50 });
  });
});
