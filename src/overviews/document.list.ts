import type { WorkRelation } from '../relations/relation.ts';
import type { ListSection, OverviewRow, OverviewSpelling, OverviewWords } from './document.ts';

/** The list of an overview: each relation with its verdict. */

function hoursOf(relation: WorkRelation, words: OverviewWords, spelling: OverviewSpelling): string {
  if (relation.startHour !== null) return spelling.hours(relation.startHour, relation.endHour);
  if (relation.plannedHours !== null) return words.planned.replace('{hours}', String(relation.plannedHours));
  return '';
}

function companyOf(name: string | null, number: string | null, spelling: OverviewSpelling): string {
  return name === null && number === null ? '' : spelling.companyName(name, number);
}

function rowOf(relation: WorkRelation, words: OverviewWords, spelling: OverviewSpelling): OverviewRow {
  const { cancelled, verdict } = relation;
  const notes = relation.allWarnings.map((warning) => words[warning]);
  return {
    cells: [
      spelling.period(relation.startDate, relation.endDate),
      hoursOf(relation, words, spelling),
      companyOf(relation.agencyName, relation.agencyNumber, spelling),
      companyOf(relation.userCompanyName, relation.userNumber, spelling),
      spelling.typeName(relation.workerType),
    ],
    verdict,
    verdictWord: cancelled ? words.cancelled : words[verdict],
    cancelled,
    // a cancelled relation that was also late keeps saying so
    notes: cancelled && verdict === 'late' ? [words.late, ...notes] : notes,
  };
}

/** Every relation in a row, in the order given. */
export function listOf(relations: WorkRelation[], words: OverviewWords, spelling: OverviewSpelling): ListSection {
  return {
    kind: 'list',
    heading: words.count,
    columns: [words.period, words.hours, words.agency, words.user, words.type, words.declaration],
    rows: relations.map((relation) => rowOf(relation, words, spelling)),
    none: words.none,
  };
}
