import { dayText, quarterEnd, weekdayOf } from '../generate/days.ts';
import { FIRMS } from './people.companies.ts';
import type { Moment, Story } from './people.story.ts';

const { tempo, flexforce, noord, zwaan, astrid, logistiek, zagerij, celik, vergers, magasin, bakkerij } = FIRMS;

/** Key of a person → what happened to him. Everything was received before today began; days are counted from this week's Monday. */
export const STORIES: Record<string, (story: Story) => void> = {
  regular,
  student,
  days,
  late,
  cancelled,
  nothing: () => undefined,
  evenings,
  season,
  changed,
  unknownUser,
  otherSector,
  sameDay,
  abroad,
};

/** At work today, this week's contract declared on Sunday evening; a late flexi-job last Saturday; a day that was called off. */
function regular(s: Story): void {
  const m = s.monday;
  s.declare([m - 1, 18.03], { agency: tempo, user: zwaan, start: m, end: Math.max(m + 4, s.today) });
  const late = s.declare([m - 1, 9.12], {
    agency: flexforce,
    user: astrid,
    type: 'FLX',
    start: m - 2,
    hours: '1700-2100',
  });
  s.update([m - 1, 11.4], late, { endHour: '2130' });
  const off = s.declare([m - 6, 16.2], { agency: tempo, user: logistiek, start: m - 4 });
  s.cancel([m - 5, 17.45], off);
  s.declare([m - 10, 15.3], { agency: noord, user: zagerij, start: m - 7, end: m - 5 });
  s.declare([m - 9, 16.1], { agency: flexforce, user: celik, type: 'EXT', start: m - 8, hours: '0600-1200' });
  s.declare([m - 14, 14.26], { agency: tempo, user: logistiek, start: m - 13 });
  s.declare([m - 20, 17.5], { agency: flexforce, user: astrid, type: 'FLX', start: m - 19, hours: '1700-2200' });
  for (let week = 3; week < 38; week++) {
    const monday = m - 7 * week;
    if (week % 2 === 1) s.declare([monday - 3, 15.3], { agency: noord, user: zagerij, start: monday, end: monday + 2 });
    else if (week % 4 === 0)
      s.declare([monday - 1, 18.2], { agency: tempo, user: zwaan, start: monday, end: monday + 4 });
    else
      s.declare([monday + 4, 11.05], {
        agency: flexforce,
        user: astrid,
        type: 'FLX',
        start: monday + 5,
        hours: '1700-2130',
      });
  }
  s.declare([m - 7 * 22 + 2, 8.4], { agency: tempo, user: logistiek, start: m - 7 * 22 + 1 });
}

/** Three users: the summer at the brewery, weekends at the hotel, and the holidays to come in a shop. */
function student(s: Story): void {
  const job = (
    at: Moment,
    user: (typeof FIRMS)[keyof typeof FIRMS],
    start: number,
    length: number,
    plannedHours: number,
  ) =>
    s.declare(at, {
      agency: tempo,
      user,
      type: 'STU',
      start,
      end: Math.min(start + length - 1, quarterEnd(start)),
      plannedHours,
    });
  const m = s.monday;
  for (const week of [20, 19, 18, 17]) job([m - 7 * week - 4, 10.2], zwaan, m - 7 * week, 5, 38);
  for (const week of [9, 7, 5, 3, 1]) job([m - 7 * week + 3, 16.45], astrid, m - 7 * week + 5, 2, 12);
  const longer = job([m - 7 * 12 - 2, 11.1], zwaan, m - 7 * 12, 3, 16);
  s.update([m - 7 * 12 + 3, 9.3], longer, { plannedHours: 22 });
  job([s.today - 1, 15.15], magasin, s.today + 12, 6, 40);
}

/** By the day for more than a year and a half: the warehouse on working days, a second agency on two evenings and on Saturdays. */
function days(s: Story): void {
  for (let day = s.today, n = 0; n < 700; day--) {
    const weekday = weekdayOf(day);
    if (weekday < 5) byTheDay(s, n++, day, { agency: noord, user: logistiek });
    if (n < 700 && [1, 3, 5].includes(weekday))
      byTheDay(s, n++, day, { agency: tempo, user: weekday === 5 ? zwaan : zagerij });
  }
}

function byTheDay(s: Story, n: number, day: number, job: { agency: typeof noord; user: typeof zagerij }): void {
  const isLate = n % 89 === 40;
  const isMorning = n % 3 === 2 && day < s.today;
  const told = s.declare(isLate ? [day + 1, 9.2] : isMorning ? [day, 5.48] : [day - 1, 17.3 + (n % 20) / 100], {
    ...job,
    start: day,
  });
  if (n % 140 === 77) s.cancel([day, 7.1], told);
}

function late(s: Story): void {
  const m = s.monday;
  s.declare([m - 3, 10.15], { agency: tempo, user: magasin, start: m - 5, end: m - 3 });
  s.declare([m - 1, 19.02], { agency: tempo, user: magasin, start: m, end: m + 4 });
  for (const week of [2, 3, 4, 6, 7]) {
    s.declare([m - 7 * week - 3, 14.4], { agency: tempo, user: magasin, start: m - 7 * week, end: m - 7 * week + 4 });
  }
}

/** Told two days late that she began, and then that it never was. */
function cancelled(s: Story): void {
  const m = s.monday;
  const told = s.declare([m - 4, 11.25], { agency: flexforce, user: logistiek, start: m - 6, end: m - 3 });
  s.cancel([m - 3, 16.5], told);
  const second = s.declare([m - 13, 15.1], { agency: flexforce, user: zagerij, start: m - 12 });
  s.cancel([m - 11, 8.35], second);
  for (const week of [3, 5, 6, 8]) {
    s.declare([m - 7 * week - 1, 17.2], {
      agency: flexforce,
      user: zagerij,
      start: m - 7 * week,
      end: m - 7 * week + 3,
    });
  }
}

function evenings(s: Story): void {
  for (let week = 0; week < 26; week++) {
    const friday = s.monday - 7 * week - 3;
    s.declare([friday - 1, 13.2], { agency: flexforce, user: astrid, type: 'FLX', start: friday, hours: '1700-2130' });
    if (week % 3 === 0)
      s.declare([friday, 18.4], { agency: noord, user: celik, type: 'FLX', start: friday + 1, hours: '1100-1500' });
  }
  s.declare([s.today - 1, 12.3], { agency: flexforce, user: astrid, type: 'FLX', start: s.today, hours: '1800-2300' });
}

/** Two days a week at most: a third in a row would be refused. */
function season(s: Story): void {
  for (let week = 1; week < 16; week++) {
    const monday = s.monday - 7 * week;
    for (const day of [monday, monday + 1, monday + 3]) {
      s.declare([day - 1, 18.1], { agency: tempo, user: vergers, type: 'EXT', start: day, hours: '0700-1530' });
    }
  }
}

/** Friday's end moved to Wednesday, told a week later; and a contract that began a day later than declared. */
function changed(s: Story): void {
  const m = s.monday;
  const shorter = s.declare([m - 15, 17.4], { agency: noord, user: celik, start: m - 14, end: m - 10 });
  s.update([m - 5, 11.3], shorter, { endDate: dayText(m - 12) });
  s.declare([m - 1, 16.35], { agency: noord, user: celik, start: m, end: m + 4 });
  for (const week of [3, 4, 5]) {
    s.declare([m - 7 * week - 2, 12.15], { agency: noord, user: celik, start: m - 7 * week, end: m - 7 * week + 4 });
  }
}

function unknownUser(s: Story): void {
  const m = s.monday;
  for (const week of [0, 1, 2, 5]) {
    s.declare([m - 7 * week - 3, 15.5], {
      agency: flexforce,
      user: FIRMS.nameless,
      start: m - 7 * week,
      end: m - 7 * week + 4,
    });
  }
}

/** The bakery took her on itself, without an end; it keeps the temp days apart. */
function otherSector(s: Story): void {
  const m = s.monday;
  s.declare([m - 30, 10.05], { agency: bakkerij, jointCommittee: 'XXX', start: m - 28, end: null });
  for (const week of [1, 2, 4])
    s.declare([m - 7 * week + 4, 9.45], { agency: tempo, user: bakkerij, start: m - 7 * week + 5 });
}

/** In time as far as Dimona can tell: it holds no hour for an ordinary worker. */
function sameDay(s: Story): void {
  const m = s.monday;
  s.declare([m - 4, 22], { agency: tempo, user: zwaan, start: m - 4 });
  for (const week of [2, 3, 5])
    s.declare([m - 7 * week, 6.1], { agency: tempo, user: zwaan, start: m - 7 * week, end: m - 7 * week + 2 });
}

function abroad(s: Story): void {
  const m = s.monday;
  for (const week of [1, 2, 3]) {
    s.declare([m - 7 * week - 2, 13.3], {
      agency: noord,
      user: FIRMS.abroad,
      start: m - 7 * week,
      end: m - 7 * week + 4,
    });
  }
}
