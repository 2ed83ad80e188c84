import fc from 'fast-check';
import type { Declaration, Employer, Kind, Person, Result, UsingEmployer } from '../../src/declarations/declaration.ts';
import { plus } from './history.oracle.days.ts';
import type { World } from './history.oracle.ts';

/** Random histories: a small world, so that declarations get in each other's way. */

export const NOW = '2026-11-23T09:00:00Z';

export const world: World = {
  now: NOW,
  directory: new Map([
    ['0403449823', { name: 'Tempo Interim', nsso: '935467' }],
    ['0407585882', { name: 'Flexforce', nsso: '15170023' }],
    ['0206731645', { name: 'Werkbaar', nsso: null }],
    ['0566988259', { name: 'Brouwerij De Zwaan', nsso: null }],
  ]),
  aliases: new Map([['98472899765', '98072899776']]),
};

/** Two of them bear one name and birth date; the last has two numbers (see `aliases`). */
export const PEOPLE: Person[] = [
  { insz: '85073003328', givenName: 'Çelik', familyName: 'Øst', birthDate: '1985-07-30' },
  { insz: '01490700185', givenName: 'Łukasz', familyName: 'Dvořák', birthDate: '2001-09-07' },
  { insz: '90010100123', givenName: 'Jan', familyName: 'Peeters', birthDate: '1990-01-01' },
  { insz: '90010100321', givenName: 'Jan', familyName: 'Peeters', birthDate: '1990-01-01' },
  { insz: '98072899776', givenName: 'Zoë', familyName: 'Maes', birthDate: '1998-07-28' },
  { insz: '98472899765', givenName: 'Zoë', familyName: 'Maes', birthDate: '1998-07-28' },
];

const EMPLOYERS: Employer[] = [
  { enterpriseNumber: '0403449823' },
  { nssoNumber: '935467' },
  { enterpriseNumber: '0407585882', nssoNumber: '935467' },
  { enterpriseNumber: '0206731645' },
];
const STRANGERS: Employer[] = [{}, { enterpriseNumber: '0403019261' }, { nssoNumber: '70500472' }];

const USERS: UsingEmployer[] = [
  { enterpriseNumber: '0566988259' },
  { enterpriseNumber: '0403019261' },
  { enterpriseNumber: '0566988259', name: ' ' },
  { name: 'Müller GmbH', address: { street: 'Domstraße', houseNumber: '1', city: 'Köln', country: '103' } },
  { name: 'MULLER, GmbH', address: { city: 'Köln', country: '103', houseNumber: '1', street: 'Domstraße' } },
  { name: 'Müller GmbH', address: { city: 'Aachen' }, enterpriseNumber: '0000000000' },
  { name: 'Müller GmbH' },
];

/** Around both changes of the clock, the weekends and the holidays of a Belgian year. */
export const DAYS = [
  '2025-12-24',
  '2026-03-27',
  '2026-04-03',
  '2026-05-13',
  '2026-10-24',
  '2026-10-31',
  '2026-11-10',
  '2026-11-22',
];
const HOURS = ['0000', '0230', '0600', '1400', '2200', '2359'];
/** Belgian midnight in summer and winter, the last moments before, and the day. */
const TIMES = ['00:30', '04:00', '12:00', '21:59:59.999', '22:00', '22:59:59.999', '23:00'];

const often = <T>(most: T, ...few: T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(most) }, { weight: 2, arbitrary: fc.constantFrom(most, ...few) });
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const pick = <T>(...values: T[]) => fc.constantFrom(...values);

const spoilers: ((d: Declaration) => void)[] = [
  (d) => Reflect.deleteProperty(d, 'startDate'),
  (d) => Reflect.deleteProperty(d, 'endDate'),
  (d) => Reflect.deleteProperty(d, 'workerType'),
  (d) => Reflect.deleteProperty(d, 'jointCommittee'),
  (d) => Reflect.deleteProperty(d, 'userCompany'),
  (d) => Reflect.deleteProperty(d, 'startHour'),
  (d) => Reflect.deleteProperty(d, 'worker'),
  (d) => Object.assign(d, { startDate: '2026-02-30' }),
  (d) => Object.assign(d, { startDate: '0001-01-01' }),
  (d) => Object.assign(d, { startDate: '1919-12-31' }),
  (d) => Object.assign(d, { startDate: '2036-01-01' }),
  (d) => Object.assign(d, { endDate: '9999-12-31' }),
  (d) => Object.assign(d, { endDate: '1998-12-31' }),
  (d) => Object.assign(d, { endDate: '2035-12-31' }),
  (d) => Object.assign(d, { startHour: '2400' }),
  (d) => Object.assign(d, { startHour: '1200', endHour: '1159' }),
  (d) => Object.assign(d, { plannedHours: 1.5 }),
  (d) => Object.assign(d, { plannedHours: 999 }),
  (d) => Object.assign(d, { plannedHours: 1000 }),
  (d) => Object.assign(d, { worker: { insz: '12345678901' } }),
  (d) => Object.assign(d, { worker: { insz: '17073003384' } }),
  (d) => Object.assign(d, { jointCommittee: '999' }),
  (d) => Object.assign(d, { workerType: 'STG' }),
  (d) => Object.assign(d, { workerType: 'ZZZ' }),
  (d) => Object.assign(d, { formFaults: ['00299-003'] }),
  (d) => Object.assign(d, { userCompany: { jointCommittee: '322', enterpriseNumber: '0431150351' } }),
  (d) => Object.assign(d, { userCompany: { jointCommittee: '200', enterpriseNumber: '0566988259', name: 'De Zwaan' } }),
  (d) => Object.assign(d, { userCompany: {} }),
];

const receipt = fc.option(
  fc.record({
    days: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: -40, max: -1 }) },
      { weight: 5, arbitrary: fc.integer({ min: -1, max: 12 }) },
      { weight: 1, arbitrary: pick(-140, -4200) },
    ),
    time: pick(...TIMES),
  }),
  { freq: 9 },
);

export const sketch = fc.record({
  kind: fc.oneof(
    { weight: 11, arbitrary: pick<Kind>('IN') },
    { weight: 9, arbitrary: pick<Kind>('UPDATE', 'UPDATE', 'UPDATE', 'OUT', 'CANCEL', 'DAILY') },
  ),
  of: fc.nat(40),
  isUnknownPeriod: often(false, true),
  employer: fc.oneof({ weight: 20, arbitrary: pick(...EMPLOYERS) }, { weight: 1, arbitrary: pick(...STRANGERS) }),
  isOtherEmployer: often(false, true),
  person: fc.nat(PEOPLE.length - 1),
  naming: pick(
    'number',
    'number',
    'number',
    'number and name',
    'number and family name',
    'name',
    'NAME',
    'nickname',
    'number and nickname',
    'zero',
  ),
  type: pick('OTH', 'OTH', 'OTH', 'STU', 'FLX', 'EXT', 'EXT', 'BCW', 'DWD'),
  committee: often('322', 'XXX', '302'),
  user: fc.oneof(pick(...USERS.slice(0, 1)), pick(...USERS)),
  isForeignSector: often(false, true),
  day: fc.nat(24),
  length: fc.oneof({ weight: 20, arbitrary: pick(0, 0, 0, 1, 3, 4, 8) }, { weight: 1, arbitrary: fc.constant(80) }),
  hours: fc.oneof(pick(['0600', '1400'], ['1400', '2200']), fc.tuple(pick(...HOURS), pick(...HOURS))),
  planned: fc.integer({ min: 1, max: 40 }),
  receipt,
  spoiler: seldom(pick(...spoilers)),
  id: pick('ours', 'own', 'own', 'own', 'taken'),
  declarationId: fc.oneof(pick('ours', 'own'), pick('own', 'own', 'own', 'known')),
  change: fc.record(
    {
      start: fc.integer({ min: -6, max: 6 }),
      startHour: pick(...HOURS),
      end: fc.integer({ min: -4, max: 9 }),
      endHour: pick(...HOURS),
      planned: fc.integer({ min: 1, max: 60 }),
    },
    { requiredKeys: [] },
  ),
  names: seldom(fc.nat(PEOPLE.length - 1)),
});

export type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;
type Dated = Omit<Sketch, 'day'> & { day: string };

/** Turns sketches into declarations, one after the other: changes speak of periods that were declared before. */
export class Teller {
  #window: string;
  #count = 0;
  #ins: Declaration[] = [];
  #ids: string[] = [];
  #refused = new Set<Declaration>();

  /** @param window first of the days that the history is about */
  constructor(window: string) {
    this.#window = window;
  }

  tell({ day, ...others }: Sketch): Declaration {
    const s = { ...others, day: plus(this.#window, day) };
    this.#count++;
    const d = s.kind === 'IN' ? this.#in(s) : this.#change(s);
    if (s.declarationId === 'own') d.declarationId = `6${String(this.#count).padStart(11, '0')}`;
    if (s.declarationId === 'known' && this.#ids.length > 0)
      d.declarationId = this.#ids[s.of % this.#ids.length] as string;
    if (d.declarationId) this.#ids.push(d.declarationId);
    s.spoiler?.(d);
    if (s.kind === 'IN') this.#ins.push(d);
    return d;
  }

  /** Later changes speak mostly of periods that are there. */
  hear(d: Declaration, result: Result): void {
    if (result === 'B') this.#refused.add(d);
  }

  #in(s: Dated): Declaration {
    const isShort = s.type === 'EXT' || (s.type === 'FLX' && s.length < 4);
    const endDate = isShort ? s.day : plus(s.day, s.length);
    const [from, until] = [...s.hours].sort() as [string, string];
    const { type } = s;
    const sector = type === 'EXT' ? (s.isForeignSector ? '302' : '144') : type === 'BCW' ? '124' : 'XXX';
    const d: Declaration = {
      kind: 'IN',
      receivedAt: receivedAt(s, s.day),
      employer: s.employer,
      worker: personOf(s),
      workerType: type,
      jointCommittee: s.committee,
      startDate: s.day,
      endDate,
      ...(s.committee === '322' || s.isForeignSector ? { userCompany: { ...s.user, jointCommittee: sector } } : {}),
      ...(isShort && { startHour: from, endHour: until }),
      ...(type === 'STU' && { plannedHours: s.planned }),
    };
    if (s.id === 'own') d.periodId = `5${String(this.#count).padStart(11, '0')}`;
    const taken = this.#ins[s.of % (this.#ins.length || 1)]?.periodId;
    if (s.id === 'taken' && taken) d.periodId = taken;
    return d;
  }

  #change(s: Dated): Declaration {
    const begun = this.#ins.filter((d) => d.periodId && !this.#refused.has(d));
    const spoken = s.of > 36 ? this.#ins.at(-s.of) : begun.at(-1 - (s.of % (begun.length || 1)));
    const { startDate = s.day, endDate = s.day } = spoken ?? {};
    const c = s.change;
    const d: Declaration = {
      kind: s.kind,
      receivedAt: receivedAt(s, startDate.startsWith('20') ? startDate : s.day),
      employer: s.isOtherEmployer || !spoken ? s.employer : spoken.employer,
    };
    if (s.names !== null) d.worker = { insz: PEOPLE[s.names]?.insz as string };
    const periodId = s.isUnknownPeriod ? '512345678901' : spoken?.periodId;
    if (periodId) d.periodId = periodId;
    const near = (day: string, n: number) => (/^20[0-3]/.test(day) && day !== '2026-02-30' ? plus(day, n) : day);
    if (s.kind === 'UPDATE') {
      if (c.start !== undefined) d.startDate = near(startDate, c.start);
      if (c.startHour !== undefined && (spoken?.startHour || s.isForeignSector)) d.startHour = c.startHour;
      if (c.endHour !== undefined && (spoken?.startHour || s.isForeignSector)) d.endHour = c.endHour;
      if (c.planned !== undefined && (spoken?.workerType === 'STU' || s.isForeignSector)) d.plannedHours = c.planned;
    }
    if ((s.kind === 'UPDATE' || s.kind === 'OUT') && c.end !== undefined) d.endDate = near(endDate, c.end);
    // a flexi-job of several days that becomes one of a day, with hours
    if (s.kind === 'UPDATE' && spoken?.workerType === 'FLX' && !spoken.startHour && s.length === 0) {
      Object.assign(d, { endDate: d.startDate ?? startDate, startHour: s.hours[0] });
    }
    return d;
  }
}

function receivedAt(s: Dated, day: string): string | null {
  if (s.receipt === null) return null;
  const time = s.receipt.time.padEnd(8, ':00');
  return `${plus(day === '2026-02-30' ? '2026-02-28' : day, s.receipt.days)}T${time}Z`;
}

function personOf(s: Dated): Person {
  const { insz = '', ...name } = PEOPLE[s.person] as Person;
  const { givenName = '', familyName = '', birthDate = '' } = name;
  switch (s.naming) {
    case 'number':
      return { insz };
    case 'number and family name':
      return { insz, familyName };
    case 'name':
      return name;
    case 'NAME':
      return { givenName: givenName.toUpperCase(), familyName: familyName.toUpperCase(), birthDate };
    case 'nickname':
      return { givenName: 'Jo', familyName, birthDate };
    case 'number and nickname':
      return { insz, givenName: 'Jo', familyName, birthDate };
    case 'zero':
      return { insz: '0', ...name };
    default:
      return { insz, ...name };
  }
}
