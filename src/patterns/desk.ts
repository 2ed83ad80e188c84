import { dashboardPage } from '../agency/dashboard.pages.ts';
import { declarationsPage } from '../agency/declarations.pages.ts';
import type { DeskRow, DeskTable } from '../agency/declarations.ts';
import { parseDeskFilter } from '../agency/filter.ts';
import { personKeys } from '../agency/person-key.ts';
import { colleaguesPage } from '../agency/staff.pages.ts';
import { emptyForm } from '../declarations/form.filled.ts';
import { formPage } from '../declarations/form.pages.ts';
import { addDays } from '../platform/calendar-days.ts';
import { type Lang, say } from '../web/language.ts';
import { TODAY } from './relations.ts';

/** The parts of the agency's screens, filled by the pages that have them. */

const KEYS = personKeys('nobody is named by this', '0403449823');

const row = (over: Partial<DeskRow>): DeskRow => ({
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
});

const TABLE: DeskTable = {
  rows: [
    row({}),
    row({ declarationId: '656309322385', result: 'B', anomalies: ['90373-334'], periodId: null }),
    row({ declarationId: '656309314911', result: 'W', anomalies: ['90373-460'] }),
    row({ declarationId: '501986975557', kind: 'UPDATE', result: 'W', anomalies: ['90017-369'] }),
    row({
      declarationId: '656309296521',
      kind: 'CANCEL',
      verified: { by: 'An Peeters', at: '2026-11-23T09:42:00Z' },
    }),
  ],
  isLast: false,
  total: 1_001,
};

/** Half a year in which something went wrong now and then. */
const WEEKS = Array.from({ length: 26 }, (_, at) => ({
  from: addDays('2026-05-25', at * 7),
  declared: 800 + ((at * 137) % 500),
  late: (at * 7) % 31,
  refused: at % 9,
}));

export function deskParts(lang: Lang) {
  const about = { today: TODAY, keys: KEYS };
  const table = {
    choices: { types: [], users: [], anomalies: [] },
    chosen: { person: null, users: new Map(), isCut: false },
  };
  const { filter, dropped } = parseDeskFilter({}, KEYS);
  return {
    dashboard: dashboardPage(lang, {
      ...about,
      counts: [12, 3, 1, 0, 1_001],
      weeks: WEEKS,
      mayDeclare: true,
      waiting: { open: 3, overdue: 1 },
    }),
    table: declarationsPage(lang, { ...TABLE, ...table }, filter, {
      ...about,
      dropped,
      said: say(lang, 'desk.done', { n: 25 }),
    }),
    rights: colleaguesPage(lang, [], { me: '7', agencyName: 'Tempo Interim', today: TODAY, said: undefined }),
    form: refusedForm(lang),
  };
}

/** One field of each kind, and the list of what is wrong with them. */
function refusedForm(lang: Lang) {
  const empty = emptyForm();
  const filled = { ...empty, values: { ...empty.values, insz: '123', userNumber: '0403449823' } };
  const company = { number: '0403449823', name: 'Brouwerij De Zwaan', city: 'Aalst' };
  const codes = ['00024-003', '00046-001'];
  const { w, form, summary } = formPage(lang, { filled, standing: null, company, codes }, '');
  const fields = (form?.groups ?? []).flatMap((group) => group.fields);
  const shown = fields.filter(
    ({ id, errors }) => errors.length > 0 || ['givenName', 'userNumber', 'startDate'].includes(id),
  );
  const isShown = (href: string | null) => shown.some(({ id }) => href === `#${id}`);
  return { w, fields: shown, summary: (summary ?? []).filter(({ href }) => isShown(href)) };
}
