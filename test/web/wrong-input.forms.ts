import type { StaffRight } from '../../src/identity/visitor.ts';

/** Who fills a form in. */
export type Filler = 'nobody' | 'worker' | StaffRight | 'support';

/** Every form of the pages: who fills it in, and what would be right in each field. */
export interface Form {
  by: Filler;
  fields: Record<string, string>;
}

const HOURS = { startHour: '0800', endHour: '1630' };
const FILTER = {
  from: '2026-11-01',
  to: '2026-11-30',
  type: 'EXT',
  year: '2026',
  sort: 'start',
  dir: 'asc',
  page: '1',
};
const ACCOUNT = { password: 'appels en peren', again: 'appels en peren' };
const SOMEBODY = { insz: '98472899765', givenName: 'Jan', familyName: 'Peeters' };
const DECLARED = {
  kind: 'IN',
  period: '',
  stood: '',
  do: 'check',
  ...SOMEBODY,
  birthDate: '1998-07-28',
  street: 'Dorp',
  houseNumber: '1',
  postBox: '',
  postCode: '9000',
  city: 'Gent',
  country: '150',
  workerType: 'OTH',
  jointCommittee: '322',
  userNumber: '0566988259',
  userName: '',
  userCommittee: 'XXX',
  startDate: '2026-11-25',
  endDate: '2026-11-26',
  plannedHours: '',
  ...HOURS,
};
const REPORTED = {
  kind: 'missing',
  period: '',
  agency: 'Tempo Interim',
  agencyNumber: '',
  company: 'De Zwaan',
  firstDay: '2026-11-18',
  lastDay: '2026-11-18',
  note: 'Ik werkte er',
  ...HOURS,
};

export const FORMS: Record<string, Form> = {
  'POST /sign-in/token': { by: 'nobody', fields: { userName: 'someone', password: 'iets', return: '/keys' } },
  'POST /sign-in/eid': { by: 'nobody', fields: { authToken: 'x' } },
  'POST /sign-out': { by: 'worker', fields: {} },
  'POST /capacity': { by: 'view', fields: { capacity: '0403449823', return: '/agency' } },
  'POST /keys/account': { by: 'worker', fields: { userName: 'lukasz.d', ...ACCOUNT } },
  'POST /keys/names': { by: 'worker', fields: { userName: 'lukasz.e' } },
  'POST /keys/passwords': { by: 'worker', fields: { shown: 'lukasz.d', ...ACCOUNT } },
  'POST /keys/sessions': { by: 'worker', fields: { session: 'AAAA' } },
  'POST /keys/cards': { by: 'worker', fields: { terms: 'yes' } },
  'POST /keys/activations': { by: 'worker', fields: { code: 'ABCDEF' } },
  'POST /keys/revocations': { by: 'worker', fields: {} },
  'POST /keys/email': { by: 'worker', fields: { address: 'lukasz@example.org', return: '/notices' } },
  'POST /keys/email/confirmations': { by: 'worker', fields: { code: '123456', return: '/notices' } },
  'POST /keys/email/removals': { by: 'worker', fields: {} },
  'POST /feeds': { by: 'worker', fields: {} },
  'POST /feeds/:feedId/revocation': { by: 'worker', fields: {} },
  'POST /notices': { by: 'worker', fields: { 'mail-arrived': 'yes', 'ebox-arrived': 'yes', 'pace-arrived': 'daily' } },
  'POST /unsubscribe/:secret': { by: 'nobody', fields: { 'List-Unsubscribe': 'One-Click' } },
  'POST /overviews': {
    by: 'worker',
    fields: { ...FILTER, language: 'nl', sections: 'list', fullInsz: 'yes', choice: 'own' },
  },
  'POST /overviews/:id/deliveries': { by: 'worker', fields: { channel: 'mail', attach: 'yes' } },
  'POST /overviews/:id/deliveries/:deliveryId/tries': { by: 'worker', fields: {} },
  'POST /overviews/:id/revocation': { by: 'worker', fields: {} },
  'POST /shifts': { by: 'worker', fields: { day: '2026-11-20', agency: 'Tempo', company: 'De Zwaan', ...HOURS } },
  'POST /shifts/removals': { by: 'worker', fields: { shift: 'AAAA' } },
  'POST /reports': { by: 'worker', fields: { draft: 'AAAA' } },
  'POST /reports/drafts': { by: 'worker', fields: REPORTED },
  'POST /reports/:reportId/replies': { by: 'worker', fields: { words: 'Dat klopt niet' } },
  'POST /reports/:reportId/confirmations': { by: 'worker', fields: {} },
  'POST /reports/:reportId/withdrawals': { by: 'worker', fields: {} },
  'POST /reports/:reportId/referrals': { by: 'worker', fields: {} },
  'POST /agency/batches': { by: 'manage', fields: { file: 'x' } },
  'POST /agency/colleagues': { by: 'manage', fields: { ...SOMEBODY, right: 'view' } },
  'POST /agency/colleagues/removals': { by: 'manage', fields: { colleague: 'AAAA' } },
  'POST /agency/colleagues/rights': { by: 'manage', fields: { colleague: 'AAAA', right: 'view' } },
  'POST /agency/declarations': { by: 'manage', fields: { draft: 'AAAA' } },
  'POST /agency/drafts': { by: 'manage', fields: DECLARED },
  'POST /agency/declarations/export': { by: 'manage', fields: { ...FILTER, read: 'yes' } },
  'POST /agency/searches': { by: 'manage', fields: { search: 'Peeters' } },
  'POST /agency/verifications': { by: 'manage', fields: { one: 'AAAA', all: '1', page: '1', back: '/agency' } },
  'POST /agency/withdrawals': { by: 'manage', fields: { one: 'AAAA', back: '/agency', declaration: '1' } },
  'POST /agency/reports/:reportId/answers': { by: 'manage', fields: { words: 'Dat klopt', kind: 'answered' } },
  'POST /support/lookups': {
    by: 'support',
    fields: { insz: '', familyName: 'Dvořák', birthDate: '1985-07-30', reason: 'sign-in', caseNumber: 'C-1' },
  },
  'POST /support/lookups/:id/closures': { by: 'support', fields: {} },
  'POST /support/lookups/:id/resendings': { by: 'support', fields: { delivery: 'AAAA' } },
  'POST /support/lookups/:id/session-endings': { by: 'support', fields: {} },
  'POST /support/lookups/:id/unlockings': { by: 'support', fields: {} },
};

/** What may stand behind the question mark of any page. */
export const ASKED: readonly string[] = [
  ...Object.keys(FILTER),
  ...Object.keys(REPORTED),
  ...['after', 'again', 'agency', 'back', 'batch', 'check', 'company', 'day', 'done', 'failed', 'had', 'hadMore'],
  ...['minutes', 'month', 'pageSize', 'period', 'q', 'report', 'return', 'said', 'search', 'sector', 'state', 'step'],
  ...['undone', 'user', 'verdict', 'verified', 'language', 'sections', 'fullInsz', 'code', 'error', 'iss', 'ticket'],
];
