import { dashboardPage } from '../src/agency/dashboard.pages.ts';
import { declarationPage } from '../src/agency/declaration.pages.ts';
import { declarationsPage } from '../src/agency/declarations.pages.ts';
import type { DeskDeclaration, DeskRow, DeskTable, OneDeclaration } from '../src/agency/declarations.ts';
import { mondaysTo } from '../src/agency/desk.actions.ts';
import { exportPage } from '../src/agency/export.pages.ts';
import { EVERYTHING, parseDeskFilter } from '../src/agency/filter.ts';
import { personKeys } from '../src/agency/person-key.ts';
import { refusedPage } from '../src/agency/refused.pages.ts';
import type { Query } from '../src/relations/query.ts';
import type { Lang } from '../src/web/language.ts';
import { declared, TODAY, workRelation } from './samples.relations.ts';

/** Models of the desk's pages: the usual, the empty, the odd. */

const KEYS = personKeys('a secret for tests, of 32 characters', '0403449823');

export function deskRow(over: Partial<DeskRow> = {}): DeskRow {
  return {
    seq: '41',
    declarationId: '656309292275',
    kind: 'IN',
    result: 'A',
    receivedAt: '2026-11-22T17:03:11Z',
    anomalies: [],
    periodId: '656309292174',
    person: { insz: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák', workerId: '7' },
    user: { key: '0407585882', number: '0407585882', name: 'Brouwerij De Zwaan' },
    workerType: 'OTH',
    days: { startDate: '2026-11-23', startHour: null, endDate: '2026-11-27', endHour: null },
    verified: null,
    ...over,
  };
}

const refusedRow = deskRow({
  seq: '42',
  declarationId: '656309322385',
  result: 'B',
  anomalies: ['90373-334', '12345-678'],
  periodId: null,
  person: { insz: '98472899765', givenName: null, familyName: null, workerId: null },
});

const ROWS: DeskRow[] = [
  deskRow(),
  refusedRow,
  deskRow({
    declarationId: '656309296521',
    kind: 'CANCEL',
    receivedAt: '2025-01-02T06:00:00Z',
    verified: { by: 'Jan Peeters', at: '2026-11-23T09:42:00Z' },
  }),
  deskRow({ declarationId: '656309314911', result: 'W', anomalies: ['90373-460'], workerType: 'ZZZ' }),
  deskRow({
    declarationId: '501986975557',
    kind: 'UPDATE',
    result: 'W',
    anomalies: ['90017-369'],
    receivedAt: null,
    person: { insz: null, givenName: null, familyName: null, workerId: null },
    user: { key: null, number: null, name: null },
    days: { startDate: '2026-11-21', startHour: '1700', endDate: '2026-11-21', endHour: '2130' },
  }),
  deskRow({
    declarationId: '600008446383',
    kind: 'DAILY',
    workerType: null,
    days: { startDate: null, startHour: null, endDate: null, endHour: null },
  }),
];

const table = (over: Partial<DeskTable> = {}): DeskTable => ({ rows: ROWS, isLast: false, total: 1_001, ...over });
const nothing = table({ rows: [], isLast: true, total: 0 });
const choices = {
  types: ['OTH', 'FLX'],
  users: [
    { value: '0407585882', label: 'Brouwerij De Zwaan' },
    { value: 'cafe-sans-nom', label: null },
  ],
  anomalies: ['90373-334', '90373-460', '12345-678'],
};
const facts = { today: TODAY, keys: KEYS };

export function deskTables(lang: Lang) {
  const page = (query: Query, found: DeskTable, said: string | null = null, isCut = false) => {
    const { filter, dropped } = parseDeskFilter(query, KEYS);
    const person = { insz: '85073003328', givenName: 'Łukasz', familyName: null };
    const chosen = { person: filter.worker === null ? null : person, users: new Map(), isCut };
    return declarationsPage(lang, { ...found, choices, chosen }, filter, { ...facts, dropped, said });
  };
  return [
    page({}, table()),
    page(
      {
        from: '2026-11-01',
        to: '2026-11-23',
        kind: ['IN', 'CANCEL'],
        type: 'FLX',
        user: ['0407585882', '0566988259'],
        result: 'W',
        anomaly: '12345-678',
        verdict: 'late',
        verified: 'no',
        worker: KEYS.seal('7'),
        name: 'Dvoř',
        starts: 'today',
      },
      table({ rows: ROWS.slice(0, 2), isLast: true, total: 2 }),
      '25',
      true,
    ),
    page({ from: '2026-11-23', to: '2026-11-23', worker: 'nobody', after: 'x', kind: 'ALL' }, nothing),
    page({ from: '2026-11-20', after: Buffer.from(' 7').toString('base64url') }, nothing),
    page({ to: '2026-11-20' }, table({ total: 1 })),
    page({}, nothing),
  ];
}

export function dashboards(lang: Lang) {
  const mondays = mondaysTo(TODAY).slice(0, -1);
  const weeks = mondays.map((from, i) => ({
    from,
    declared: 800 + ((i * 137) % 500),
    late: (i * 7) % 31,
    refused: i % 9,
  }));
  const empty = mondays.map((from) => ({ from, declared: 0, late: 0, refused: 0 }));
  return [
    dashboardPage(lang, {
      ...facts,
      counts: [12, 3, 1, 0, 1_001],
      weeks,
      mayDeclare: true,
      waiting: { open: 3, overdue: 1 },
    }),
    dashboardPage(lang, {
      ...facts,
      counts: [0, 0, 0, 0, 0],
      weeks: empty,
      mayDeclare: false,
      waiting: { open: 0, overdue: 0 },
    }),
  ];
}

export function refusals(lang: Lang) {
  const items = table({ rows: [refusedRow, deskRow({ ...refusedRow, declarationId: '600027876089', seq: '43' })] });
  const about = { today: TODAY, isOpen: true, batch: null, after: null, said: null, right: 'declare' as const };
  const again = new Map([['43', '656309292275']]);
  const after = { receivedAt: null, seq: '9' };
  return [
    refusedPage(lang, { ...items, again }, about),
    refusedPage(lang, { ...items, isLast: true, total: 2, again }, { ...about, isOpen: false, after, right: 'view' }),
    refusedPage(lang, { ...nothing, again: new Map() }, about),
    refusedPage(lang, { ...nothing, again: new Map() }, { ...about, isOpen: false }),
  ];
}

export function deskDetails(lang: Lang) {
  const about = { today: TODAY, keys: KEYS, right: 'manage' as const, said: null };
  const one = (row: DeskRow, over: Partial<DeskDeclaration> = {}, of: Partial<OneDeclaration> = {}) => {
    const sent = {
      kind: row.kind,
      receivedAt: row.receivedAt,
      employer: { enterpriseNumber: '0403449823' },
      worker: { insz: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák' },
      startDate: '2026-11-23',
      endDate: 'soon',
      workerType: 'OTH',
      jointCommittee: '322',
      userCompany: { enterpriseNumber: '0407585882', jointCommittee: 'XXX' },
    };
    const declaration: DeskDeclaration = { ...row, sent, channel: 'service', sender: null, senderName: null, ...over };
    return { declaration, relation: null, samePeriod: [], again: null, ...of };
  };
  const relation = workRelation({
    timeline: [declared(), declared({ declarationId: '656309296521', kind: 'UPDATE' })],
  });
  const same = (declarationId: string, result: 'A' | 'B', kind: DeskRow['kind'] = 'IN') => ({
    declarationId,
    kind,
    result,
    receivedAt: result === 'A' ? '2026-11-22T17:03:11Z' : null,
    anomalies: result === 'B' ? ['90378-444'] : [],
  });
  const samePeriod = [
    same('656309292275', 'A'),
    same('600027876089', 'B', 'UPDATE'),
    same('600008446383', 'A', 'DAILY'),
  ];
  const late = workRelation({
    verdict: 'late',
    startHour: '0600',
    receivedAt: '2026-11-23T21:00:00Z',
    cancelled: true,
  });
  const pages = [
    one(deskRow(), { sender: 'client:payroll' }, { relation, samePeriod }),
    one(refusedRow, { sender: 'staff:7', senderName: 'Jan Peeters' }, { again: '656309292275' }),
    one(
      deskRow({ result: 'W', anomalies: ['90373-460'], verified: { by: 'Jan Peeters', at: '2026-11-23T09:42:00Z' } }),
      {},
      { relation: late },
    ),
    one(
      deskRow({ kind: 'DAILY', receivedAt: null }),
      { channel: 'import' },
      { relation: workRelation({ verdict: 'unknown' }) },
    ),
    one(
      deskRow({ result: 'B', anomalies: ['90378-444'] }),
      {},
      { relation: workRelation({ receivedAt: '2026-11-23T21:00:00Z' }) },
    ),
  ];
  return pages.map((found) => declarationPage(lang, found, about));
}

export function exportNotices(lang: Lang) {
  const chosen = { person: null, users: new Map(), isCut: false };
  const filter = { ...EVERYTHING, result: ['B' as const] };
  return [
    exportPage(lang, filter, 1_001, { ...facts, chosen }, false),
    exportPage(lang, EVERYTHING, 3, { ...facts, chosen }, true),
  ];
}
