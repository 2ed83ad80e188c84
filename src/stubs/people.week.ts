import type { Declaration } from '../declarations/declaration.ts';
import type { Intake } from '../declarations/declarations.actions.ts';
import { dayText } from '../generate/days.ts';
import type { Planned, Step } from '../generate/ledger.ts';
import { makeInsz } from '../generate/numbers.ts';
import { FIRMS } from './people.companies.ts';
import type { DemoPerson } from './people.list.ts';
import { Story } from './people.story.ts';

const { tempo, flexforce, zwaan, astrid, logistiek, zagerij, celik, magasin } = FIRMS;

type Named = Pick<DemoPerson, 'insz' | 'givenName' | 'familyName'>;

function woman(givenName: string, familyName: string, year: number, serial: number): Named {
  return { givenName, familyName, insz: makeInsz({ year, month: 5, day: 20 }, serial) };
}

/** Men have odd day counters. */
const man: typeof woman = (givenName, familyName, year, serial) => woman(givenName, familyName, year, serial);

/** What happened at the agencies' desks this week, person by person: some of it wrong, late or called off. */
const WEEK: [Named, (s: Story) => void][] = [
  [
    woman('Els', 'Claes', 1988, 902),
    (s) => {
      s.declare([s.monday - 3, 16.2], { agency: tempo, user: zwaan, start: s.monday, end: s.monday + 4 });
      s.declare([s.monday + 4, 15.4], { agency: tempo, user: zwaan, start: s.monday + 7, end: s.monday + 11 });
    },
  ],
  [
    man('Karim', 'Benali', 1995, 903),
    (s) => {
      s.declare([s.monday - 1, 10.3], { agency: tempo, user: logistiek, start: s.monday - 2 });
      s.declare([s.monday + 1, 9.1], { agency: tempo, user: logistiek, start: s.monday, end: s.monday + 2 });
      s.declare([s.monday + 4, 8.5], { agency: tempo, user: logistiek, start: s.monday + 3 });
    },
  ],
  // without an end; then as it should be
  [
    woman('Sofie', 'De Wit', 1979, 904),
    (s) => {
      s.declare([s.monday - 3, 11], { agency: tempo, user: magasin, start: s.monday, end: null });
      s.declare([s.monday - 3, 11.2], { agency: tempo, user: magasin, start: s.monday, end: s.monday + 4 });
    },
  ],
  // a student without planned hours
  [
    man('Pieter', 'Maes', 2005, 905),
    (s) => s.declare([s.monday - 1, 17.45], { agency: tempo, user: astrid, type: 'STU', start: s.monday + 1 }),
  ],
  // sent twice
  [
    woman('Inès', 'Lambert', 1992, 906),
    (s) => {
      for (const at of [9.3, 9.32])
        s.declare([s.monday - 2, at], { agency: tempo, user: zagerij, start: s.monday + 1, end: s.monday + 3 });
    },
  ],
  [
    man('Wout', 'Janssens', 1990, 907),
    (s) => {
      const off = s.declare([s.monday - 3, 15.1], { agency: tempo, user: zagerij, start: s.monday + 2 });
      s.cancel([s.monday, 8.1], off);
    },
  ],
  // a user company whose number has a wrong check digit
  [
    woman('Amina', 'Haddad', 1984, 908),
    (s) => {
      const user = { ...celik, enterpriseNumber: `${celik.enterpriseNumber?.slice(0, 9)}0` };
      s.declare([s.monday, 10.05], { agency: tempo, user, start: s.monday + 2, end: s.monday + 3 });
    },
  ],
  [
    man('Luc', 'Renard', 1971, 909),
    (s) => {
      const shorter = s.declare([s.monday - 3, 9], { agency: tempo, user: zwaan, start: s.monday, end: s.monday + 4 });
      s.update([s.monday + 1, 16.3], shorter, { endDate: dayText(s.monday + 2) });
    },
  ],
  // by the day, somebody starting every morning
  [
    woman('Hilde', 'Martens', 1999, 910),
    (s) => {
      for (let day = s.monday; day < s.monday + 7; day++)
        s.declare([day - 1, 17.2], { agency: tempo, user: logistiek, start: day });
    },
  ],
  // the end before the start
  [
    man('Yusuf', 'Aydın', 2001, 911),
    (s) => s.declare([s.monday + 2, 14.2], { agency: tempo, user: celik, start: s.monday + 3, end: s.monday + 1 }),
  ],
  [
    woman('Marie', 'Dupont', 1986, 912),
    (s) => {
      s.declare([s.monday - 2, 12.1], {
        agency: flexforce,
        user: astrid,
        type: 'FLX',
        start: s.monday,
        hours: '1700-2200',
      });
      s.declare([s.monday + 3, 9.2], {
        agency: flexforce,
        user: astrid,
        type: 'FLX',
        start: s.monday + 2,
        hours: '1700-2200',
      });
      s.declare([s.monday - 1, 12.2], { agency: flexforce, user: astrid, type: 'FLX', start: s.monday + 1 });
    },
  ],
];

/**
 * Declares what happened this week until now, through the intake, refused declarations too. Told again it declares nothing twice: later in
 * the week it goes on where it was, next week it begins anew.
 * @param at today (`YYYY-MM-DD`) and the instant, of the demo's clock
 */
export async function demoWeek(intake: Intake, at: { today: string; now: string }): Promise<void> {
  const steps = WEEK.flatMap(([person, tell]) => {
    const story = new Story(person, at.today);
    tell(story);
    return story.steps.map((step, n) => ({ step, key: `demo:${dayText(story.monday)}:${person.familyName}:${n}` }));
  });
  const told = steps.filter(({ step }) => step.at < Date.parse(at.now)).sort((a, b) => a.step.at - b.step.at);
  // a change needs the number that the intake gave its period: it waits for what was declared before
  let batch: typeof told = [];
  const send = async () => {
    const received = batch.map(({ step, key }) => ({ declaration: declarationOf(step), sourceKey: key }));
    const outcomes = await intake.receive(received, { channel: 'import', now: at.now });
    for (const [n, { periodId }] of outcomes.entries()) numbered(batch[n]?.step.period, periodId);
    batch = [];
  };
  for (const one of told) {
    if (one.step.kind !== 'IN' && one.step.period.periodId === undefined) await send();
    batch.push(one);
  }
  await send();
}

function numbered(period: Planned | undefined, periodId: string | null): void {
  if (period && periodId !== null) period.periodId = periodId;
}

function declarationOf({ kind, at, period, content }: Step): Declaration {
  const receivedAt = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return { ...content, kind, receivedAt, ...(kind !== 'IN' && period.periodId && { periodId: period.periodId }) };
}
