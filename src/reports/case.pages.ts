import type { Paper, PaperChapter } from '../overviews/paper.ts';
import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import { printedInsz, referenceOf } from '../platform/ids.ts';
import { companyName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { story } from '../relations/timeline.pages.ts';
import { verdictBox } from '../relations/verdict.pages.ts';
import { dayRange, fullDay, hour, periodNumber } from '../web/dates.ts';
import { type Lang, type Part, say, words } from '../web/language.ts';
import type { WholeReport } from './report.ts';
import { stateMark, storyOf, toldFacts } from './words.pages.ts';

/** The file of a case for the inspectorate: what was told, what happened, what is declared now. `relations` may name one twice. */
export function caseOf(
  lang: Lang,
  report: WholeReport,
  relations: WorkRelation[],
  { now, today }: { now: string; today: string },
): Paper {
  const w = words(lang, 'reportCase');
  const at = words(lang, 'inspectorate');
  const { givenName, familyName, insz } = report.person;
  const name = [givenName, familyName].filter((part) => part !== null).join(' ');
  const reference = referenceOf(report.id);
  const made = say(lang, 'dates.moment', {
    day: fullDay(lang, dayOfInstant(now)),
    hour: hour(lang, hourOfInstant(now)),
  });
  return {
    lang,
    brand: 'Interim@work',
    title: w.title,
    fileTitle: say(lang, 'reportCase.fileTitle', { reference, name }),
    facts: [
      { label: w.worker, value: name },
      { label: w.insz, value: printedInsz(insz, true) },
      { label: w.reference, value: reference },
      { label: w.state, value: stateMark(lang, report, today).word },
      { label: w.madeAt, value: made },
      { label: w.addressee, value: `${at.name}, ${at.street}, ${at.city}` },
    ],
    chapters: [
      { heading: w.told, facts: toldFacts(lang, report), entries: [] },
      { heading: w.story, facts: [], entries: happened(lang, report, today) },
      declared(lang, relations, today),
    ],
    source: w.source,
    pagePattern: say(lang, 'reportCase.page', { page: '{page}', pages: '{pages}' }),
    madeAt: now,
  };
}

function happened(lang: Lang, report: WholeReport, today: string): PaperChapter['entries'] {
  const about = { side: 'worker', person: '', today, hrefOf: () => '#' } as const;
  return storyOf(lang, report, about).map(({ when, what, words: lines }) => ({
    head: when,
    // a link says nothing on paper
    lines: [textOf(what.filter(({ href }) => href === null)), ...lines],
  }));
}

function declared(lang: Lang, relations: WorkRelation[], today: string): PaperChapter {
  const w = words(lang, 'reportCase');
  const each = [...new Map(relations.map((relation) => [relation.periodId, relation])).values()];
  return {
    heading: w.declared,
    facts: [],
    entries:
      each.length === 0
        ? [{ head: w.noneDeclared, lines: [] }]
        : each.map((relation) => ({
            head: `${companyName(lang, relation.userCompanyName, relation.userNumber)}, ${dayRange(lang, relation.startDate, relation.endDate)}`,
            lines: [
              `${companyName(lang, relation.agencyName, relation.agencyNumber)} · ${words(lang, 'detail').periodId} ${periodNumber(relation.periodId)}`,
              ...verdictBox(lang, relation, today).paragraphs.map((sentence) =>
                textOf(sentence.filter(({ href }) => href === null)),
              ),
              ...story(lang, relation, today).map(
                ({ when, what, lines }) => `${when}: ${textOf(what)}. ${lines.join(' ')}`,
              ),
            ],
          })),
  };
}

const textOf = (parts: Part[]) =>
  parts
    .map(({ text }) => text)
    .join('')
    .trim();
