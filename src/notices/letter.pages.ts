import { hourOfInstant } from '../platform/calendar-days.ts';
import { companyName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { dayRange, fullDay, hour, longDay } from '../web/dates.ts';
import { type Lang, rich, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Bundle, Notice, NoticeChannel, NoticeLetter, Told } from './notice.ts';

/** So many are told one by one. */
const MOST_LINES = 60;

/** null: nothing of it is there any more. */
export function noticeLetter(lang: Lang, bundle: Bundle, all: Told[], publicUrl: string): NoticeLetter | null {
  const w = words(lang, 'noticeLetter');
  const why = `${w.why} ${words(lang, 'hall').disclaimer}`;
  const lines = all.flatMap((told) => lineOf(lang, told) ?? []);
  const [first, second] = lines;
  if (first === undefined) return null;
  if (second === undefined && bundle.digestDay === null)
    return {
      subject: w.subject[first.kind],
      paragraphs: [first.text],
      facts: [],
      button: { label: w.look, href: publicUrl + first.href },
      why,
    };
  const more = lines.length - MOST_LINES;
  return {
    subject:
      bundle.digestDay === null
        ? say(lang, 'noticeLetter.many', { n: lines.length })
        : say(lang, 'noticeLetter.digest', { day: longDay(lang, bundle.digestDay) }),
    paragraphs: [
      say(lang, 'noticeLetter.intro', { n: lines.length }),
      ...(more > 0 ? [say(lang, 'noticeLetter.more', { n: more })] : []),
    ],
    facts: lines.slice(0, MOST_LINES).map(({ when, text }) => ({ label: when, value: text })),
    button: { label: w.lookAll, href: publicUrl + paths.LIST },
    why,
  };
}

interface Line {
  kind: Notice['kind'];
  when: string;
  text: string;
  href: string;
}

function lineOf(lang: Lang, { notice, relation, report, shift }: Told): Line | null {
  const when = hour(lang, hourOfInstant(notice.at));
  const line = (text: string, href: string): Line => ({ kind: notice.kind, when, text, href });
  if (relation) return line(declaredLine(lang, notice, relation), paths.relation(relation.periodId));
  if (report) {
    const name = `${words(lang, 'reports').kind[report.kind]}, ${dayRange(lang, report.firstDay, report.lastDay)}`;
    const state = words(lang, 'reports').state[report.state].toLowerCase();
    return line(say(lang, 'noticeLetter.report', { name, agency: report.agencyName, state }), paths.report(report.id));
  }
  if (shift) {
    const values = { day: fullDay(lang, shift.day), company: shift.company, agency: shift.agencyName };
    return line(say(lang, 'noticeLetter.missing', values), paths.SHIFTS);
  }
  return null;
}

/** The home page's own sentence of a declaration, without its links. */
function declaredLine(lang: Lang, notice: Notice, relation: WorkRelation): string {
  const entry = relation.timeline.find(({ declarationId }) => declarationId === notice.declarationId);
  const isLate = entry?.kind === 'IN' && relation.verdict === 'late' && relation.decidedBy === entry.declarationId;
  const event = isLate ? 'INlate' : (entry?.kind ?? 'UPDATE');
  const values = {
    agency: companyName(lang, relation.agencyName, relation.agencyNumber),
    user: companyName(lang, relation.userCompanyName, relation.userNumber),
    period: dayRange(lang, relation.startDate, relation.endDate),
  };
  return rich(lang, `home.event.${event}`, values, { a: '', help: 'help' })
    .filter(({ href }) => href !== 'help')
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** What ends these notices. */
export function unsubscribeLink(
  lang: Lang,
  channel: NoticeChannel,
  publicUrl: string,
  secret: string,
): { label: string; href: string } {
  return { label: words(lang, 'noticeLetter').stop[channel], href: publicUrl + paths.unsubscribe(secret) };
}
