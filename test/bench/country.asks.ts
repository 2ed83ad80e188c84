import * as paths from '../../src/web/paths.ts';
import { dayOf } from './agency.ts';
import type { Agency, Cast } from './country.cast.ts';
import { PUBLIC_URL } from './list.server.ts';

/** What is asked of the portal, the n-th time: somebody else each time. */
export interface Ask {
  name: string;
  /** So many times a round; else as often as the round's seconds allow. */
  times?: number;
  request(cast: Cast, n: number): Asked;
  /** Statuses that are an answer. */
  answers: number[];
  /** Whether an answer says what it should: a fault would be quick. */
  isRight?(answer: Response, text: string): boolean;
  /** For what is done after its answer: where to look, until it is done, and whether it is. */
  done?: { at(answer: Response, text: string): string; isDone(answer: Response, text: string): boolean };
}

export interface Asked {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const FORMS = 2_000;

const at = <T>(list: readonly T[], n: number) => list[n % list.length] as T;
const get = (path: string, cookie: string): Asked => ({ method: 'GET', path, headers: { cookie } });
const worker = (name: string, path: (period: string) => string): Ask => ({
  name,
  answers: [200],
  request({ visitors }, n) {
    const { cookie, period } = at(visitors, n);
    return get(path(period), cookie);
  },
});
const agency = (name: string, query: (agency: Agency, n: number) => string): Ask => ({
  name,
  answers: [200],
  request({ agencies }, n) {
    const one = at(agencies, n);
    return get(paths.DECLARATIONS + query(one, Math.floor(n / agencies.length)), one.cookie);
  },
});
const lookUp = (name: string, who: (cast: Cast, n: number) => Record<string, string>): Ask => ({
  name,
  answers: [303],
  isRight: (answer) => answer.headers.get('location')?.startsWith(`${paths.LOOKUPS}/`) === true,
  request(cast, n) {
    const headers = { cookie: cast.agent, origin: PUBLIC_URL, 'content-type': 'application/x-www-form-urlencoded' };
    const fields = { ...who(cast, n), reason: 'other', caseNumber: `bench ${n}` };
    return { method: 'POST', path: paths.LOOKUPS, headers, body: String(new URLSearchParams(fields)) };
  },
});

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** A service's body for the next worker who is free that day. */
function declared(cast: Cast, n: number): Asked {
  const one = at(cast.agencies, n);
  const day = dayAfter(cast.free, Math.floor(n / cast.visitors.length));
  const body = dayOf({ agency: one.number, user: cast.user, inszs: [] }, at(cast.visitors, n).insz, day);
  const headers = { authorization: `Bearer ${one.token}`, 'content-type': 'application/json' };
  return { method: 'POST', path: `${paths.DIMONA}/declarations`, headers, body };
}

function batch(cast: Cast, n: number): Asked {
  const one = at(cast.agencies, n);
  let body = '<?xml version="1.0" encoding="UTF-8"?>\n<Dimona>\n';
  for (let i = 0; i < FORMS; i++) {
    const place = n * FORMS + i;
    // behind every single one
    const day = dayAfter(cast.free, 40 + Math.floor(place / cast.visitors.length));
    body += formOf(one.number, cast.user, at(cast.visitors, place).insz, day);
  }
  const headers = { authorization: `Bearer ${one.token}`, 'content-type': 'application/xml' };
  return { method: 'POST', path: paths.BATCHES_REST, headers, body: `${body}</Dimona>\n` };
}

const formOf = (employer: string, user: string, insz: string, day: string) =>
  `<Form><Identification>DIMONA</Identification><FormCreationDate>2026-01-05</FormCreationDate><FormCreationHour>09:00:00.000</FormCreationHour><AttestationStatus>0</AttestationStatus><TypeForm>SU</TypeForm><DimonaIn><StartingDate>${day}</StartingDate><EndingDate>${day}</EndingDate><EmployerId><CompanyID>${employer}</CompanyID></EmployerId><NaturalPerson><INSS>${insz}</INSS><WorkerName>Peeters</WorkerName><WorkerFirstName>An</WorkerFirstName></NaturalPerson><DimonaFeatures><JointCommissionNbr>322</JointCommissionNbr><WorkerType>OTH</WorkerType><UsingEmployer><JointCommissionNbr>XXX</JointCommissionNbr><UsingEmployerCompanyID>${user}</UsingEmployerCompanyID></UsingEmployer></DimonaFeatures></DimonaIn></Form>\n`;

export const ASKS: Ask[] = [
  worker('list page', () => paths.LIST),
  worker('calendar', () => paths.CALENDAR),
  worker('detail', (period) => `${paths.LIST}/${period}`),
  worker('an overview’s data (CSV)', () => paths.LIST_CSV),
  {
    name: 'an overview as PDF',
    answers: [303],
    request({ visitors }, n) {
      const headers = { cookie: at(visitors, n).cookie, origin: PUBLIC_URL };
      return { method: 'POST', path: paths.OVERVIEWS, headers };
    },
    done: { at: (answer) => `${answer.headers.get('location')}/overview.pdf`, isDone: ({ status }) => status === 200 },
  },
  agency('agency’s table, first page', () => ''),
  agency('agency’s table, deep page', ({ deep }, n) => `?after=${at(deep, n)}`),
  lookUp('look-up by number', ({ visitors }, n) => ({ insz: at(visitors, n).insz })),
  lookUp('look-up by name and birth date', ({ named }, n) => {
    const { family_name, birth_date } = at(named, n);
    return { familyName: family_name, birthDate: birth_date };
  }),
  {
    name: 'one declaration (IN)',
    answers: [201],
    isRight: (_, text) => JSON.parse(text).result !== 'B',
    request: declared,
  },
  {
    name: `a batch of ${FORMS}`,
    answers: [201, 202],
    isRight: (_, text) => JSON.parse(text).results.B === 0,
    times: 2,
    request: batch,
    // one that took longer than its call waits
    done: {
      at: (_, text) => new URL(JSON.parse(text).href).pathname,
      isDone: (_, text) => JSON.parse(text).state === 'done',
    },
  },
];
