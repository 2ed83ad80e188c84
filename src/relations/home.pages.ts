import { addDays, holidayName } from '../platform/calendar-days.ts';
import { briefMoment, dayRange, fullDay, hourRange, nearMoment, shortDay } from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { News } from './found.ts';
import { companyName, type Mark, markOf } from './names.pages.ts';
import type { WorkRelation } from './relation.ts';

declare module '../web/views.ts' {
  interface Views {
    'relations/home': HomePage;
  }
}

/** What the home page is made from. `relations` overlap today or the seven days after; `news` is newest first. */
export interface HomeFacts {
  today: string;
  givenName: string | null;
  relations: WorkRelation[];
  news: News[];
  /** Instant of the sign-in before this one; null at the first visit. */
  previousVisitAt: string | null;
}

export interface HomePage {
  title: string;
  w: Words<'home'>;
  disclaimer: true;
  day: string;
  hello: string;
  answer: Answer;
  week: Day[];
  newsTitle: string;
  newsNone: string | null;
  news: { when: string; text: Part[]; late: boolean }[];
  list: string;
}

interface Answer {
  tone: Mark | 'none';
  icon: Mark;
  headline: Part[];
  lines: { text: string; href: string; look: string }[];
  /** What to do when nothing is declared. */
  advice: Part[] | null;
}

interface Day {
  day: string;
  holiday: string | null;
  entries: { href: string; user: string; agency: string; hours: string; mark: Mark; verdict: string }[];
  ask: string | null;
}

/** "Am I declared today?" first, then the week ahead, then what came in since the last visit. */
export function homePage(lang: Lang, facts: HomeFacts): HomePage {
  const w = words(lang, 'home');
  const { today, previousVisitAt, news } = facts;
  return {
    title: w.title,
    w,
    disclaimer: true,
    day: fullDay(lang, today),
    hello: facts.givenName === null ? w.title : say(lang, 'home.hello', { name: facts.givenName }),
    answer: answer(lang, facts),
    week: Array.from({ length: 7 }, (_, i) => day(lang, addDays(today, i + 1), facts.relations)),
    newsTitle: previousVisitAt === null ? w.newsFirst : w.news,
    newsNone: news.length > 0 ? null : noNews(lang, facts),
    news: news.map((entry) => tell(lang, entry, today)),
    list: paths.list(),
  };
}

const covers = (relation: WorkRelation, day: string) =>
  relation.startDate <= day && (relation.endDate === null || relation.endDate >= day);

const user = (lang: Lang, relation: WorkRelation) => companyName(lang, relation.userCompanyName, relation.userNumber);
const agency = (lang: Lang, relation: WorkRelation) => companyName(lang, relation.agencyName, relation.agencyNumber);

function answer(lang: Lang, { today, relations }: HomeFacts): Answer {
  const now = relations.filter((relation) => covers(relation, today));
  const live = now.filter((relation) => !relation.cancelled);
  const [only] = live;
  if (only === undefined) return nobody(lang, now);
  const worst = live.find((one) => one.verdict === 'late') ?? live.find((one) => one.verdict === 'unknown') ?? only;
  const one = { onTime: 'home.declared', late: 'home.declaredLate', unknown: 'home.declared' } as const;
  return {
    tone: worst.verdict,
    icon: worst.verdict,
    headline:
      live.length === 1
        ? rich(lang, one[only.verdict], { user: user(lang, only) })
        : rich(lang, 'home.declaredMany', { n: live.length }),
    lines: live.map((relation) => line(lang, relation, today, live.length > 1)),
    advice: null,
  };
}

function line(lang: Lang, relation: WorkRelation, today: string, named: boolean): Answer['lines'][number] {
  const w = words(lang, 'home');
  const hours = relation.startHour === null ? '' : `, ${hourRange(lang, relation.startHour, relation.endHour)}`;
  const period = dayRange(lang, relation.startDate, relation.endDate) + hours;
  const by = say(lang, 'home.by', { agency: agency(lang, relation), period });
  const { verdict, receivedAt } = relation;
  const received =
    receivedAt === null || verdict === 'unknown'
      ? w.received.unknown
      : say(lang, `home.received.${verdict}`, { moment: nearMoment(lang, receivedAt, today) });
  return {
    text: named ? `${user(lang, relation)}, ${by} ${received}` : `${by} ${received}`,
    href: paths.relation(relation.periodId),
    look: say(lang, 'home.lookAt', { user: user(lang, relation), period }),
  };
}

function nobody(lang: Lang, cancelled: WorkRelation[]): Answer {
  return {
    tone: 'none',
    icon: 'unknown',
    headline: rich(lang, 'home.none'),
    lines: cancelled.map((relation) => ({
      text: say(lang, 'home.cancelledToday', { agency: agency(lang, relation), user: user(lang, relation) }),
      href: paths.relation(relation.periodId),
      look: say(lang, 'home.lookAt', {
        user: user(lang, relation),
        period: dayRange(lang, relation.startDate, relation.endDate),
      }),
    })),
    advice: rich(lang, 'home.noneText', {}, { a: paths.help('not-declared') }),
  };
}

function day(lang: Lang, date: string, relations: WorkRelation[]): Day {
  const entries = relations.filter((relation) => covers(relation, date));
  return {
    day: shortDay(lang, date),
    holiday: holidayName(date, lang),
    entries: entries.map((relation) => ({
      href: paths.relation(relation.periodId),
      user: user(lang, relation),
      agency: agency(lang, relation),
      hours: relation.startHour === null ? '' : hourRange(lang, relation.startHour, relation.endHour),
      mark: markOf(relation),
      verdict: words(lang, 'verdict')[markOf(relation)],
    })),
    ask: entries.some((relation) => !relation.cancelled) ? null : paths.help('not-declared'),
  };
}

function noNews(lang: Lang, facts: HomeFacts): string {
  if (facts.previousVisitAt === null) return words(lang, 'home').newsNever;
  return say(lang, 'home.newsNone', { moment: nearMoment(lang, facts.previousVisitAt, facts.today) });
}

function tell(lang: Lang, { declaration, relation }: News, today: string): HomePage['news'][number] {
  const late = declaration.anomalies.some((code) => code.endsWith('-460'));
  const event = declaration.kind === 'IN' && late ? 'INlate' : declaration.kind;
  return {
    when:
      declaration.receivedAt === null
        ? words(lang, 'home').unknownMoment
        : briefMoment(lang, declaration.receivedAt, today),
    text: rich(
      lang,
      `home.event.${event}`,
      {
        agency: agency(lang, relation),
        user: user(lang, relation),
        period: dayRange(lang, relation.startDate, relation.endDate),
      },
      { a: paths.relation(relation.periodId), help: paths.help(event === 'CANCEL' ? 'cancelled' : 'late') },
    ),
    late: event === 'INlate',
  };
}
