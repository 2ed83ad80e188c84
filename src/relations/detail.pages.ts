import {
  briefMoment,
  capital,
  enterpriseNumber,
  fullDay,
  hour,
  mediumDay,
  nssoNumber,
  periodNumber,
} from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { addressLine, committeeName, companyName, typeName } from './names.pages.ts';
import type { WorkRelation } from './relation.ts';
import { remarkName, type StoryEntry, story } from './timeline.pages.ts';
import { type VerdictBox, verdictBox } from './verdict.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'relations/detail': DetailPage;
  }
}

export interface DetailPage {
  title: string;
  w: Words<'detail'>;
  disclaimer: true;
  back: string;
  heading: string;
  subtitle: string;
  verdict: VerdictBox;
  warnings: Part[][];
  facts: Fact[];
  story: StoryEntry[];
  wrong: { title: string; text: Part[] }[];
  report: string;
}

interface Fact {
  label: string;
  value: string;
  /** Numbers and codes beside the value, quieter. */
  note: string | null;
}

/** Everything the worker may know of one relation. `today` is the day in Belgium; `back` the list he came from. */
export function detailPage(lang: Lang, relation: WorkRelation, today: string, back = paths.list()): DetailPage {
  const agency = companyName(lang, relation.agencyName, relation.agencyNumber);
  const isTemp = relation.jointCommittee === '322';
  const heading = !isTemp ? agency : companyName(lang, relation.userCompanyName, relation.userNumber);
  const when = capital(days(lang, relation));
  return {
    title: `${heading}, ${mediumDay(lang, relation.startDate)}`,
    w: words(lang, 'detail'),
    disclaimer: true,
    back,
    heading,
    subtitle: !isTemp ? when : say(lang, 'detail.subtitle', { when, agency }),
    verdict: verdictBox(lang, relation, today),
    warnings: warnings(lang, relation, agency),
    facts: facts(lang, relation, agency, today),
    story: story(lang, relation, today),
    wrong: wrong(lang, relation, agency),
    report: paths.newReport(`period=${encodeURIComponent(relation.periodId)}`),
  };
}

function days(lang: Lang, { startDate, startHour, endDate, endHour }: WorkRelation): string {
  const day = fullDay(lang, startDate);
  if (endDate === null) return say(lang, 'dates.from', { day });
  if (endDate !== startDate) return say(lang, 'detail.whenRange', { from: day, to: fullDay(lang, endDate) });
  if (startHour === null) return day;
  if (endHour === null) return say(lang, 'detail.whenHour', { day, start: hour(lang, startHour) });
  return say(lang, 'detail.whenHours', { day, start: hour(lang, startHour), end: hour(lang, endHour) });
}

function warnings(lang: Lang, relation: WorkRelation, agency: string): Part[][] {
  return relation.allWarnings.map((warning) => {
    if (warning === 'cancelledAfterStart')
      return rich(lang, 'detail.warnCancelled', {}, { a: paths.help('cancelled') });
    if (warning === 'userCompanyUnknown') {
      return rich(lang, 'detail.warnUser', { number: enterpriseNumber(relation.userNumber ?? ''), agency });
    }
    const changed = [...new Set(relation.timeline.flatMap((entry) => entry.daysChangedLate))].sort();
    const link = { a: paths.help('changed') };
    if (changed.length === 0) return rich(lang, 'detail.warnChangedPlain', {}, link);
    return rich(lang, 'detail.warnChanged', { days: changed.map((day) => mediumDay(lang, day)).join(', ') }, link);
  });
}

function facts(lang: Lang, relation: WorkRelation, agency: string, today: string): Fact[] {
  const w = words(lang, 'detail');
  const fact = (label: string, value: string, ...notes: (string | null)[]): Fact => ({
    label,
    value,
    note: notes.filter((note) => note !== null).join(' · ') || null,
  });
  const moment = (date: string, hhmm: string | null) =>
    hhmm === null
      ? fullDay(lang, date)
      : say(lang, 'detail.dayHour', { day: fullDay(lang, date), hour: hour(lang, hhmm) });
  const number = (digits: string | null, name: string | null) =>
    digits === null || name === null ? null : enterpriseNumber(digits);
  const nsso =
    relation.agencyNssoNumber === null
      ? null
      : say(lang, 'detail.nsso', { number: nssoNumber(relation.agencyNssoNumber) });
  const isTemp = relation.jointCommittee === '322';
  const address = addressLine(relation.userAddress);
  const last = relation.timeline.at(-1)?.receivedAt ?? null;

  const all: Fact[] = [
    fact(w.status, w.statusWord[relation.status]),
    fact(isTemp ? w.agency : w.employer, agency, number(relation.agencyNumber, relation.agencyName), nsso),
  ];
  if (isTemp) {
    const committee = relation.userJointCommittee === null ? null : committeeName(lang, relation.userJointCommittee);
    const user = companyName(lang, relation.userCompanyName, relation.userNumber);
    all.push(fact(w.user, user, number(relation.userNumber, relation.userCompanyName), committee));
    if (address !== null) all.push(fact(w.address, address));
  }
  all.push(fact(w.start, moment(relation.startDate, relation.startHour)));
  all.push(fact(w.end, relation.endDate === null ? w.noEnd : moment(relation.endDate, relation.endHour)));
  if (relation.plannedHours !== null)
    all.push(fact(w.planned, say(lang, 'detail.plannedValue', { n: relation.plannedHours })));
  all.push(fact(w.type, typeName(lang, relation.workerType), relation.workerType));
  all.push(fact(w.committee, committeeName(lang, relation.jointCommittee)));
  all.push(fact(w.periodId, periodNumber(relation.periodId)));
  if (last !== null && relation.timeline.length > 1) all.push(fact(w.lastChange, briefMoment(lang, last, today)));
  if (relation.anomalies.length > 0) {
    all.push(fact(w.remarks, capital(relation.anomalies.map((code) => remarkName(lang, code)).join('; '))));
  }
  return all;
}

function wrong(lang: Lang, relation: WorkRelation, agency: string): DetailPage['wrong'] {
  const w = words(lang, 'detail');
  const days = rich(
    lang,
    'detail.wrongOther',
    { agency, number: periodNumber(relation.periodId) },
    { a: paths.help('contact') },
  );
  const other = { title: w.wrongOtherTitle, text: days };
  if (relation.jointCommittee !== '322') return [other];
  return [{ title: w.wrongCompanyTitle, text: rich(lang, 'detail.wrongCompany', { agency }) }, other];
}
