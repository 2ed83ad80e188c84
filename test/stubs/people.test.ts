import { describe, expect, it } from 'vitest';
import type { History } from '../../src/generate/ledger.ts';
import { sourceIdsAfter } from '../../src/generate/numbers.ts';
import { worldOf } from '../../src/generate/world.ts';
import { addDays } from '../../src/platform/calendar-days.ts';
import { isInsz } from '../../src/platform/ids.ts';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { DEMO_PEOPLE, namedPeople } from '../../src/stubs/people.ts';

const TODAY = '2026-11-23';

function told(today: string): Map<string, History> {
  const named = { people: namedPeople(today), companies: Object.values(FIRMS) };
  const world = worldOf({ workers: named.people.length, periods: 0, seed: 'demo', today, named });
  const histories = [...world.histories(sourceIdsAfter(null, 1), () => false)];
  return new Map(histories.map((history, n) => [DEMO_PEOPLE[n]?.key as string, history]));
}

const people = told(TODAY);
const relationsOf = (key: string) => (people.get(key) as History).relations;

describe('the named people of the demo', () => {
  it('have an INSZ, a card and a line in every language each', () => {
    expect(DEMO_PEOPLE.filter(({ insz }) => !isInsz(insz, 2026))).toEqual([]);
    expect(new Set(DEMO_PEOPLE.map(({ insz }) => insz)).size).toBe(DEMO_PEOPLE.length);
    for (const { pin, about } of DEMO_PEOPLE) {
      expect(pin).toMatch(/^\d{4}$/);
      expect(Object.values(about).every((line) => line.length > 5)).toBe(true);
    }
    const names = DEMO_PEOPLE.map(({ givenName, familyName }) => `${givenName} ${familyName}`).join();
    for (const letter of 'çŁřş')
      expect(names.includes(letter) || names.includes(letter.toUpperCase()), letter).toBe(true);
    expect(DEMO_PEOPLE.some(({ insz }) => Number(insz.slice(2, 4)) > 40)).toBe(true);
    expect(DEMO_PEOPLE.some(({ birthDate }) => birthDate >= '2000')).toBe(true);
  });

  it('shows Łukasz at work today, a late flexi-job and a cancelled day', () => {
    const relations = relationsOf('regular');
    const today = relations.find((r) => r.startDate === TODAY);
    expect(today).toMatchObject({ endDate: '2026-11-27', verdict: 'onTime', userNumber: FIRMS.zwaan.enterpriseNumber });
    expect(today?.receivedAt).toMatch(/^2026-11-22T17:03/);
    const flexi = relations.find((r) => r.startDate === '2026-11-21');
    expect(flexi).toMatchObject({ verdict: 'late', workerType: 'FLX', endHour: '2130', anomalies: ['90373-460'] });
    const off = relations.find((r) => r.userNumber === FIRMS.logistiek.enterpriseNumber && r.cancelled);
    expect(off).toMatchObject({ startDate: '2026-11-19', warnings: [] });
    expect(relations.find((r) => r.workerType === 'EXT')).toMatchObject({ startHour: '0600', endHour: '1200' });
  });

  it('keeps the other promises', () => {
    expect(new Set(relationsOf('student').map((r) => r.userKey)).size).toBe(3);
    expect(relationsOf('student').every((r) => r.workerType === 'STU' && (r.plannedHours ?? 0) > 0)).toBe(true);
    expect(relationsOf('days')).toHaveLength(700);
    expect(new Set(relationsOf('days').map((r) => r.agencyNumber)).size).toBe(2);
    expect(relationsOf('days').every((r) => r.startDate === r.endDate)).toBe(true);
    expect(relationsOf('late').filter((r) => r.verdict === 'late')).toHaveLength(1);
    const both = relationsOf('cancelled').filter((r) => r.verdict === 'late' && r.cancelled);
    expect(both.map((r) => r.warnings)).toEqual([['cancelledAfterStart']]);
    expect(relationsOf('nothing')).toEqual([]);
    expect(relationsOf('changed').filter((r) => r.warnings.includes('changedAfterStart'))).toHaveLength(1);
    expect(relationsOf('unknownUser').every((r) => r.userNumber === FIRMS.nameless.enterpriseNumber)).toBe(true);
    expect(relationsOf('otherSector').filter((r) => r.jointCommittee !== '322')).toHaveLength(1);
    expect(relationsOf('abroad').every((r) => r.userNumber === null && r.userName === FIRMS.abroad.name)).toBe(true);
    const sameDay = relationsOf('sameDay').find((r) => r.startDate === '2026-11-19');
    expect(sameDay).toMatchObject({ verdict: 'onTime', receivedAt: expect.stringMatching(/^2026-11-19T21:00/) });
  });

  it('looks fresh on any day: somebody works today, and the intake takes every declaration as it was meant', () => {
    for (const ahead of [1, 4, 5, 6, 39, 42, 125, 220]) {
      const today = addDays(TODAY, ahead);
      const meant = namedPeople(today);
      const histories = [...told(today).values()];
      expect(histories.map((h) => h.declarations.length)).toEqual(meant.map((person) => person.steps.length));
      const current = histories[0]?.relations.find((r) => r.startDate <= today && (r.endDate ?? '') >= today);
      expect(current, today).toMatchObject({ verdict: 'onTime', cancelled: false });
      const last = histories
        .flatMap((h) => h.declarations.map((d) => d.receivedAt))
        .toSorted()
        .at(-1) as string;
      expect(last < `${today}T00:00:00Z`).toBe(true);
    }
  });
});
