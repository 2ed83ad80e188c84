import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { Declaration } from '../../src/declarations/declaration.ts';
import type { AgencyClient } from '../../src/identity/visitor.ts';
import { dayOfInstant } from '../../src/platform/calendar-days.ts';
import type { TestApp } from '../app.ts';
import { xml, xmlIn } from '../declarations/batches.example.ts';
import { change, evening, flexi, student, temp } from '../declarations/intake.example.ts';
import { addEnterprise, inszNumber } from '../records.ts';
import { plus } from '../relations/history.oracle.days.ts';
import { addAgencies, RANDWERK, TEMPO } from './staff.example.ts';

/** A desk with some hundred declarations of two agencies of every kind and result, and a third agency with many of one moment. */
export const TODAY = '2026-11-23';
export const AT = `${TODAY}T09:00:00Z`;
export const CROWDED = '0403019261';
export const CROWD = 1_005;

/** The n-th person has `inszNumber(n)`; the first has an older number too. */
const PEOPLE: [string | undefined, string][] = [
  ['Łukasz', 'Dvořák'],
  ['Jan', 'Peeters'],
  ['An', 'Peeters'],
  ['Jana', 'Péetermans'],
  [undefined, 'PEETERS'],
  ['Éva', "D'Hondt"],
  ['Jan', 'De Wit'],
  ['Ann', 'de Witte'],
  ['Zoë', 'Strauß'],
  ['Maria', 'Straussen'],
  ['Piet', 'Peeters'],
  ['Ola', 'Łukaszewicz'],
  ['=Sum', '@Nobody'],
];
/** Whom Randwerk alone employs, and whom nobody does: Tempo only named them in what was refused. */
const [ELSEWHERE, NOBODYS, UNNUMBERED] = [[11, 12], 13, 12] as const;
export const OLDER = inszNumber(90);
export const NUMBERS = [...PEOPLE.map((_, i) => inszNumber(i + 1)), OLDER, inszNumber(91)];
export const SEARCHED = [
  'pee',
  'Peeters',
  'peeters j',
  'jan peet',
  'JAN',
  'de wit',
  'wit',
  "d'h",
  'dvorak',
  'strauss',
  'lukas',
  'ola',
  'dvo',
  'nobody',
];

const person = (n: number, insz = inszNumber(n)) => {
  const [givenName, familyName = ''] = PEOPLE[n - 1] ?? [];
  return { insz, familyName, birthDate: '1980-01-01', ...(givenName !== undefined && { givenName }) };
};

/** Around midnight in Belgium, and where summer time ends. */
const MOMENTS = [
  '2026-10-24T21:59:59.999Z',
  '2026-10-24T22:00:00Z',
  '2026-10-25T22:59:59.999Z',
  '2026-10-25T23:00:00Z',
  '2026-11-19T22:59:59Z',
  '2026-11-19T23:00:00.5Z',
  '2026-11-20T09:00:00Z',
  '2026-11-23T08:00:00Z',
];
const USERS: Declaration['userCompany'][] = [
  { enterpriseNumber: '0566988259' },
  { enterpriseNumber: '0566988259' },
  { enterpriseNumber: '0206731645' },
  { name: 'Café sans nom', address: { city: 'Lille', country: '111' } },
  { name: 'Müller', address: { city: 'Köln', country: '103' } },
];

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const begun = fc.record({
  agency: pick(TEMPO, TEMPO, RANDWERK),
  who: fc.integer({ min: 1, max: 10 }),
  receivedAt: pick<string | null>(...MOMENTS, null),
  user: pick(...USERS),
  type: pick('OTH', 'OTH', 'STU', 'EXT', 'FLX', 'BCW'),
  start: pick(-40, -3, 0, 1, 4, 30, 60),
  length: pick(0, 0, 1, 4),
  fault: pick('', '', '', '', 'noEnd', 'order', 'noCommittee', 'nobody', 'elsewhere'),
});

function inOf(from: typeof begun extends fc.Arbitrary<infer T> ? T : never): Declaration {
  const { agency, receivedAt, type, fault } = from;
  const startDate = plus(receivedAt === null ? TODAY : dayOfInstant(receivedAt), from.start);
  const make =
    { EXT: (more: Partial<Declaration>) => evening(startDate, more), STU: student, FLX: flexi }[type] ?? temp;
  const days = type === 'FLX' || type === 'EXT' ? startDate : plus(startDate, from.length);
  const wrong = fault === 'nobody' || (fault === 'elsewhere' && agency === TEMPO);
  const who = fault === 'elsewhere' ? (ELSEWHERE[from.who % 2] ?? 0) : fault === 'nobody' ? NOBODYS : from.who;
  const declared = make({
    employer: { enterpriseNumber: agency },
    receivedAt,
    worker: person(who),
    startDate,
    endDate: days,
  });
  if (type === 'BCW') declared.workerType = type;
  const jointCommittee = { EXT: '302', BCW: '124' }[type] ?? 'XXX';
  declared.userCompany = { ...from.user, ...(fault !== 'noCommittee' && { jointCommittee }) };
  // without a number: found by name and day of birth, which is not for this agency to know
  if (who === UNNUMBERED && wrong) delete declared.worker?.insz;
  if (fault === 'noEnd') delete declared.endDate;
  if (fault === 'order' || wrong) declared.endDate = plus(startDate, -1);
  return declared;
}

const changed = fc.record({
  kind: pick<Declaration['kind']>('UPDATE', 'UPDATE', 'OUT', 'CANCEL', 'DAILY'),
  receivedAt: pick<string | null>(...MOMENTS, null),
  move: pick(-5, -1, 1, 3),
  field: pick<'startDate' | 'endDate'>('startDate', 'endDate'),
  isOthers: pick(false, false, false, true),
  isNamed: pick(false, false, true),
});

export async function fillDesk({ db, house }: TestApp): Promise<void> {
  await addAgencies({ db } as TestApp);
  await addEnterprise({ db }, CROWDED);
  const send = async (all: Declaration[]) => {
    const outcomes = [];
    for (const channel of ['import', 'service'] as const) {
      const own = all.filter(({ receivedAt }) => (receivedAt === null) === (channel === 'import'));
      const received = own.map((declaration) => ({ declaration, sourceKey: null }));
      const answers = await house.intake.receive(received, { channel, now: AT });
      outcomes.push(...answers.map((answer, i) => ({ ...answer, declared: own[i] as Declaration })));
    }
    return outcomes;
  };
  const ins = fc.sample(begun, { numRuns: 300, seed: 7 }).map(inOf);
  const of = (declaration: Declaration, employer: string) => ({
    ...declaration,
    employer: { enterpriseNumber: employer },
  });
  const first = await send(ins);
  await db.query(
    'insert into worker_numbers (insz, worker_id) select $1, worker_id from worker_numbers where insz = $2',
    [OLDER, inszNumber(1)],
  );
  const later = {
    worker: person(1, OLDER),
    startDate: '2027-02-01',
    endDate: '2027-02-02',
    receivedAt: MOMENTS[6] as string,
  };
  const periods = (await send([temp(later), of(temp(later), RANDWERK)]))
    .concat(first)
    .filter(({ result }) => result !== 'B');
  const changes = fc.sample(changed, { numRuns: periods.length * 2, seed: 8 }).map((how, i) => {
    const { declared, periodId } = periods[i % periods.length] as (typeof periods)[number];
    const own = declared.employer.enterpriseNumber as string;
    const day = plus(declared[how.field] as string, how.move);
    const more: Partial<Declaration> = { periodId: periodId as string, receivedAt: how.receivedAt };
    if (how.kind === 'UPDATE') more[how.field] = day;
    if (how.kind === 'OUT') more.endDate = day;
    if (how.isNamed && declared.worker) more.worker = { insz: declared.worker.insz as string };
    return of(change(how.kind, more), how.isOthers ? (own === TEMPO ? RANDWERK : TEMPO) : own);
  });
  await send(changes);
  await send(Array.from({ length: CROWD }, () => of(temp({ endDate: '2026-11-01' }), CROWDED)));
  await sendFiles(house);
  // one in four stands, some of them after an earlier one was undone
  await db.query(`insert into verifications (declaration_seq, worker_id, at, undone_by, undone_at)
    select seq, 1, timestamptz '2026-11-22T10:00:00Z', 1, timestamptz '2026-11-22T11:00:00Z' from declarations where seq % 3 = 0
    union all select seq, 1, '2026-11-22T12:00:00Z', null, null from declarations where seq % 4 = 0`);
  await db.query('analyze'); // as the server does by itself some time after
}

/** Two files of one moment, one of which the other agency sends too. */
async function sendFiles(house: TestApp['house']): Promise<void> {
  const day = (n: number) => ({ start: '2027-03-01', end: n % 3 === 0 ? '2027-02-01' : '2027-03-02' });
  const file = (from: number) => xml(...Array.from({ length: 8 }, (_, i) => xmlIn(from + i, day(i))));
  for (const [agencyNumber, from] of [
    [TEMPO, 100],
    [TEMPO, 104],
    [RANDWERK, 100],
  ] as const) {
    const visitor: AgencyClient = { kind: 'client', clientId: 'payroll', agencyNumber, nssoNumber: null, scopes: [] };
    const bytes = Readable.from([Buffer.from(file(from))]);
    const { batch } = await house.batches.receive(visitor, { name: 'week.xml', bytes }, MOMENTS[6] as string, 30_000);
    if (batch.state !== 'done') throw new Error('a batch of the example is not done');
  }
}
